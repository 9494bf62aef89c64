package dev.assay.evaluation;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Whether something that is no content tells the classes apart: where it does, figures may measure
 * that. A small tree learns the label from it, on some groups, and is asked about the others.
 */
final class LeakCheck {

  private static final int MOST_FORMATS = 8;

  /** Files of a class, fewer than which teach a tree nothing. */
  private static final int FEWEST = 20;

  private LeakCheck() {}

  /** What the label is guessed from. */
  private enum From {
    FORMAT("format", "the file format"),
    SIZE("size", "width and height"),
    COMPRESSION("compression", "bytes per pixel"),
    DATE("date", "the date of the file"),
    NAME("name", "the file name");

    private final String code;
    private final String words;

    From(String code, String words) {
      this.code = code;
      this.words = words;
    }
  }

  /** All checks that the files allow. */
  static List<Leak> of(List<Scored> files) {
    List<Leak> leaks = new ArrayList<>();
    Map<Boolean, Long> counts =
        files.stream().collect(Collectors.groupingBy(Scored::synthetic, Collectors.counting()));
    boolean enough =
        counts.size() == 2 && counts.values().stream().allMatch(count -> count >= FEWEST);
    if (enough) {
      List<String> formats = formats(files);
      for (From from : From.values()) {
        leaks.add(leak(from, files, file -> numbers(from, file, formats)));
      }
    }
    return leaks;
  }

  private static Leak leak(From from, List<Scored> files, Function<Scored, double[]> numbers) {
    List<double[]> rows = files.stream().map(numbers).toList();
    List<Boolean> labels = files.stream().map(Scored::synthetic).toList();
    List<Integer> fold = Folds.of(files.stream().map(file -> file.sample().group()).toList());
    Map<Scored, Double> guesses = new HashMap<>();
    for (int f = 0; f < Folds.COUNT; f++) {
      List<double[]> learned = new ArrayList<>();
      List<Boolean> of = new ArrayList<>();
      for (int i = 0; i < rows.size(); i++) {
        if (fold.get(i) != f) {
          learned.add(rows.get(i));
          of.add(labels.get(i));
        }
      }
      if (learned.isEmpty()) {
        continue;
      }
      SmallTree tree = SmallTree.fit(learned, of);
      for (int i = 0; i < rows.size(); i++) {
        if (fold.get(i) == f) {
          guesses.put(files.get(i), tree.predict(rows.get(i)));
        }
      }
    }
    double auroc = Ranking.auroc(Labelled.files(files, file -> guesses.getOrDefault(file, 0.5)));
    return Leak.of(from.code, from.words, auroc, files);
  }

  private static List<String> formats(List<Scored> files) {
    Map<String, Integer> counts = new TreeMap<>();
    files.forEach(file -> counts.merge(file.outcome().mediaType(), 1, Integer::sum));
    return counts.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .limit(MOST_FORMATS)
        .map(Map.Entry::getKey)
        .toList();
  }

  private static double[] numbers(From from, Scored file, List<String> formats) {
    Outcome outcome = file.outcome();
    double pixels = Math.max(1.0, (double) outcome.width() * outcome.height());
    return switch (from) {
      case FORMAT ->
          formats.stream()
              .mapToDouble(format -> format.equals(outcome.mediaType()) ? 1 : 0)
              .toArray();
      case SIZE ->
          new double[] {
            outcome.width(),
            outcome.height(),
            Math.max(outcome.width(), outcome.height()),
            (double) outcome.width() / Math.max(1, outcome.height()),
            outcome.width() % 64 == 0 && outcome.height() % 64 == 0 ? 1 : 0
          };
      case COMPRESSION -> new double[] {outcome.size() / pixels};
      case DATE -> new double[] {modified(file)};
      case NAME -> ofName(file.sample().file().getFileName().toString());
    };
  }

  private static double modified(Scored file) {
    try {
      return Files.getLastModifiedTime(file.sample().file()).toMillis();
    } catch (IOException e) {
      return 0;
    }
  }

  private static double[] ofName(String name) {
    String base = name.substring(0, Math.max(0, name.lastIndexOf('.')));
    double digits = base.chars().filter(Character::isDigit).count();
    String ending = name.substring(name.lastIndexOf('.') + 1);
    return new double[] {
      base.length(),
      digits,
      digits / Math.max(1, base.length()),
      base.chars().filter(Character::isUpperCase).count(),
      base.chars().filter(c -> c == '_' || c == '-' || c == ' ').count(),
      ending.equals(ending.toLowerCase(Locale.ROOT)) ? 0 : 1
    };
  }
}
