package dev.assay.cli;

import java.io.IOException;
import java.util.Optional;

/**
 * An output that is ended once, by the command or, where that is interrupted, when the process
 * ends: a JSON array is closed, and the file moved to its place.
 */
final class OpenOutput implements AutoCloseable {

  private final ReportWriter writer;
  private final Optional<ReportFile> file;
  private final Thread hook = new Thread(this::closeQuietly, "assay-output");
  private boolean closed;

  OpenOutput(ReportWriter writer, Optional<ReportFile> file) {
    this.writer = writer;
    this.file = file;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  ReportWriter writer() {
    return writer;
  }

  @Override
  public synchronized void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try {
      writer.close();
    } finally {
      if (file.isPresent()) {
        file.get().close();
      }
      forgetHook();
    }
  }

  private void closeQuietly() {
    try {
      close();
    } catch (IOException e) {
      System.err.println("assay: the output could not be ended: " + e.getMessage());
    }
  }

  private void forgetHook() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending, by this very hook.
    }
  }
}
