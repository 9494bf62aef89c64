package dev.assay.evaluation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What is wrong with a data set that was examined.
 *
 * @param files those that figures are made of, each content once
 * @param notes what was left out, each a sentence
 * @param warnings why figures may mislead, each a sentence
 * @param leaks what is no content and may tell the classes apart
 */
record Inspection(List<Scored> files, List<String> notes, List<String> warnings, List<Leak> leaks) {

  /** Below this, scores say the opposite of the labels. */
  private static final double SWAPPED = 0.25;

  /** Files of a class, fewer than which show no swapped labels. */
  private static final int FEW = 10;

  /** Where more of a class cannot be examined, the rest is no fair sample of it. */
  private static final double MOST_FAILED = 0.5;

  /**
   * Looks at what was examined.
   *
   * @throws DatasetException if no figures can be made of it
   */
  static Inspection of(Dataset dataset, List<Scored> examined) throws DatasetException {
    List<String> notes = new ArrayList<>(dataset.notes());
    List<String> warnings = new ArrayList<>();
    List<Scored> files = distinct(examined, notes);
    requireVerdicts(files, warnings);
    requireLabelsThatFit(files);
    sources(files, warnings);
    warnings.addAll(NearDuplicates.of(files));
    learned(files, warnings);
    List<Leak> leaks = LeakCheck.of(files);
    leaks.stream().filter(Leak::loud).map(Leak::sentence).forEach(warnings::add);
    return new Inspection(files, notes, warnings, leaks);
  }

  /** Each content once, and no file that is another than its list names. */
  static List<Scored> distinct(List<Scored> examined, List<String> notes) throws DatasetException {
    return once(asListed(examined, notes), notes);
  }

  /** Without files that are others than the list names. */
  private static List<Scored> asListed(List<Scored> examined, List<String> notes) {
    List<Scored> kept =
        examined.stream()
            .filter(
                file ->
                    file.sample().sha256().isEmpty()
                        || file.sample().sha256().equals(file.outcome().sha256()))
            .toList();
    if (kept.size() < examined.size()) {
      notes.add(
          "Left out: "
              + Counted.of(examined.size() - kept.size(), "file")
              + " of another content than the list names by SHA-256.");
    }
    return kept;
  }

  /** Each content once. */
  private static List<Scored> once(List<Scored> files, List<String> notes) throws DatasetException {
    Map<String, Scored> first = new HashMap<>();
    List<Scored> kept = new ArrayList<>();
    int copies = 0;
    for (Scored file : files) {
      Scored before =
          file.outcome().sha256().isEmpty()
              ? null
              : first.putIfAbsent(file.outcome().sha256(), file);
      if (before == null) {
        kept.add(file);
        continue;
      }
      if (before.synthetic() != file.synthetic()) {
        throw new DatasetException(
            "The same file is labelled both real and synthetic: "
                + before.sample().name()
                + " and "
                + file.sample().name()
                + ". Remove the wrong one.");
      }
      copies++;
    }
    if (copies > 0) {
      notes.add(
          "Counted once: "
              + (copies == 1 ? "1 copy" : copies + " copies")
              + ", equal byte for byte.");
    }
    return kept;
  }

  private static void requireVerdicts(List<Scored> files, List<String> warnings)
      throws DatasetException {
    for (boolean synthetic : new boolean[] {false, true}) {
      List<Scored> side = files.stream().filter(f -> f.synthetic() == synthetic).toList();
      List<Scored> failed = side.stream().filter(Scored::failed).toList();
      String label = synthetic ? "synthetic" : "real";
      if (failed.size() > MOST_FAILED * side.size() || failed.size() == side.size()) {
        throw new DatasetException(
            failed.size()
                + " of the "
                + side.size()
                + " "
                + label
                + " files cannot be examined, "
                + failed.get(0).sample().name()
                + " for example ("
                + failed.get(0).outcome().failure()
                + "); the rest is no fair sample. See what 'assay scan' says of them.");
      }
      if (!failed.isEmpty()) {
        warnings.add(
            failed.size()
                + " of "
                + side.size()
                + " "
                + label
                + " files could not be examined; they count as failed, and in no other figure.");
      }
    }
  }

  private static void requireLabelsThatFit(List<Scored> files) throws DatasetException {
    List<Scored> judged = files.stream().filter(file -> !file.failed()).toList();
    long synthetic = judged.stream().filter(Scored::synthetic).count();
    if (Math.min(synthetic, judged.size() - synthetic) < FEW) {
      return;
    }
    double auroc = Ranking.auroc(Labelled.files(judged, Scored::ratio));
    if (auroc < SWAPPED) {
      throw new DatasetException(
          String.format(
              Locale.ROOT,
              "The labels look swapped: scores put real files above synthetic ones (AUROC %.2f)."
                  + " Check which folder or value stands for which class.",
              auroc));
    }
  }

  private static void sources(List<Scored> files, List<String> warnings) {
    for (boolean synthetic : new boolean[] {false, true}) {
      Set<String> sources = new LinkedHashSet<>();
      Set<String> groups = new LinkedHashSet<>();
      files.stream()
          .filter(file -> file.synthetic() == synthetic)
          .forEach(
              file -> {
                sources.add(file.sample().source());
                groups.add(file.sample().group());
              });
      String label = synthetic ? "synthetic" : "real";
      if (sources.size() == 1) {
        warnings.add(
            "All "
                + label
                + " files are of one source ("
                + sources.iterator().next()
                + "): figures hold for it, and tell its habits from the other class as much as"
                + " real from synthetic. Name more sources by folders, or in a list.");
      }
      if (groups.size() < FEW) {
        warnings.add(
            "All "
                + label
                + " files together are "
                + Counted.of(groups.size(), "group")
                + "; intervals are wide, or too narrow where there is one.");
      }
    }
  }

  private static void learned(List<Scored> files, List<String> warnings) {
    LearnedMedia learned = LearnedMedia.shipped();
    long met = files.stream().filter(file -> learned.contains(file.outcome().sha256())).count();
    if (met > 0) {
      warnings.add(
          met
              + " of "
              + files.size()
              + " files are among those that the shipped models learned from or were measured"
              + " with: figures on them say how well these were learned, not what is to be"
              + " expected of others.");
    }
  }
}
