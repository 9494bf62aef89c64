package dev.assay.internal.known;

import dev.assay.Evidence;
import dev.assay.InstallationException;
import dev.assay.MediaException;
import dev.assay.MediaKind;
import dev.assay.Sentence;
import dev.assay.known.KnownIndex;
import dev.assay.known.KnownMatch;
import dev.assay.known.PdqHash;
import dev.assay.spi.Examiner;
import dev.assay.spi.ExaminerInfo;
import dev.assay.spi.ExaminerInfo.Need;
import dev.assay.spi.Frame;
import dev.assay.spi.Media;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Looks for copies of a file in an index of known media. What was said of the known file is told,
 * and weighs nothing: a copy can be altered where a hash does not see it.
 */
public final class KnownExaminer implements Examiner {

  /** Code of a copy, in evidence. */
  public static final String CODE_COPY = "known.copy";

  /** What it is. */
  public static final ExaminerInfo INFO =
      new ExaminerInfo(
          "known",
          "whether it is a copy of media that is known",
          Set.of(Need.FRAMES),
          Map.of(
              CODE_COPY,
              "A picture or frame is nearly the same as one in the index of known media, with what"
                  + " is known of that."));

  /** Known files that a report names at most, the nearest first. */
  private static final int MAX_NAMED = 3;

  private final KnownIndex index;

  /**
   * An examiner.
   *
   * @param file the index
   * @throws InstallationException if it is none, or cannot be read
   */
  public KnownExaminer(Path file) {
    try {
      this.index = KnownIndex.open(file);
    } catch (IOException e) {
      throw new InstallationException(
          "The index of known media cannot be read: " + e.getMessage(), e);
    }
  }

  @Override
  public ExaminerInfo info() {
    return INFO;
  }

  @Override
  public List<Evidence> examine(Media media) throws MediaException, IOException {
    if (media.kind() == MediaKind.AUDIO) {
      return List.of();
    }
    Map<String, KnownMatch> nearest = new TreeMap<>();
    for (Frame frame : media.frames()) {
      media.budget().checkTime();
      for (KnownMatch match : index.near(PdqHash.both(frame.picture()), PdqHash.SAME)) {
        nearest.merge(
            match.file().name(),
            match,
            (known, next) -> next.distance() < known.distance() ? next : known);
      }
    }
    return nearest.values().stream()
        .sorted(Comparator.comparingInt(KnownMatch::distance))
        .limit(MAX_NAMED)
        .map(this::evidence)
        .toList();
  }

  private Evidence evidence(KnownMatch match) {
    List<Sentence> sentences = new ArrayList<>();
    sentences.add(
        Sentence.of(
            match.mirrored()
                ? "It is nearly the same picture as {0} seen in a mirror ({1} of 256 bits of their"
                    + " hashes differ)."
                : "It is nearly the same picture as {0} ({1} of 256 bits of their hashes differ).",
            match.file().name(),
            match.distance()));
    match
        .file()
        .label()
        .ifPresent(label -> sentences.add(Sentence.of("That was judged {0}.", label)));
    match
        .file()
        .declared()
        .ifPresent(declared -> sentences.add(Sentence.of("That declares: {0}", declared)));
    return Evidence.of(id(), Evidence.Kind.FACT, CODE_COPY, Sentence.all(sentences))
        .details(details(match))
        .build();
  }

  private static Map<String, Object> details(KnownMatch match) {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("name", match.file().name());
    match.file().sha256().ifPresent(value -> details.put("sha256", value));
    details.put("origin", match.file().origin());
    details.put("distance", match.distance());
    details.put("mirrored", match.mirrored());
    if (match.file().seconds() > 0) {
      details.put("seconds", match.file().seconds());
    }
    match.file().label().ifPresent(value -> details.put("label", value));
    match.file().probability().ifPresent(value -> details.put("probability", value));
    match.file().judged().ifPresent(value -> details.put("judged", value));
    match.file().declared().ifPresent(value -> details.put("declared", value));
    return details;
  }

  @Override
  public void close() {
    try {
      index.close();
    } catch (IOException e) {
      // It was read from; nothing is lost.
    }
  }
}
