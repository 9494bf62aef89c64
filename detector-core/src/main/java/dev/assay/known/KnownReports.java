package dev.assay.known;

import dev.assay.Evidence;
import dev.assay.Report;
import dev.assay.Verdict;
import dev.assay.known.MediaFingerprint.FrameFingerprint;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Supplier;

/** Adds what reports say to an index of known media, each content once. Thread-safe. */
public final class KnownReports {

  /** The time at which it is asked, as ISO 8601. */
  public static final Supplier<Optional<String>> JUDGED_NOW =
      () -> Optional.of(Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());

  private final KnownIndexWriter writer;
  private final Set<String> known;

  /**
   * Adds to an index.
   *
   * @param writer of the index; stays the caller's to close
   * @param known contents that the index holds already, by SHA-256
   */
  public KnownReports(KnownIndexWriter writer, Set<String> known) {
    this.writer = writer;
    this.known = new HashSet<>(known);
  }

  /**
   * Adds the frames of a report.
   *
   * @param judged when it was examined, as ISO 8601; empty where that is not known
   * @return whether it was added; a content that is there already, or has no hash that says
   *     anything, is not
   */
  public boolean add(Report report, Optional<String> judged) throws IOException {
    List<FrameFingerprint> frames = new ArrayList<>();
    for (Report.FrameHash frame : report.media().map(Report.MediaFacts::hashes).orElse(List.of())) {
      PdqHash hash = PdqHash.parse(frame.pdq(), frame.quality());
      frames.add(new FrameFingerprint(frame.seconds(), Fingerprint.of(hash)));
    }
    return add(report, new MediaFingerprint(frames), judged);
  }

  /**
   * Adds a file that was examined.
   *
   * @param fingerprint of the file
   * @param judged when it was examined, as ISO 8601; empty where it was not judged
   * @return whether it was added, as of {@link #add(Report, Optional)}
   */
  public synchronized boolean add(
      Report report, MediaFingerprint fingerprint, Optional<String> judged) throws IOException {
    Optional<String> sha256 = report.file().sha256();
    if (sha256.isPresent() && known.contains(sha256.get())) {
      return false;
    }
    boolean added = false;
    for (FrameFingerprint frame : fingerprint.frames()) {
      if (frame.fingerprint().tells()) {
        writer.add(
            frame.fingerprint(),
            new KnownFile(
                report.file().path(),
                sha256,
                frame.seconds(),
                judged(report).map(verdict -> verdict.label().code()),
                judged(report)
                    .map(verdict -> OptionalDouble.of(verdict.probability()))
                    .orElse(OptionalDouble.empty()),
                judged,
                declared(report).map(Evidence::summary),
                declared(report).map(Evidence::logLikelihoodRatio).orElse(OptionalDouble.empty()),
                judged.isPresent() ? "report" : "folder"));
        added = true;
      }
    }
    if (added) {
      sha256.ifPresent(known::add);
    }
    return added;
  }

  /** A verdict to which something was weighed. */
  private static Optional<Verdict> judged(Report report) {
    boolean weighed =
        report.evidence().stream().anyMatch(piece -> piece.logLikelihoodRatio().isPresent());
    return report.verdict().filter(verdict -> weighed);
  }

  /** What the file says of having been generated. */
  private static Optional<Evidence> declared(Report report) {
    return report.evidence().stream()
        .filter(
            piece ->
                piece.kind() == Evidence.Kind.DECLARATION
                    || piece.kind() == Evidence.Kind.SIGNATURE)
        .filter(piece -> piece.effect().filter(Evidence.Effect.GENERATED::equals).isPresent())
        .findFirst();
  }
}
