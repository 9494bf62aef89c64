package dev.assay.cli;

import dev.assay.Report;
import dev.assay.report.ReportCsv;
import dev.assay.report.ReportJson;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Writes reports one after the other; each is flushed before the next file is waited for, so that
 * an end without warning loses none that was written.
 */
final class ReportWriter implements AutoCloseable {

  /** The forms of output. */
  enum Format {
    JSONL("jsonl"),
    JSON("json"),
    CSV("csv");

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
  private final Format format;
  private boolean first = true;
  private boolean closed;

  ReportWriter(PrintStream out, Format format) {
    this.out = out;
    this.format = format;
  }

  /**
   * Writes a report.
   *
   * @throws IOException if the output takes no more
   */
  synchronized void write(Report report) throws IOException {
    if (closed) {
      return;
    }
    switch (format) {
      case JSONL -> out.print(ReportJson.line(report) + "\n");
      case JSON -> out.print((first ? "[\n" : ",\n") + ReportJson.line(report));
      case CSV ->
          out.print((first ? ReportCsv.header() + "\r\n" : "") + ReportCsv.row(report) + "\r\n");
    }
    first = false;
    checked();
  }

  /** Ends the output; what comes after is not written. The stream stays open. */
  @Override
  public synchronized void close() throws IOException {
    closed = true;
    if (format == Format.JSON) {
      out.print(first ? "[]\n" : "\n]\n");
    } else if (format == Format.CSV && first) {
      out.print(ReportCsv.header() + "\r\n");
    }
    checked();
  }

  private void checked() throws IOException {
    if (out.checkError()) {
      throw new IOException("the output takes no more: is the disk full, or its reader gone?");
    }
  }
}
