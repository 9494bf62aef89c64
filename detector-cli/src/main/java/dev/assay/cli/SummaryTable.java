package dev.assay.cli;

import dev.assay.Verdict.Label;
import dev.assay.scan.ScanSummary;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;

/** The closing table of a scan. */
final class SummaryTable {

  private SummaryTable() {}

  static void print(ScanSummary summary, Terminal terminal) {
    PrintStream out = terminal.err();
    long all = summary.examined() + summary.failed();
    long now = all - summary.unchanged();
    if (all == 0) {
      out.println(terminal.say("No media found."));
    }
    for (Label label : Label.values()) {
      row(terminal, label.code(), summary.labels().getOrDefault(label, 0L));
    }
    row(terminal, "failed", summary.failed());
    summary.failures().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(entry -> row(terminal, "  " + entry.getKey().code(), entry.getValue()));
    if (summary.unchanged() > 0) {
      row(terminal, "unchanged, as before", summary.unchanged());
    }
    if (summary.copies() > 0) {
      row(terminal, "copies, examined once", summary.copies());
    }
    if (summary.notMedia() > 0) {
      row(terminal, "not media, passed over", summary.notMedia());
    }
    if (summary.sideFiles() > 0) {
      row(terminal, "side files, passed over", summary.sideFiles());
    }
    if (summary.excluded() > 0) {
      row(terminal, "excluded", summary.excluded());
    }
    if (summary.links() > 0) {
      row(terminal, "links, not followed", summary.links());
    }
    double seconds = summary.elapsed().toNanos() / 1e9;
    String pattern =
        now == 1
            ? "{0} file, {1} MB in {2} s ({3} files/s)"
            : "{0} files, {1} MB in {2} s ({3} files/s)";
    out.println(
        terminal.say(
            pattern,
            now,
            decimal(summary.bytes() / 1e6),
            decimal(seconds),
            decimal(now / Math.max(seconds, 1e-3))));
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  private static void row(Terminal terminal, String name, long count) {
    String padded = Terminal.padded(terminal.say(name), 24);
    terminal.err().printf(Locale.ROOT, "  %s %8d%n", padded, count);
  }
}
