package dev.assay.known;

import dev.assay.Evidence;
import dev.assay.Report;
import dev.assay.Verdict;
import dev.assay.known.MediaFingerprint.FrameFingerprint;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;

/** Adds what reports say to an index of known media, each content once. Thread-safe. */
public final class KnownReports {

  /** The time at which it is asked, as ISO 8601. */
  public static final Supplier<Optional<String>> JUDGED_NOW =
      () -> Optional.of(Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());

  private final KnownIndexWriter writer;
  private final KnownContents known;
  private long added;
  private long before;
  private long empty;

  /**
   * Adds to an index.
   *
   * @param writer of the index; stays the caller's to close
   * @param known contents that the index holds already
   */
  public KnownReports(KnownIndexWriter writer, KnownContents known) {
    this.writer = writer;
    this.known = known;
  }

  /** How many files were added. */
  public synchronized long added() {
    return added;
  }

  /** How many were there before. */
  public synchronized long before() {
    return before;
  }

  /** How many have nothing to be found again by: sound, flat pictures, frames not read in time. */
  public synchronized long empty() {
    return empty;
  }

  /**
   * Adds the frames of a report.
   *
   * @param judged when it was examined, as ISO 8601; empty where that is not known
   */
  public void add(Report report, Optional<String> judged) throws IOException {
    List<FrameFingerprint> frames = new ArrayList<>();
    for (Report.FrameHash frame : report.media().map(Report.MediaFacts::hashes).orElse(List.of())) {
      PdqHash hash = PdqHash.parse(frame.pdq(), frame.quality());
      frames.add(new FrameFingerprint(frame.seconds(), Fingerprint.of(hash)));
    }
    add(report, new MediaFingerprint(frames), judged);
  }

  /**
   * Adds a file that was examined, unless its content is there, or none of its frames tells
   * anything.
   *
   * @param fingerprint of the file
   * @param judged when it was examined, as ISO 8601; empty where it was not judged
   */
  public synchronized void add(Report report, MediaFingerprint fingerprint, Optional<String> judged)
      throws IOException {
    List<FrameFingerprint> telling =
        fingerprint.frames().stream().filter(frame -> frame.fingerprint().tells()).toList();
    boolean parts = telling.stream().anyMatch(frame -> frame.fingerprint().embedding().isPresent());
    Optional<String> sha256 = report.file().sha256();
    if (telling.isEmpty()) {
      empty++;
    } else if (sha256.filter(hash -> known.holds(hash, parts)).isPresent()) {
      before++;
    } else {
      for (FrameFingerprint frame : telling) {
        writer.add(frame.fingerprint(), file(report, frame, judged));
      }
      sha256.ifPresent(hash -> known.add(hash, parts));
      added++;
    }
  }

  private static KnownFile file(Report report, FrameFingerprint frame, Optional<String> judged) {
    Optional<Evidence> declared = declared(report);
    Optional<Verdict> verdict = judged(report);
    return new KnownFile(
        report.file().path(),
        report.file().sha256(),
        frame.seconds(),
        verdict.map(answer -> answer.label().code()),
        verdict
            .map(answer -> OptionalDouble.of(answer.probability()))
            .orElse(OptionalDouble.empty()),
        judged,
        declared.map(Evidence::summary),
        declared.map(Evidence::logLikelihoodRatio).orElse(OptionalDouble.empty()),
        judged.isPresent() ? "report" : "folder");
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
