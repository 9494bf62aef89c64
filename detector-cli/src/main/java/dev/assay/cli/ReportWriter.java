package dev.assay.cli;

import dev.assay.Detector;
import dev.assay.Language;
import dev.assay.Report;
import dev.assay.internal.report.ReportCsv;
import dev.assay.internal.report.ReportJson;
import dev.assay.internal.report.ReportSarif;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Writes reports one after the other; each is flushed before the next file is waited for, so that
 * an end without warning loses none that was written.
 */
final class ReportWriter implements AutoCloseable {

  /** The forms of output. */
  enum Format {
    TEXT("text"),
    JSONL("jsonl"),
    JSON("json"),
    CSV("csv"),
    SARIF("sarif");

    private final String code;

    Format(String code) {
      this.code = code;
    }

    String code() {
      return code;
    }

    static Format of(String text) throws UsageException {
      for (Format format : values()) {
        if (format.code.equals(text.toLowerCase(Locale.ROOT))) {
          return format;
        }
      }
      String known = Arrays.stream(values()).map(Format::code).collect(Collectors.joining(", "));
      throw new UsageException("--format takes one of " + known + ", not '" + text + "'.");
    }
  }

  private final PrintStream out;
  private final Language language;
  private final Format format;
  private boolean first = true;

  ReportWriter(Terminal terminal, Format format) {
    this(terminal.out(), terminal.language(), format);
  }

  private ReportWriter(PrintStream out, Language language, Format format) {
    this.out = out;
    this.language = language;
    this.format = format;
  }

  /**
   * One for a file; a table says that it is UTF-8, since spreadsheets take it for something else.
   */
  static ReportWriter toFile(PrintStream out, Format format) {
    if (format == Format.CSV) {
      out.print('\ufeff');
    }
    return new ReportWriter(out, Language.ENGLISH, format);
  }

  /**
   * Writes a report.
   *
   * @throws IOException if the output takes no more
   */
  void write(Report report) throws IOException {
    switch (format) {
      case TEXT -> out.println(ReportLine.of(report, language));
      case JSONL -> out.print(ReportJson.line(report) + "\n");
      case JSON -> element("[", ReportJson.line(report));
      case CSV -> {
        out.print((first ? ReportCsv.header() + "\r\n" : "") + ReportCsv.row(report) + "\r\n");
        first = false;
      }
      case SARIF -> {
        Optional<String> result = ReportSarif.result(report);
        if (result.isPresent()) {
          element(ReportSarif.head(Detector.VERSION), result.get());
        }
      }
    }
    checked();
  }

  /** Ends the output. The stream stays open. */
  @Override
  public void close() throws IOException {
    switch (format) {
      case TEXT, JSONL -> {
        // Each line is whole.
      }
      case JSON -> out.print(first ? "[]\n" : "\n]\n");
      case CSV -> out.print(first ? ReportCsv.header() + "\r\n" : "");
      case SARIF ->
          out.print(
              first
                  ? ReportSarif.head(Detector.VERSION) + ReportSarif.tail() + "\n"
                  : "\n" + ReportSarif.tail() + "\n");
    }
    checked();
  }

  /** One of an array, on a line of its own. */
  private void element(String opening, String text) {
    out.print((first ? opening + "\n" : ",\n") + text);
    first = false;
  }

  private void checked() throws IOException {
    if (out.checkError()) {
      throw new IOException("the output takes no more: is the disk full, or its reader gone?");
    }
  }
}
