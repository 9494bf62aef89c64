package dev.assay.cli;

import dev.assay.Report;
import dev.assay.scan.Scanner;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * Shows how a scan goes on, where a person watches, and nothing elsewhere: files done and per
 * second, and the time left once the files are counted, beside the scan.
 */
final class ScanProgress implements AutoCloseable {

  private static final int REFRESH_MILLISECONDS = 250;
  private static final int COLUMNS = 100;

  private final @Nullable ProgressBar bar;
  private final Thread counter;

  private ScanProgress(@Nullable ProgressBar bar, ScanRequest request) {
    this.bar = bar;
    this.counter = new Thread(() -> count(request), "assay-count");
    counter.setDaemon(true);
    // How long a list is shows only at its end.
    if (bar != null && request.list().isEmpty()) {
      counter.start();
    }
  }

  static ScanProgress on(Terminal terminal, ScanRequest request) {
    return new ScanProgress(
        // Lines for a person would run into the bar, and say how far it is themselves.
        terminal.interactive() && !(terminal.shown() && request.output().isEmpty())
            ? new ProgressBarBuilder()
                .setTaskName("assay")
                .setInitialMax(-1)
                .setUnit(" files", 1)
                .showSpeed()
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(REFRESH_MILLISECONDS)
                .setConsumer(new ConsoleProgressBarConsumer(terminal.err(), COLUMNS))
                .build()
            : null,
        request);
  }

  /** A file has a new report. */
  void step(Report report) {
    if (bar != null) {
      bar.step();
      bar.setExtraMessage(
          report.verdict().map(verdict -> " " + verdict.label().code()).orElse(" failed"));
    }
  }

  /** A file needs none. */
  void step() {
    if (bar != null) {
      bar.step();
    }
  }

  private void count(ScanRequest request) {
    long[] counted = {0};
    Scanner.count(request.paths().iterator(), request.options(), count -> counted[0] = count);
    if (bar != null && !Thread.currentThread().isInterrupted()) {
      bar.maxHint(Math.max(counted[0], bar.getCurrent()));
    }
  }

  @Override
  public void close() {
    counter.interrupt();
    if (bar != null) {
      bar.close();
    }
  }
}
