package dev.assay.internal.report;

import dev.assay.Language;
import dev.assay.Report;
import dev.assay.spi.ReportFormat;
import java.io.IOException;
import java.util.Optional;

/** An output of reports in one form, as text of any kind takes it. Serves one thread. */
public final class ReportOutput {

  private static final char BYTE_ORDER_MARK = '\ufeff';

  private final ReportFormat format;
  private final Language language;
  private final Appendable out;
  private boolean opened;
  private boolean first = true;

  /**
   * An output that has not begun.
   *
   * @param language of what is meant for people
   * @param out takes the text; stays open
   */
  public ReportOutput(ReportFormat format, Language language, Appendable out) {
    this.format = format;
    this.language = language;
    this.out = out;
  }

  /**
   * The same for a file: in English, and with a byte order mark if the form has one.
   *
   * @throws IOException if the output takes no more
   */
  public static ReportOutput toFile(ReportFormat format, Appendable out) throws IOException {
    if (format.marksFiles()) {
      out.append(BYTE_ORDER_MARK);
    }
    return new ReportOutput(format, Language.ENGLISH, out);
  }

  /**
   * Writes a report, and what must come before it.
   *
   * @throws IOException if the output takes no more
   */
  public void write(Report report) throws IOException {
    Optional<String> text = format.one(report, language);
    if (text.isPresent()) {
      open();
      out.append(first ? "" : format.between()).append(text.get());
      first = false;
    }
  }

  /**
   * Writes what comes after the last report; an output without any is whole too.
   *
   * @throws IOException if the output takes no more
   */
  public void end() throws IOException {
    open();
    out.append(format.close());
  }

  private void open() throws IOException {
    if (!opened) {
      out.append(format.open());
      opened = true;
    }
  }
}
