package dev.assay.evaluation;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.assay.Verdict.Label;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All that was measured under one condition.
 *
 * @param condition {@code as-found}, or the code of a {@link dev.assay.Condition}
 * @param real answers on real files
 * @param synthetic answers on synthetic files
 * @param files figures of the verdicts, each file alike
 * @param units figures of the verdicts, systems alike among synthetic files and sources alike among
 *     real ones
 * @param content figures, each file alike, of what trained models saw in the content, where
 *     declarations or signatures moved any verdict; null elsewhere
 * @param models area under the curve of each model's own score, on the files that it judged
 * @param systems by generator, against all real files, their sources alike
 * @param sources of real media
 * @param kinds of real media
 * @param sizes by the longer side, in pixels
 * @param formats by the format as found
 * @param curve points of the receiver operating characteristic, each file alike
 * @param reliability what probabilities are worth, both classes alike
 * @param histogram files by probability, in equal bins from 0 to 1
 * @param comparisons with other scores of the same files
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record OfCondition(
    String condition,
    Answers real,
    Answers synthetic,
    Figures files,
    Figures units,
    @Nullable Figures content,
    Map<String, Measure> models,
    List<Part> systems,
    List<Part> sources,
    List<Part> kinds,
    List<Part> sizes,
    List<Part> formats,
    List<Ranking.Point> curve,
    List<Calibration.Bin> reliability,
    Histogram histogram,
    List<Comparison> comparisons) {

  private static final int CURVE_POINTS = 400;

  /** Reports round their figures. */
  private static final double NEGLIGIBLE = 1e-3;

  /**
   * Files by probability.
   *
   * @param real of each bin
   * @param synthetic of each bin
   */
  public record Histogram(List<Integer> real, List<Integer> synthetic) {
    private static final int BINS = 20;

    static Histogram of(List<Scored> files) {
      return new Histogram(counts(files, false), counts(files, true));
    }

    private static List<Integer> counts(List<Scored> files, boolean synthetic) {
      int[] counts = new int[BINS];
      for (Scored file : files) {
        if (file.synthetic() == synthetic) {
          double p = Calibration.probability(file.ratio());
          counts[Math.min(BINS - 1, (int) (p * BINS))]++;
        }
      }
      return Arrays.stream(counts).boxed().toList();
    }
  }

  /** Measures; both classes have files with a verdict. */
  static OfCondition of(String condition, List<Scored> all, List<ScoreFile> others) {
    List<Scored> judged = all.stream().filter(file -> !file.failed()).toList();
    List<Scored> real = side(all, false);
    List<Scored> synthetic = side(all, true);
    boolean declared =
        judged.stream().anyMatch(f -> Math.abs(f.content() - f.ratio()) > NEGLIGIBLE);
    Labelled files = Labelled.files(judged, Scored::ratio);
    return new OfCondition(
        condition,
        Answers.of(real),
        Answers.of(synthetic),
        Figures.of(files, Bootstrap.ofWhole()),
        Figures.of(Labelled.units(judged, Scored::ratio), Bootstrap.ofWhole()),
        declared ? Figures.of(Labelled.files(judged, Scored::content), Bootstrap.ofWhole()) : null,
        models(judged),
        systems(judged, all),
        ofReal(all, file -> file.sample().source()),
        ofReal(all, file -> file.sample().kind()),
        slices(all, judged, OfCondition::size),
        slices(all, judged, file -> file.outcome().mediaType()),
        thinned(Ranking.curve(files)),
        Calibration.reliability(files),
        Histogram.of(judged),
        others.stream()
            .map(other -> Comparison.of(judged, condition, other))
            .flatMap(Optional::stream)
            .toList());
  }

  private static List<Scored> side(List<Scored> files, boolean synthetic) {
    return files.stream().filter(file -> file.synthetic() == synthetic).toList();
  }

  private static Map<String, Measure> models(List<Scored> judged) {
    TreeSet<String> ids = new TreeSet<>();
    judged.forEach(file -> ids.addAll(file.outcome().models().keySet()));
    Map<String, Measure> measured = new LinkedHashMap<>();
    for (String id : ids) {
      List<Scored> seen =
          judged.stream().filter(file -> file.outcome().models().containsKey(id)).toList();
      if (hasBoth(seen)) {
        Labelled files =
            Labelled.files(seen, file -> file.outcome().models().getOrDefault(id, 0.0));
        measured.put(id, Bootstrap.ofPart().measure(files, Ranking::auroc));
      }
    }
    return measured;
  }

  private static boolean hasBoth(List<Scored> files) {
    return files.stream().map(Scored::synthetic).distinct().count() == 2;
  }

  /** Each system against all real files. */
  private static List<Part> systems(List<Scored> judged, List<Scored> all) {
    List<Scored> real = side(judged, false);
    Map<String, List<Scored>> bySystem =
        side(all, true).stream()
            .collect(
                Collectors.groupingBy(
                    file -> file.sample().system(), TreeMap::new, Collectors.toList()));
    List<Part> parts = new ArrayList<>();
    bySystem.forEach(
        (name, members) -> {
          List<Scored> seen = members.stream().filter(file -> !file.failed()).toList();
          Labelled files =
              seen.isEmpty() ? null : Labelled.units(joined(real, seen), Scored::ratio);
          parts.add(
              new Part(
                  name,
                  real.size(),
                  members.size(),
                  files == null ? null : Bootstrap.ofPart().measure(files, Ranking::auroc),
                  files == null
                      ? null
                      : Bootstrap.ofPart().measure(files, each -> Ranking.recallAt(each, 0.05)),
                  Answers.label(members, Label.SYNTHETIC),
                  null));
        });
    return parts;
  }

  private static List<Scored> joined(List<Scored> one, List<Scored> other) {
    List<Scored> all = new ArrayList<>(one);
    all.addAll(other);
    return all;
  }

  /** False alarms of each sort of real media; none where only one is known. */
  private static List<Part> ofReal(List<Scored> all, Function<Scored, String> name) {
    Map<String, List<Scored>> byName =
        side(all, false).stream()
            .filter(file -> !name.apply(file).isEmpty())
            .collect(Collectors.groupingBy(name, TreeMap::new, Collectors.toList()));
    List<Part> parts = new ArrayList<>();
    byName.forEach(
        (each, members) ->
            parts.add(
                new Part(
                    each,
                    members.size(),
                    0,
                    null,
                    null,
                    null,
                    Answers.label(members, Label.SYNTHETIC))));
    return parts;
  }

  private static String size(Scored file) {
    int longer = Math.max(file.outcome().width(), file.outcome().height());
    if (longer == 0) {
      return "";
    }
    int from = 256;
    while (from < 4096 && longer >= 2 * from) {
      from *= 2;
    }
    return longer < from ? "0000-0255" : String.format("%04d-%04d", from, 2 * from - 1);
  }

  private static List<Part> slices(
      List<Scored> all, List<Scored> judged, Function<Scored, String> name) {
    TreeSet<String> names = new TreeSet<>(all.stream().map(name).toList());
    names.remove("");
    List<Part> parts = new ArrayList<>();
    for (String each : names) {
      List<Scored> members = all.stream().filter(file -> name.apply(file).equals(each)).toList();
      List<Scored> seen = judged.stream().filter(file -> name.apply(file).equals(each)).toList();
      Labelled files = hasBoth(seen) ? Labelled.files(seen, Scored::ratio) : null;
      List<Scored> real = side(members, false);
      List<Scored> synthetic = side(members, true);
      parts.add(
          new Part(
              each,
              real.size(),
              synthetic.size(),
              files == null ? null : Bootstrap.ofPart().measure(files, Ranking::auroc),
              files == null
                  ? null
                  : Bootstrap.ofPart().measure(files, part -> Ranking.recallAt(part, 0.05)),
              synthetic.isEmpty() ? null : Answers.label(synthetic, Label.SYNTHETIC),
              real.isEmpty() ? null : Answers.label(real, Label.SYNTHETIC)));
    }
    return parts;
  }

  /** Points that a plot can show apart. */
  private static List<Ranking.Point> thinned(List<Ranking.Point> curve) {
    if (curve.size() <= CURVE_POINTS) {
      return curve;
    }
    List<Ranking.Point> kept = new ArrayList<>();
    for (int i = 0; i < CURVE_POINTS; i++) {
      kept.add(curve.get((int) ((long) i * (curve.size() - 1) / (CURVE_POINTS - 1))));
    }
    return kept;
  }
}
