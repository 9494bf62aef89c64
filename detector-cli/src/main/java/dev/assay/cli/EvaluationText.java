package dev.assay.cli;

import dev.assay.evaluation.Answers;
import dev.assay.evaluation.Comparison;
import dev.assay.evaluation.Counted;
import dev.assay.evaluation.Evaluation;
import dev.assay.evaluation.Measure;
import dev.assay.evaluation.OfCondition;
import dev.assay.evaluation.Part;
import dev.assay.evaluation.Share;
import java.io.PrintStream;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An evaluation in short, for a terminal. */
final class EvaluationText {

  private static final int MOST_PARTS = 12;

  private EvaluationText() {}

  static void print(Evaluation evaluation, PrintStream out) {
    Evaluation.Summary dataset = evaluation.dataset();
    out.println(
        Terminal.safe(dataset.name())
            + ": "
            + Counted.of(dataset.real(), "real file")
            + " of "
            + Counted.of(dataset.sources(), "source")
            + ", "
            + Counted.of(dataset.synthetic(), "synthetic file")
            + " by "
            + Counted.of(dataset.systems().size(), "system"));
    evaluation.warnings().forEach(warning -> out.println("! " + Terminal.safe(warning)));
    evaluation.notes().forEach(note -> out.println("- " + Terminal.safe(note)));
    for (OfCondition condition : evaluation.conditions()) {
      condition(condition, out);
    }
  }

  private static void condition(OfCondition condition, PrintStream out) {
    out.printf(
        Locale.ROOT,
        "%n%-34s %-26s%s%n",
        condition.condition(),
        "each file alike",
        "systems and sources alike");
    row(out, "AUROC", condition.files().auroc(), condition.units().auroc());
    row(
        out,
        "average precision",
        condition.files().averagePrecision(),
        condition.units().averagePrecision());
    row(
        out,
        "balanced accuracy at even odds",
        condition.files().balancedAccuracy(),
        condition.units().balancedAccuracy());
    row(
        out,
        "recall at 1 % false alarms",
        condition.files().recallAt1(),
        condition.units().recallAt1());
    row(
        out,
        "recall at 5 % false alarms",
        condition.files().recallAt5(),
        condition.units().recallAt5());
    row(
        out,
        "expected calibration error",
        condition.files().calibrationError(),
        condition.units().calibrationError());
    row(out, "Brier score", condition.files().brier(), condition.units().brier());
    row(out, "Cllr, bits", condition.files().cllr(), condition.units().cllr());
    row(out, "least Cllr, bits", condition.files().leastCllr(), condition.units().leastCllr());
    answers(out, "real", condition.real());
    answers(out, "synthetic", condition.synthetic());
    if (condition.content() != null) {
      out.println(
          "  content alone, without what files declare: AUROC "
              + measure(condition.content().auroc()));
    }
    parts(out, "systems, least found first", condition.systems(), false);
    parts(out, "kinds of real media, most false alarms first", condition.kinds(), true);
    for (Comparison each : condition.comparisons()) {
      out.printf(
          Locale.ROOT,
          "  against %s on %d files: AUROC %.3f against %.3f, difference %s, p = %.3g (DeLong)%n",
          Terminal.safe(each.other()),
          each.files(),
          each.auroc(),
          each.otherAuroc(),
          measure(each.difference()),
          each.deLong());
    }
  }

  private static void row(PrintStream out, String name, Measure files, Measure units) {
    out.printf(Locale.ROOT, "  %-32s %-26s%s%n", name, measure(files), measure(units));
  }

  private static void answers(PrintStream out, String label, Answers answers) {
    out.printf(
        Locale.ROOT,
        "  %-9s called synthetic %s, not synthetic %s, altered %s, no answer %s, failed %d%n",
        label,
        percent(answers.synthetic()),
        percent(answers.notSynthetic()),
        percent(answers.altered()),
        percent(answers.inconclusive()),
        answers.failed().count());
  }

  private static void parts(PrintStream out, String heading, List<Part> parts, boolean ofReal) {
    if (parts.isEmpty()) {
      return;
    }
    out.println("  " + heading + ":");
    Comparator<Part> worst =
        ofReal
            ? Comparator.comparingDouble((Part part) -> value(part.falseAlarms())).reversed()
            : Comparator.comparingDouble(part -> value(part.calledSynthetic()));
    parts.stream()
        .sorted(worst)
        .limit(MOST_PARTS)
        .forEach(
            part -> {
              Share share = ofReal ? part.falseAlarms() : part.calledSynthetic();
              out.printf(
                  Locale.ROOT,
                  "    %-28s %6d files, called synthetic %6.1f %%%s%n",
                  Terminal.safe(part.name()),
                  ofReal ? part.real() : part.synthetic(),
                  100 * value(share),
                  part.auroc() == null ? "" : ", AUROC " + measure(part.auroc()));
            });
    if (parts.size() > MOST_PARTS) {
      out.println("    and " + (parts.size() - MOST_PARTS) + " more, in --output and --page");
    }
  }

  private static double value(@Nullable Share share) {
    return share == null ? 0 : share.value();
  }

  private static String measure(Measure measure) {
    return String.format(
        Locale.ROOT, "%.3f (%.3f to %.3f)", measure.value(), measure.low(), measure.high());
  }

  private static String percent(Share share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share.value());
  }
}
