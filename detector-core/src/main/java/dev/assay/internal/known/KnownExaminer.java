package dev.assay.internal.known;

import dev.assay.Evidence;
import dev.assay.InstallationException;
import dev.assay.MediaException;
import dev.assay.MediaKind;
import dev.assay.Sentence;
import dev.assay.internal.media.PictureKeypoints;
import dev.assay.internal.model.EmbeddedFrame;
import dev.assay.known.Alignment;
import dev.assay.known.KnownFrame;
import dev.assay.known.KnownIndex;
import dev.assay.known.KnownMatch;
import dev.assay.known.PdqHash;
import dev.assay.spi.Examiner;
import dev.assay.spi.ExaminerInfo;
import dev.assay.spi.ExaminerInfo.Need;
import dev.assay.spi.Finding;
import dev.assay.spi.Frame;
import dev.assay.spi.Media;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;

/**
 * Looks for copies of a file in an index of known media. What was said of the known file is told;
 * its answer weighs nothing, its declaration where the hash of the whole is near.
 */
public final class KnownExaminer implements Examiner {

  /** Code of a copy, in evidence. */
  public static final String CODE_COPY = "known.copy";

  /** Code of a copy of what is declared to be generated, in evidence. */
  public static final String CODE_DECLARED = "known.declared";

  /** What it is. */
  public static final ExaminerInfo INFO =
      new ExaminerInfo(
          "known",
          "whether it is a copy of media that is known",
          Set.of(Need.FRAMES),
          Map.of(
              CODE_COPY,
              "A picture or frame is nearly the same as one in the index of known media, or shows it"
                  + " in part or changed, with what is known of that.",
              CODE_DECLARED,
              "The hash of a picture or frame is near that of a known file that declares to be"
                  + " generated; it weighs less the more pictures the index holds."));

  /** Known files that a report names at most, the nearest first. */
  private static final int MAX_NAMED = 3;

  private static final int THOUSAND = 1000;

  /** What was found of a file, as long as it is open. */
  private static final Finding<List<KnownFrame>> MATCHES = media -> new ArrayList<>();

  private final KnownIndex index;
  private final FrameEmbedder embedder;

  /**
   * An examiner.
   *
   * @param file the index
   * @param embedder of the frames that are looked up
   * @throws InstallationException if it is none, or cannot be read
   */
  public KnownExaminer(Path file, FrameEmbedder embedder) {
    this.embedder = embedder;
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
    Map<String, KnownFrame> nearest = new TreeMap<>();
    for (Frame frame : media.frames()) {
      media.budget().checkTime();
      take(frame, index.near(PdqHash.both(frame.picture()), PdqHash.SAME), nearest);
    }
    for (EmbeddedFrame frame : index.embeds() ? embedder.of(media) : List.<EmbeddedFrame>of()) {
      media.budget().checkTime();
      PictureKeypoints.Pair points = Fingerprints.keypoints(frame);
      take(
          frame.frame(),
          index.shownIn(frame.embedding(), points.upright(), points.mirrored()),
          nearest);
    }
    List<KnownFrame> named =
        nearest.values().stream().sorted(NEAREST_FIRST).limit(MAX_NAMED).toList();
    media.once(MATCHES).addAll(named);
    return named.stream().map(this::evidence).toList();
  }

  /** Keeps of each known file what is nearest. */
  private static void take(Frame frame, List<KnownMatch> found, Map<String, KnownFrame> nearest) {
    for (KnownMatch match : found) {
      nearest.merge(
          match.file().name(),
          new KnownFrame(frame, match),
          (known, next) -> NEAREST_FIRST.compare(next, known) < 0 ? next : known);
    }
  }

  /**
   * What {@link #examine} found of a file that is still open, in the order of its evidence.
   *
   * @throws IOException if the file cannot be read
   */
  public static List<KnownFrame> matches(Media media) throws IOException {
    return List.copyOf(media.once(MATCHES));
  }

  /** What is the same as a whole before what is shown in part; of equals what was judged. */
  private static final Comparator<KnownFrame> NEAREST_FIRST =
      Comparator.<KnownFrame>comparingInt(found -> found.match().distance().orElse(PdqHash.BITS))
          .thenComparingInt(found -> -found.match().alignment().map(Alignment::points).orElse(0))
          .thenComparing(found -> found.match().file().judged().isEmpty());

  private Evidence evidence(KnownFrame found) {
    KnownMatch match = found.match();
    List<Sentence> sentences = new ArrayList<>();
    sentences.add(sentence(match));
    match
        .file()
        .label()
        .ifPresent(label -> sentences.add(Sentence.of("That was judged {0}.", label)));
    match
        .file()
        .declared()
        .ifPresent(declared -> sentences.add(Sentence.of("That declares: {0}", declared)));
    OptionalDouble ratio = CarriedDeclaration.ratio(match, index.size());
    if (ratio.isPresent()) {
      return Evidence.of(id(), Evidence.Kind.DECLARATION, CODE_DECLARED, Sentence.all(sentences))
          .logLikelihoodRatio(ratio.getAsDouble())
          .details(details(found))
          .build();
    }
    return Evidence.of(id(), Evidence.Kind.FACT, CODE_COPY, Sentence.all(sentences))
        .details(details(found))
        .build();
  }

  private static Sentence sentence(KnownMatch match) {
    String name = match.file().name();
    if (match.alignment().isPresent()) {
      Alignment alignment = match.alignment().get();
      return Sentence.of(
          match.mirrored()
              ? "It shows {0} seen in a mirror: {1} points of both lie on one another; {2} % of that"
                  + " picture is seen."
              : "It shows {0}: {1} points of both lie on one another; {2} % of that picture is"
                  + " seen.",
          name,
          alignment.points(),
          Math.round(alignment.seen() * 100));
    }
    return Sentence.of(
        match.mirrored()
            ? "It is nearly the same picture as {0} seen in a mirror ({1} of 256 bits of their"
                + " hashes differ)."
            : "It is nearly the same picture as {0} ({1} of 256 bits of their hashes differ).",
        name,
        match.distance().orElseThrow());
  }

  private static Map<String, Object> details(KnownFrame found) {
    KnownMatch match = found.match();
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("name", match.file().name());
    match.file().sha256().ifPresent(value -> details.put("sha256", value));
    details.put("origin", match.file().origin());
    match.distance().ifPresent(bits -> details.put("distance", bits));
    match.alignment().ifPresent(alignment -> details.putAll(details(alignment)));
    details.put("mirrored", match.mirrored());
    if (match.file().seconds() > 0) {
      details.put("seconds", match.file().seconds());
    }
    if (found.frame().timeSeconds() > 0) {
      details.put("foundAtSeconds", rounded(found.frame().timeSeconds()));
    }
    match.file().label().ifPresent(value -> details.put("label", value));
    match.file().probability().ifPresent(value -> details.put("probability", value));
    match.file().judged().ifPresent(value -> details.put("judged", value));
    match.file().declared().ifPresent(value -> details.put("declared", value));
    return details;
  }

  private static Map<String, Object> details(Alignment alignment) {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("points", alignment.points());
    details.put("scale", rounded(alignment.scale()));
    details.put("turnDegrees", rounded(Math.toDegrees(alignment.turn())));
    details.put("seen", rounded(alignment.seen()));
    details.put("covered", rounded(alignment.covered()));
    return details;
  }

  private static double rounded(double value) {
    return Math.round(value * THOUSAND) / (double) THOUSAND;
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
