package dev.assay.cli;

import dev.assay.Report;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Shows how a scan goes on, where a person watches, and nothing elsewhere. */
final class ScanProgress implements AutoCloseable {

  private static final int REFRESH_MILLISECONDS = 250;
  private static final int COLUMNS = 100;

  private final @Nullable ProgressBar bar;

  private ScanProgress(@Nullable ProgressBar bar) {
    this.bar = bar;
  }

  static ScanProgress on(Terminal terminal) {
    return new ScanProgress(
        terminal.interactive()
            ? new ProgressBarBuilder()
                .setTaskName("assay")
                .setInitialMax(-1)
                .setUnit(" files", 1)
                .showSpeed()
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(REFRESH_MILLISECONDS)
                .setConsumer(new ConsoleProgressBarConsumer(terminal.err(), COLUMNS))
                .build()
            : null);
  }

  void step(Report report) {
    if (bar != null) {
      bar.step();
      bar.setExtraMessage(
          report.verdict().map(verdict -> " " + verdict.label().code()).orElse(" failed"));
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
