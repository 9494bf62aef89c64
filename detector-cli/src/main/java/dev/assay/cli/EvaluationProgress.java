package dev.assay.cli;

import dev.assay.evaluation.Evaluation;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Shows how an evaluation goes on, where a person watches, condition by condition. */
final class EvaluationProgress implements Evaluation.Progress, AutoCloseable {

  private static final int REFRESH_MILLISECONDS = 250;
  private static final int COLUMNS = 100;

  private final Terminal terminal;
  private @Nullable ProgressBar bar;

  EvaluationProgress(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public synchronized void begin(String condition, int files) {
    close();
    if (terminal.interactive()) {
      bar =
          new ProgressBarBuilder()
              .setTaskName(condition)
              .setInitialMax(files)
              .setUnit(" files", 1)
              .showSpeed()
              .setStyle(ProgressBarStyle.ASCII)
              .setUpdateIntervalMillis(REFRESH_MILLISECONDS)
              .setConsumer(new ConsoleProgressBarConsumer(terminal.err(), COLUMNS))
              .build();
    }
  }

  @Override
  public synchronized void step(boolean fresh) {
    if (bar != null) {
      bar.step();
    }
  }

  @Override
  public synchronized void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
