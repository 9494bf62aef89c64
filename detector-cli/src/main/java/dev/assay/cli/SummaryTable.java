package dev.assay.cli;

import dev.assay.Verdict.Label;
import dev.assay.scan.ScanSummary;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;

/** The closing table of a scan. */
final class SummaryTable {

  private SummaryTable() {}

  static void print(ScanSummary summary, PrintStream out) {
    long all = summary.examined() + summary.failed();
    long now = all - summary.unchanged();
    if (all == 0) {
      out.println("No media found.");
    }
    for (Label label : Label.values()) {
      row(out, label.code(), summary.labels().getOrDefault(label, 0L));
    }
    row(out, "failed", summary.failed());
    summary.failures().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(entry -> row(out, "  " + entry.getKey().code(), entry.getValue()));
    if (summary.unchanged() > 0) {
      row(out, "unchanged, as before", summary.unchanged());
    }
    if (summary.copies() > 0) {
      row(out, "copies, examined once", summary.copies());
    }
    if (summary.notMedia() > 0) {
      row(out, "not media, passed over", summary.notMedia());
    }
    if (summary.sideFiles() > 0) {
      row(out, "side files, passed over", summary.sideFiles());
    }
    if (summary.excluded() > 0) {
      row(out, "excluded", summary.excluded());
    }
    if (summary.links() > 0) {
      row(out, "links, not followed", summary.links());
    }
    double seconds = summary.elapsed().toNanos() / 1e9;
    out.printf(
        Locale.ROOT,
        "%d %s, %.1f MB in %.1f s (%.1f files/s)%n",
        now,
        now == 1 ? "file" : "files",
        summary.bytes() / 1e6,
        seconds,
        now / Math.max(seconds, 1e-3));
  }

  private static void row(PrintStream out, String name, long count) {
    out.printf(Locale.ROOT, "  %-24s %8d%n", name, count);
  }
}
