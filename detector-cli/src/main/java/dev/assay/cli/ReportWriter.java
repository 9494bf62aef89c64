package dev.assay.cli;

import dev.assay.Language;
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

  private static final char BYTE_ORDER_MARK = '\ufeff';

  private final PrintStream out;
  private final ReportOutput output;

  ReportWriter(Terminal terminal, ReportFormat format) {
    this(terminal.out(), terminal.language(), format);
  }

  private ReportWriter(PrintStream out, Language language, ReportFormat format) {
    this.out = out;
    this.output = new ReportOutput(format, language, out);
  }

  /** One for a file. */
  static ReportWriter toFile(PrintStream out, ReportFormat format) {
    if (format.marksFiles()) {
      out.print(BYTE_ORDER_MARK);
    }
    return new ReportWriter(out, Language.ENGLISH, format);
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
