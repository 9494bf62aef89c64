package dev.assay.isolation;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a worker process wrote to its standard error last: the Java runtime says there what it died
 * of.
 */
final class ErrorTail {

  private static final int KEPT_BYTES = 1 << 14;
  private static final int SIGNAL_BASE = 128;
  private static final Pattern SIGNAL = Pattern.compile("#\\s+(SIG[A-Z]+)");
  private static final Pattern FRAME =
      Pattern.compile("# (?:Problematic frame:\\s+# )?([CVJ]  \\[?[^\\n\\]]+)");

  /** As the runtime says it of the thread that it ends, not as a library may log it. */
  private static final Pattern OUT_OF_MEMORY =
      Pattern.compile(
          "(?m)^(?:Exception in thread .*|Terminating due to )java\\.lang\\.OutOfMemoryError");

  private final byte[] kept = new byte[KEPT_BYTES];
  private final InputStream errors;
  private final boolean shown;
  private final Thread reader = new Thread(this::read, "assay-worker-errors");
  private int count;

  private ErrorTail(InputStream errors, boolean shown) {
    this.errors = errors;
    this.shown = shown;
    reader.setDaemon(true);
    reader.start();
  }

  /**
   * Listens to a process.
   *
   * @param shown whether what it writes is shown on this process's standard error too
   */
  static ErrorTail of(Process process, boolean shown) {
    return new ErrorTail(process.getErrorStream(), shown);
  }

  /** Waits until all that the ended process wrote is here. */
  void await() {
    try {
      reader.join(TimeUnit.SECONDS.toMillis(1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What was written last. */
  synchronized String text() {
    return new String(kept, 0, count, StandardCharsets.UTF_8);
  }

  /** The last line that was written, in brackets; nothing where there is none. */
  String lastLine() {
    String text = text().strip();
    return text.isEmpty() ? "" : " (" + text.substring(text.lastIndexOf('\n') + 1) + ")";
  }

  /** Why the process ended, as the end of a sentence. */
  synchronized String of(Process process, IOException cause) {
    String text = text();
    if (process.isAlive()) {
      return "it could not be understood: " + cause.getMessage();
    }
    removeCrashReport(process.pid());
    Matcher signal = SIGNAL.matcher(text);
    if (signal.find()) {
      Matcher frame = FRAME.matcher(text);
      return signal.group(1)
          + (frame.find(signal.end())
              ? " in " + frame.group(1).substring(1).replace("[", "").strip()
              : "");
    }
    if (OUT_OF_MEMORY.matcher(text).find()) {
      return "it ran out of memory";
    }
    int code = process.exitValue();
    return code > SIGNAL_BASE ? "signal " + (code - SIGNAL_BASE) : "exit code " + code;
  }

  /** The Java runtime writes one for each crash; what is needed of it stands in the report. */
  private static void removeCrashReport(long pid) {
    try {
      Files.deleteIfExists(Path.of(WorkerLimits.crashReport(Long.toString(pid))));
    } catch (IOException e) {
      // It stays in the temporary folder.
    }
  }

  private void read() {
    byte[] chunk = new byte[KEPT_BYTES / 2];
    try (errors) {
      for (int read = errors.read(chunk); read >= 0; read = errors.read(chunk)) {
        keep(chunk, read);
        if (shown) {
          System.err.write(chunk, 0, read);
          System.err.flush();
        }
      }
    } catch (IOException e) {
      // The process is gone.
    }
  }

  /** Keeps bytes, and drops older ones where they are too many. */
  synchronized void keep(byte[] bytes, int length) {
    int taken = Math.min(length, KEPT_BYTES);
    int over = Math.max(0, count + taken - KEPT_BYTES);
    System.arraycopy(kept, over, kept, 0, count - over);
    System.arraycopy(bytes, length - taken, kept, count - over, taken);
    count += taken - over;
  }
}
