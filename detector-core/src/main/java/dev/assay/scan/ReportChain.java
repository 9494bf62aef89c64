package dev.assay.scan;

import dev.assay.internal.report.ReportHead;
import dev.assay.internal.resource.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Ties the lines of a file of reports together: each holds, as its last member {@code chain}, the
 * SHA-256 of the line before, without its line end. Whoever knows the hash of the last line can
 * tell whether any line was changed, added, taken out or moved.
 */
public final class ReportChain {

  /** What the first line holds: the SHA-256 of nothing. */
  static final String FIRST = hash(new byte[0]);

  /**
   * What a file of reports turned out to be.
   *
   * @param lines how many reports it holds, up to the fault if there is one
   * @param head hash of the last of these lines: what to note elsewhere, and to compare
   * @param fault what is wrong with the line after these, as a sentence; empty if nothing is
   */
  public record Check(long lines, String head, Optional<String> fault) {}

  private ReportChain() {}

  /**
   * Checks a file of chained reports.
   *
   * @throws IOException if it cannot be read
   */
  public static Check check(Path file) throws IOException {
    Checker checker = new Checker();
    long end = JournalFile.readLines(file, checker);
    if (checker.fault == null && end < Files.size(file)) {
      checker.fault = "Line " + (checker.lines + 1) + " is cut off.";
    }
    return new Check(checker.lines, checker.head, Optional.ofNullable(checker.fault));
  }

  /** A report's line with the hash of the line before. */
  static String link(String line, String previous) {
    return line.substring(0, line.length() - 1) + ",\"chain\":\"" + previous + "\"}";
  }

  /** The same line after another one. */
  static byte[] relink(byte[] line, String previous) {
    String text = new String(line, StandardCharsets.UTF_8);
    int chain = text.lastIndexOf(",\"chain\":\"");
    return link(text.substring(0, chain) + "}", previous).getBytes(StandardCharsets.UTF_8);
  }

  static String hash(byte[] line) {
    return Sha256.hexadecimal(line);
  }

  private static final class Checker implements JournalFile.LineConsumer {

    private long lines;
    private String head = FIRST;
    private @Nullable String fault;

    @Override
    public void accept(long offset, byte[] line) {
      if (fault != null) {
        return;
      }
      String linked = chainOf(line);
      if (linked == null) {
        fault = "Line " + (lines + 1) + " is no chained report.";
      } else if (!linked.equals(head)) {
        fault =
            "Line "
                + (lines + 1)
                + " does not follow from the line before: one of them was changed, or lines were"
                + " added, taken out or moved.";
      } else {
        lines++;
        head = hash(line);
      }
    }

    private static @Nullable String chainOf(byte[] line) {
      try {
        return ReportHead.read(line).chain().orElse(null);
      } catch (IOException e) {
        return null;
      }
    }
  }
}
