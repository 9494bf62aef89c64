package dev.assay.evaluation;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How well something that is no content tells the classes apart.
 *
 * @param from what: {@code format}, {@code size}, {@code compression}, {@code date}, {@code name}
 * @param auroc of a small tree on groups that it did not learn from; 0.5 tells nothing
 * @param loud whether figures have to be doubted for it
 * @param sentence for the reader
 */
public record Leak(String from, double auroc, boolean loud, String sentence) {

  /** From here on what is no content may explain the figures. */
  private static final double LOUD = 0.75;

  static Leak of(String from, String words, double auroc, List<Scored> files) {
    boolean loud = auroc >= LOUD;
    String subject = words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    String found = String.format(Locale.ROOT, "AUROC %.2f", auroc);
    String sentence =
        loud
            ? subject
                + " alone tells the classes apart ("
                + found
                + ")"
                + (from.equals("format") ? ", " + formats(files) : "")
                + ": figures of the files as found may measure that. Measure under --condition,"
                + " where both classes are encoded alike."
            : subject + " does not tell the classes apart (" + found + ").";
    return new Leak(from, auroc, loud, sentence);
  }

  private static String formats(List<Scored> files) {
    return ofClass(files, false) + " against " + ofClass(files, true);
  }

  /** The most frequent format of a class. */
  private static String ofClass(List<Scored> files, boolean synthetic) {
    Map<String, Long> counts =
        files.stream()
            .filter(file -> file.synthetic() == synthetic)
            .collect(
                Collectors.groupingBy(
                    file -> file.outcome().mediaType(), TreeMap::new, Collectors.counting()));
    Map.Entry<String, Long> first =
        counts.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow();
    long all = counts.values().stream().mapToLong(Long::longValue).sum();
    return String.format(
        Locale.ROOT,
        "%.0f %% %s among %s files",
        100.0 * first.getValue() / all,
        first.getKey().isEmpty() ? "unrecognised" : first.getKey(),
        synthetic ? "synthetic" : "real");
  }
}
