package dev.assay.isolation;

import dev.assay.DetectorSettings;
import dev.assay.InstallationException;
import dev.assay.Report;
import dev.assay.report.ReportReader;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A worker process, seen from its parent. One thread uses it at a time. */
final class WorkerProcess implements AutoCloseable {

  private static final String OWN_PROPERTIES = "assay.";

  private static final long KILLED_SECONDS = 10;

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

  private final Process process;
  private final DataOutputStream requests;
  private final DataInputStream answers;
  private final ErrorTail errorTail;
  private volatile long busySince;
  private volatile @Nullable Excess excess;

  private WorkerProcess(Process process, ErrorTail errorTail) {
    this.process = process;
    this.errorTail = errorTail;
    this.requests = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
    this.answers = new DataInputStream(new BufferedInputStream(process.getInputStream()));
  }

  /**
   * Starts a worker.
   *
   * @throws InstallationException if no process can be started
   */
  static WorkerProcess start(DetectorSettings settings, WorkerLimits limits) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(limits.javaOptions(settings.threads()));
    System.getProperties().stringPropertyNames().stream()
        .filter(name -> name.startsWith(OWN_PROPERTIES) || name.equals("java.io.tmpdir"))
        .forEach(name -> command.add("-D" + name + "=" + System.getProperty(name)));
    command.add(WorkerMain.class.getName());
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("CLASSPATH", WorkerClassPath.of(WorkerMain.class.getClassLoader()));
    // What OpenCV thinks of a damaged file stands in the report.
    builder.environment().putIfAbsent("OPENCV_LOG_LEVEL", "SILENT");
    try {
      Process process = builder.start();
      WorkerProcess worker = new WorkerProcess(process, ErrorTail.of(process, limits.showErrors()));
      WorkerMessages.writeSettings(worker.requests, settings);
      return worker;
    } catch (IOException e) {
      throw new InstallationException(
          "A worker process cannot be started: "
              + e.getMessage()
              + ". Scan without isolation, or install a complete Java runtime.",
          e);
    }
  }

  /**
   * Examines a file.
   *
   * @throws EndedException if the process ends before it answers
   * @throws InstallationException if a library or model is missing or broken
   */
  Report examine(String path, String name) throws EndedException {
    busySince = System.nanoTime();
    try {
      WorkerMessages.writeText(requests, path);
      WorkerMessages.writeText(requests, name);
      requests.flush();
      int mark = answers.readInt();
      if (mark != WorkerMessages.MARK) {
        keepErrorTail(mark);
        throw new IOException("a native library wrote to its standard output");
      }
      int kind = answers.readInt();
      String text = WorkerMessages.readText(answers);
      if (kind == WorkerMessages.BROKEN_INSTALLATION) {
        throw new InstallationException(text);
      }
      return ReportReader.read(text);
    } catch (IOException e) {
      waitFor(DYING_SECONDS);
      end();
      throw new EndedException(excess, errorTail.of(process, e), e);
    } finally {
      busySince = 0;
    }
  }

  /** Nanoseconds since it was given the file that it has; 0 if it has none. */
  long busyNanoseconds() {
    long since = busySince;
    return since == 0 ? 0 : System.nanoTime() - since;
  }

  long pid() {
    return process.pid();
  }

  /** Ends it, whatever it is at; whoever waits for its answer learns why. */
  void kill(Excess reason) {
    if (busySince != 0) {
      excess = reason;
    }
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
