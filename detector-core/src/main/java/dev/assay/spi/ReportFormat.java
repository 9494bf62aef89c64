package dev.assay.spi;

import dev.assay.Language;
import dev.assay.Report;
import java.util.List;
import java.util.Optional;

/**
 * A form in which reports are written: text for other programs or for people.
 *
 * <p>The second extension point. Forms named in {@code
 * META-INF/services/dev.assay.spi.ReportFormat} are found on the class path and need a public
 * constructor without parameters; {@code --format} takes their ids. An output is {@link #open},
 * then each report that has a text, with {@link #between} between two, then {@link #close}; line
 * ends are the form's own. One instance serves all threads and outputs, so it keeps no state.
 */
public interface ReportFormat {

  /** Short and stable, of lower-case letters, digits and hyphens; what {@code --format} takes. */
  String id();

  /** What it is for, in a few words for a list: {@code a table for spreadsheets}. */
  String summary();

  /**
   * How outputs of this form begin, without a byte order mark, so that an earlier output is told
   * from evidence, which is never written over; empty where the form has no beginning of its own.
   */
  default List<String> leads() {
    return List.of();
  }

  /** Whether a file begins with a byte order mark, by which spreadsheets know UTF-8. */
  default boolean marksFiles() {
    return false;
  }

  /** What comes before the first report. */
  default String open() {
    return "";
  }

  /**
   * A report.
   *
   * @param language of what is meant for people; forms for programs are the same in each
   * @return its text; empty if this form passes over such reports
   */
  Optional<String> one(Report report, Language language);

  /** What comes between two reports. */
  default String between() {
    return "";
  }

  /** What comes after the last report. */
  default String close() {
    return "";
  }
}
