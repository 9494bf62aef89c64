package dev.assay.cli;

import dev.assay.Report;
import dev.assay.internal.report.ReportReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files of reports, one a line. */
final class ReportLines {

  private ReportLines() {}

  /** Takes a report. */
  @FunctionalInterface
  interface Sink {
    void take(Report report) throws IOException;
  }

  /**
   * Reads a file of reports.
   *
   * @return how many it holds
   * @throws UsageException if a line is no report
   */
  static int forEach(Path file, Sink sink) throws UsageException, IOException {
    int count = 0;
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      int number = 0;
      for (String text = reader.readLine(); text != null; text = reader.readLine()) {
        number++;
        if (!text.isBlank()) {
          sink.take(report(text, file, number));
          count++;
        }
      }
    }
    return count;
  }

  private static Report report(String text, Path file, int number) throws UsageException {
    try {
      return ReportReader.read(text);
    } catch (IOException e) {
      throw new UsageException(
          file + ", line " + number + " is no report in JSON: " + e.getMessage());
    }
  }
}
