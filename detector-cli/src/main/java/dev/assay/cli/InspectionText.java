package dev.assay.cli;

import dev.assay.Evidence;
import dev.assay.MediaKind;
import dev.assay.Report;
import dev.assay.Verdict;
import dev.assay.report.ManifestDetails;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A report in plain sentences, for a person at a terminal. */
final class InspectionText {

  private InspectionText() {}

  static void print(Report report, PrintStream out) {
    out.println(Terminal.safe(report.file().path()));
    String facts = facts(report);
    if (!facts.isEmpty()) {
      out.println("  " + Terminal.safe(facts));
    }
    out.println();
    report
        .failure()
        .ifPresent(failure -> out.println("Not examined: " + Terminal.safe(failure.message())));
    report.verdict().ifPresent(verdict -> verdict(verdict, report.evidence(), out));
    report.verdict().ifPresent(verdict -> reliability(verdict, out));
    notes(report, out);
    notWeighed(report, out);
    report.evidence().stream()
        .filter(ManifestDetails::in)
        .forEach(piece -> ProvenanceText.print(piece, out));
    if (!report.warnings().isEmpty()) {
      out.println();
      out.println("Warnings");
      report.warnings().forEach(warning -> out.println("  - " + Terminal.safe(warning.message())));
    }
    out.println();
    report.file().sha256().ifPresent(hash -> out.println("SHA-256  " + hash));
    out.println("Produced by  " + made(report));
  }

  private static String facts(Report report) {
    List<String> facts = new ArrayList<>();
    report.file().mediaType().ifPresent(facts::add);
    report
        .media()
        .ifPresent(
            media -> {
              if (media.width().isPresent() && media.height().isPresent()) {
                facts.add(media.width().getAsInt() + " x " + media.height().getAsInt());
              }
              media
                  .durationSeconds()
                  .ifPresent(seconds -> facts.add(String.format(Locale.ROOT, "%.1f s", seconds)));
              if (media.kind() == MediaKind.VIDEO) {
                media.framesExamined().ifPresent(count -> facts.add(count + " frames examined"));
              }
              media.decoder().ifPresent(decoder -> facts.add("decoded by " + decoder));
            });
    report.file().size().ifPresent(size -> facts.add(size + " bytes"));
    return String.join(", ", facts);
  }

  private static void verdict(Verdict verdict, List<Evidence> evidence, PrintStream out) {
    out.println("Verdict: " + answer(verdict.label()));
    out.printf(
        Locale.ROOT,
        "  Probability of being synthetic: %.1f %% (prior %.1f %%)%n",
        100 * verdict.probability(),
        100 * verdict.prior());
    if (!verdict.basis().isEmpty()) {
      out.println(
          "  Based on what is "
              + verdict.basis().stream()
                  .sorted()
                  .map(basis -> basis.code())
                  .collect(Collectors.joining(" and ")));
    }
    verdict.errorRate().ifPresent(rate -> out.println("  " + wrong(rate)));
    out.println();
    out.println("Why");
    for (Verdict.Reason reason : verdict.reasons()) {
      out.println("  - " + Terminal.safe(reason.text()));
      if (reason.evidence() >= 0) {
        details(evidence.get(reason.evidence()), out);
      }
    }
  }

  private static String answer(Verdict.Label label) {
    return switch (label) {
      case SYNTHETIC -> "SYNTHETIC";
      case NOT_SYNTHETIC -> "NOT SYNTHETIC: no sign of generation found";
      case INCONCLUSIVE -> "INCONCLUSIVE";
    };
  }

  private static String wrong(Verdict.ErrorRate rate) {
    boolean synthetic = rate.wrongly() == Verdict.Label.SYNTHETIC;
    return String.format(
        Locale.ROOT,
        "Of %s media of %s never seen, %.1f %% get this answer all the same.",
        synthetic ? "synthetic" : "real",
        synthetic ? "generators" : "sources",
        100 * rate.share());
  }

  private static void reliability(Verdict verdict, PrintStream out) {
    if (!verdict.stability().isEmpty()) {
      out.println();
      out.println("Changed copies of the picture");
      for (Verdict.Copy copy : verdict.stability()) {
        out.printf(Locale.ROOT, "  %-10s %.1f %%%n", copy.change(), 100 * copy.probability());
      }
    }
    verdict
        .measured()
        .filter(measured -> verdict.errorRate().isEmpty())
        .ifPresent(
            measured ->
                out.printf(
                    Locale.ROOT,
                    "%nMeasured on generators and sources never seen: these models call %.0f %% of"
                        + " synthetic media synthetic, and %.1f %% of real media.%n",
                    100 * measured.recall(),
                    100 * measured.falsePositives()));
  }

  private static void notes(Report report, PrintStream out) {
    if (!report.notes().isEmpty()) {
      out.println();
      out.println("Note");
      report.notes().forEach(note -> out.println("  - " + Terminal.safe(note.message())));
    }
  }

  private static void notWeighed(Report report, PrintStream out) {
    Set<Integer> counted =
        report.verdict().map(Verdict::reasons).orElse(List.of()).stream()
            .map(Verdict.Reason::evidence)
            .collect(Collectors.toSet());
    Set<Integer> noted =
        report.notes().stream().map(Report.Note::evidence).collect(Collectors.toSet());
    List<Evidence> uncounted =
        IntStream.range(0, report.evidence().size())
            .filter(i -> !counted.contains(i) && !noted.contains(i))
            .mapToObj(report.evidence()::get)
            .filter(Evidence::isShown)
            .toList();
    if (!uncounted.isEmpty()) {
      out.println();
      out.println("Other observations (not weighed)");
      for (Evidence piece : uncounted) {
        out.println("  - " + Terminal.safe(piece.summary()));
        if (!ManifestDetails.in(piece)) {
          details(piece, out);
        }
      }
    }
  }

  /** Those of models are figures for machines; the report as JSON has them. */
  private static void details(Evidence evidence, PrintStream out) {
    if (evidence.kind() == Evidence.Kind.CLASSIFIER) {
      return;
    }
    for (Map.Entry<String, Object> detail : evidence.details().entrySet()) {
      String value =
          detail.getValue() instanceof Double number
              ? String.format(Locale.ROOT, "%.4f", number)
              : String.valueOf(detail.getValue());
      String shown = value.length() > 200 ? value.substring(0, 200) + " ..." : value;
      out.println("      " + Terminal.safe(detail.getKey() + ": " + shown));
    }
  }

  private static String made(Report report) {
    String models =
        report.tool().models().stream()
            .map(model -> model.id() + " " + model.version())
            .collect(Collectors.joining(", "));
    return report.tool().name()
        + " "
        + report.tool().version()
        + (models.isEmpty() ? "" : ", models " + models);
  }
}
