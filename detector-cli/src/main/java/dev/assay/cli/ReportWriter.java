package dev.assay.cli;

import dev.assay.Report;
import dev.assay.internal.report.ReportOutput;
import dev.assay.spi.ReportFormat;
import java.io.IOException;
import java.io.PrintStream;

/**
 * Writes reports one after the other; each is flushed before the next file is waited for, so that
 * an end without warning loses none that was written.
 */
final class ReportWriter implements AutoCloseable {

  private final PrintStream out;
  private final ReportOutput output;

  ReportWriter(Terminal terminal, ReportFormat format) {
    this(terminal.out(), new ReportOutput(format, terminal.language(), terminal.out()));
  }

  private ReportWriter(PrintStream out, ReportOutput output) {
    this.out = out;
    this.output = output;
  }

  /** One for a file. */
  static ReportWriter toFile(PrintStream out, ReportFormat format) throws IOException {
    return new ReportWriter(out, ReportOutput.toFile(format, out));
  }

  /**
   * Writes a report.
   *
   * @throws IOException if the output takes no more
   */
  void write(Report report) throws IOException {
    output.write(report);
    requireWritten();
  }

  /** Ends the output. The stream stays open. */
  @Override
  public void close() throws IOException {
    output.end();
    requireWritten();
  }

  private void requireWritten() throws IOException {
    if (out.checkError()) {
      throw new IOException("the output takes no more: is the disk full, or its reader gone?");
    }
  }
}
