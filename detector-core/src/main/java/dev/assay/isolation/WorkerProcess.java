package dev.assay.isolation;

import dev.assay.InstallationException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A worker process, seen from its parent. One thread uses it at a time. */
final class WorkerProcess implements AutoCloseable {

  private static final String OWN_PROPERTIES = "assay.";

  private static final long KILLED_SECONDS = 10;

  /** What a process may take until it is ready, beyond the time of an answer: models are read. */
  private static final Duration READY_TIME = Duration.ofMinutes(2);

  /** How long a process that is ending by itself may take to say what of. */
  private static final long DYING_SECONDS = 3;

  /** Why a worker was ended by its parent. */
  enum Excess {
    /** The file took longer than it may. */
    TOO_LONG,
    /** The process took more memory than it may. */
    TOO_LARGE
  }

  /** The process came to its end before it answered. */
  static final class EndedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final @Nullable Excess excess;

    EndedException(@Nullable Excess excess, String message, IOException cause) {
      super(message, cause);
      this.excess = excess;
    }

    /** Why the parent ended it; null if it ended by itself. */
    @Nullable Excess excess() {
      return excess;
    }
  }

  /** Writes what a process is asked, or told at its start. */
  interface Question {
    void write(DataOutputStream out) throws IOException;
  }

  /**
   * How processes of one kind are started.
   *
   * @param main their main class
   * @param options of the Java runtime
   * @param showErrors whether what they write to standard error is shown
   * @param told what they are told first
   */
  record Start(Class<?> main, List<String> options, boolean showErrors, Question told) {}

  /** Reads an answer of a kind. */
  interface Answer<T> {
    T read(int kind, DataInputStream in) throws IOException;
  }

  private final Process process;
  private final DataOutputStream requests;
  private final DataInputStream answers;
  private final ErrorTail errorTail;
  private long request;
  private long busySince;
  private volatile boolean ready;
  private @Nullable Excess excess;

  private WorkerProcess(Process process, ErrorTail errorTail) {
    this.process = process;
    this.errorTail = errorTail;
    this.requests = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
    this.answers = new DataInputStream(new BufferedInputStream(process.getInputStream()));
  }

  /**
   * Launches a process, which is of use once it was ready.
   *
   * @throws InstallationException if no process can be started
   */
  static WorkerProcess launch(Start start) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(start.options());
    System.getProperties().stringPropertyNames().stream()
        .filter(name -> name.startsWith(OWN_PROPERTIES) || name.equals("java.io.tmpdir"))
        .forEach(name -> command.add("-D" + name + "=" + System.getProperty(name)));
    command.add(start.main().getName());
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("CLASSPATH", WorkerClassPath.of(start.main().getClassLoader()));
    // What OpenCV thinks of a damaged file stands in the report.
    builder.environment().putIfAbsent("OPENCV_LOG_LEVEL", "SILENT");
    // glibc gives freed memory back at once, instead of keeping what the largest picture took.
    builder.environment().putIfAbsent("MALLOC_TRIM_THRESHOLD_", "131072");
    builder.environment().putIfAbsent("MALLOC_MMAP_THRESHOLD_", "1048576");
    builder.environment().putIfAbsent("MALLOC_ARENA_MAX", "2");
    try {
      Process process = builder.start();
      return new WorkerProcess(process, ErrorTail.of(process, start.showErrors()));
    } catch (IOException e) {
      throw new InstallationException(
          "A worker process cannot be started: "
              + e.getMessage()
              + ". Scan without isolation, or install a complete Java runtime.",
          e);
    }
  }

  /**
   * Waits until the process says that it is ready.
   *
   * @param told what it is told first
   * @throws InstallationException if it says that it cannot work here
   * @throws EndedException if it ends before it is ready
   */
  void awaitReady(Question told) throws EndedException {
    ask(
        told,
        (kind, in) -> {
          String text = WorkerMessages.readText(in);
          if (kind != WorkerMessages.READY) {
            throw new InstallationException(text);
          }
          return text;
        },
        READY_TIME);
    ready = true;
  }

  /**
   * Asks, and waits for the answer.
   *
   * @throws EndedException if the process ends before it answers
   * @throws InstallationException if a library or model is missing or broken
   */
  <T> T ask(Question question, Answer<T> answer) throws EndedException {
    return ask(question, answer, Duration.ZERO);
  }

  /** The same with more time than others take. */
  <T> T ask(Question question, Answer<T> answer, Duration more) throws EndedException {
    begin(more);
    try {
      question.write(requests);
      requests.flush();
      int mark = answers.readInt();
      if (mark != WorkerMessages.MARK) {
        keepErrorTail(mark);
        throw new IOException("a native library wrote to its standard output");
      }
      int kind = answers.readInt();
      if (kind == WorkerMessages.BROKEN_INSTALLATION) {
        throw new InstallationException(WorkerMessages.readText(answers));
      }
      return answer.read(kind, answers);
    } catch (IOException e) {
      waitFor(DYING_SECONDS);
      end();
      String why = errorTail.of(process, e);
      throw new EndedException(excess(), ready ? why : why + errorTail.lastLine(), e);
    } finally {
      done();
    }
  }

  private synchronized void begin(Duration more) {
    request++;
    busySince = System.nanoTime() + more.toNanos();
  }

  private synchronized void done() {
    busySince = 0;
  }

  private synchronized @Nullable Excess excess() {
    return excess;
  }

  /** The number of what it is at, or was at last. */
  synchronized long request() {
    return request;
  }

  /** Nanoseconds since it was asked what it is at, less what this may take more than others. */
  synchronized long busyNanoseconds() {
    return busySince == 0 ? 0 : System.nanoTime() - busySince;
  }

  long pid() {
    return process.pid();
  }

  /**
   * Ends it, whatever it is at; whoever waits for its answer learns why.
   *
   * @param number what it was at when the reason was found: it may be at something else by now
   */
  synchronized void kill(Excess reason, long number) {
    if (request != number) {
      return;
    }
    if (busySince != 0) {
      excess = reason;
    }
    process.destroyForcibly();
  }

  /** Ends it at once, for no fault of its own. */
  void abandon() {
    process.destroyForcibly();
  }

  @Override
  public void close() {
    end();
  }

  private void end() {
    try {
      // A worker that is idle ends by itself when its input does.
      requests.close();
    } catch (IOException e) {
      // It is gone already.
    }
    process.destroyForcibly();
    waitFor(KILLED_SECONDS);
    errorTail.await();
  }

  /** A runtime that crashes writes why to standard output, where answers are expected. */
  private void keepErrorTail(int begin) throws IOException {
    errorTail.keep(ByteBuffer.allocate(Integer.BYTES).putInt(begin).array(), Integer.BYTES);
    waitFor(DYING_SECONDS);
    byte[] rest = answers.readNBytes(answers.available());
    errorTail.keep(rest, rest.length);
  }

  private void waitFor(long seconds) {
    try {
      process.waitFor(seconds, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
