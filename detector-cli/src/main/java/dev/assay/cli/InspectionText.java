package dev.assay.cli;

import dev.assay.Evidence;
import dev.assay.MediaKind;
import dev.assay.Report;
import dev.assay.Sentence;
import dev.assay.Verdict;
import dev.assay.internal.report.ManifestDetails;
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

  private final Terminal terminal;
  private final PrintStream out;

  private InspectionText(Terminal terminal) {
    this.terminal = terminal;
    this.out = terminal.out();
  }

  static void print(Report report, Terminal terminal) {
    new InspectionText(terminal).print(report);
  }

  private void print(Report report) {
    out.println(Terminal.safe(report.file().path()));
    List<Sentence> facts = facts(report);
    if (!facts.isEmpty()) {
      out.println("  " + facts.stream().map(terminal::say).collect(Collectors.joining(", ")));
    }
    out.println();
    report
        .failure()
        .ifPresent(failure -> out.println(terminal.say("Not examined: {0}", failure.sentence())));
    report.verdict().ifPresent(verdict -> verdict(verdict, report.evidence()));
    report.verdict().ifPresent(this::reliability);
    list("Note", report.notes().stream().map(Report.Note::sentence).toList());
    notWeighed(report);
    report.evidence().stream()
        .filter(ManifestDetails::in)
        .forEach(piece -> ProvenanceText.print(piece, terminal));
    list("Warnings", report.warnings().stream().map(Report.Warning::sentence).toList());
    out.println();
    report.file().sha256().ifPresent(hash -> out.println("SHA-256  " + hash));
    out.println(terminal.say("Produced by  {0}", made(report)));
  }

  private void list(String title, List<Sentence> sentences) {
    if (!sentences.isEmpty()) {
      out.println();
      out.println(terminal.say(title));
      sentences.forEach(sentence -> out.println("  - " + terminal.say(sentence)));
    }
  }

  private static List<Sentence> facts(Report report) {
    List<Sentence> facts = new ArrayList<>();
    report.file().mediaType().map(Sentence::verbatim).ifPresent(facts::add);
    report
        .media()
        .ifPresent(
            media -> {
              if (media.width().isPresent() && media.height().isPresent()) {
                facts.add(
                    Sentence.of("{0} x {1}", media.width().getAsInt(), media.height().getAsInt()));
              }
              media
                  .durationSeconds()
                  .ifPresent(seconds -> facts.add(Sentence.of("{0} s", decimal(seconds))));
              if (media.kind() == MediaKind.VIDEO) {
                media
                    .framesExamined()
                    .ifPresent(count -> facts.add(Sentence.of("{0} frames examined", count)));
              }
              media.sound().stream()
                  .findFirst()
                  .ifPresent(
                      track ->
                          facts.add(
                              Sentence.of(
                                  "sound {0}, {1} Hz, {2} channels",
                                  track.codec(), track.rate(), track.channels())));
              media
                  .decoder()
                  .ifPresent(decoder -> facts.add(Sentence.of("decoded by {0}", decoder)));
            });
    report.file().size().ifPresent(size -> facts.add(Sentence.of("{0} bytes", size)));
    return facts;
  }

  private void verdict(Verdict verdict, List<Evidence> evidence) {
    out.println(terminal.say("Verdict: {0}", Sentence.of(answer(verdict.label()))));
    out.println(
        "  "
            + terminal.say(
                "Probability of being synthetic: {0} % (prior {1} %)",
                decimal(100 * verdict.probability()), decimal(100 * verdict.prior())));
    if (!verdict.basis().isEmpty()) {
      Sentence basis =
          verdict.basis().stream()
              .sorted()
              .map(each -> Sentence.of(each.code()))
              .reduce((before, next) -> Sentence.of("{0} and {1}", before, next))
              .orElseThrow();
      out.println("  " + terminal.say("Based on what is {0}", basis));
    }
    for (Verdict.Part part : verdict.parts()) {
      out.println("  " + terminal.say(ofPart(part)));
    }
    verdict.errorRate().ifPresent(rate -> out.println("  " + terminal.say(wrong(rate))));
    out.println();
    out.println(terminal.say("Why"));
    for (Verdict.Reason reason : verdict.reasons()) {
      out.println("  - " + terminal.say(reason.sentence()));
      if (reason.evidence() >= 0) {
        details(evidence.get(reason.evidence()));
      }
    }
  }

  private static String answer(Verdict.Label label) {
    return switch (label) {
      case SYNTHETIC -> "SYNTHETIC";
      case NOT_SYNTHETIC -> "NOT SYNTHETIC: no sign of generation found";
      case ALTERED -> "ALTERED: a part was changed";
      case INCONCLUSIVE -> "INCONCLUSIVE";
    };
  }

  private static Sentence ofPart(Verdict.Part part) {
    Sentence medium =
        Sentence.of(
            switch (part.medium()) {
              case PICTURE -> "The pictures by themselves";
              case SPEECH -> "The voice by itself";
              case MUSIC -> "The music by itself";
            });
    return Sentence.of(
        "{0}: {1} ({2} %)",
        medium, Sentence.of(answer(part.label())), decimal(100 * part.probability()));
  }

  private static Sentence wrong(Verdict.ErrorRate rate) {
    String share = decimal(100 * rate.share());
    if (rate.wrongly() != Verdict.Label.SYNTHETIC) {
      return Sentence.of("{0} % of real media from unseen sources wrongly get this answer.", share);
    }
    return rate.unseen() == Verdict.Unseen.SOURCES
        ? Sentence.of(
            "{0} % of synthetic media from unseen pages, by generators that were learned from,"
                + " wrongly get this answer.",
            share)
        : Sentence.of(
            "{0} % of synthetic media by unseen generators wrongly get this answer.", share);
  }

  private void reliability(Verdict verdict) {
    if (!verdict.stability().isEmpty()) {
      out.println();
      out.println(terminal.say("Changed copies of the picture"));
      for (Verdict.Copy copy : verdict.stability()) {
        out.printf(Locale.ROOT, "  %-10s %.1f %%%n", copy.change(), 100 * copy.probability());
      }
    }
    verdict
        .measured()
        .filter(measured -> verdict.errorRate().isEmpty())
        .ifPresent(
            measured -> {
              out.println();
              out.println(
                  terminal.say(
                      measured.unseen() == Verdict.Unseen.SOURCES
                          ? "Measured on unseen pages: these models call {0} % of synthetic media "
                              + "by generators that they learned from and {1} % of real media "
                              + "synthetic."
                          : "Measured on unseen generators and sources: these models call {0} % of "
                              + "synthetic media and {1} % of real media synthetic.",
                      Math.round(100 * measured.recall()),
                      decimal(100 * measured.falsePositives())));
            });
  }

  private void notWeighed(Report report) {
    Set<Integer> counted = report.verdict().map(Verdict::counted).orElse(Set.of());
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
      out.println(terminal.say("Other observations (not weighed)"));
      for (Evidence piece : uncounted) {
        out.println("  - " + terminal.say(piece.sentence()));
        if (!ManifestDetails.in(piece)) {
          details(piece);
        }
      }
    }
  }

  /** Those of models are figures for machines; the report as JSON has them. */
  private void details(Evidence evidence) {
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

  private static Sentence made(Report report) {
    String tool = report.tool().name() + " " + report.tool().version();
    List<String> models =
        report.tool().models().stream().map(model -> model.id() + " " + model.version()).toList();
    return models.isEmpty()
        ? Sentence.verbatim(tool)
        : Sentence.of("{0}, models {1}", tool, Sentence.list(models));
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
