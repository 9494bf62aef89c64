package dev.assay;

import dev.assay.Report.Failure;
import dev.assay.Report.FileFacts;
import dev.assay.Report.MediaFacts;
import dev.assay.Report.Note;
import dev.assay.Report.Warning;
import dev.assay.internal.fusion.Fusion;
import dev.assay.internal.inference.InferenceException;
import dev.assay.internal.media.ChangedCopy;
import dev.assay.internal.media.ChangedMedia;
import dev.assay.internal.media.OpenedMedia;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The state of one {@code analyze}: what is known so far, so that a failure loses none of it. */
final class Examination {

  /**
   * What all examinations of a detector have in common.
   *
   * @param redacted whether what may be private is left out
   * @param judgesContent the examiner whose answers are held against those on changed copies
   * @param copies what is made of these
   */
  record Rules(
      Report.Tool tool,
      Fusion fusion,
      double prior,
      boolean redacted,
      Optional<Examiner> judgesContent,
      ChangedCopies copies) {}

  private static final Pattern ESCAPED_BYTE = Pattern.compile("!/.*\\\\x[0-9a-f]{2}");

  private final String name;
  private final Rules rules;
  private final long start = System.nanoTime();
  private final Map<String, Double> timings = new LinkedHashMap<>();
  private final List<Evidence> seen = new ArrayList<>();
  private final List<Warning> warnings = new ArrayList<>();
  private @Nullable OpenedMedia opened;
  private @Nullable String sha256;
  private @Nullable String sidecarSha256;
  private @Nullable MediaException undecodable;

  Examination(String name, Rules rules) {
    this.name = name;
    this.rules = rules;
  }

  private static final System.Logger LOG = System.getLogger("dev.assay");

  void opened(OpenedMedia media) {
    opened = media;
    timings.put("open", millisecondsSince(start));
  }

  void hash(OpenedMedia media, Limits limits) throws IOException, MediaException {
    long begin = System.nanoTime();
    sha256 = media.sha256(limits.time().plus(limits.readingTime(media.size())));
    sidecarSha256 = media.sidecar().map(OpenedMedia::sha256).orElse(null);
    timings.put("hash", millisecondsSince(begin));
  }

  /** An examiner that needs pixels where there are none leaves the others' evidence standing. */
  void examine(Examiner examiner, OpenedMedia media) throws IOException, MediaException {
    media.budget().checkTime();
    long begin = System.nanoTime();
    try {
      List<Evidence> evidence = List.copyOf(examiner.examine(media));
      checkWhole(media);
      seen.addAll(evidence);
    } catch (MediaException e) {
      if (e.code() == FailureCode.TIMED_OUT) {
        throw e;
      }
      checkWhole(media);
      undecodable = e;
    } catch (InstallationException | OutOfMemoryError e) {
      throw e;
    } catch (InferenceException e) {
      warnings.add(
          new Warning(
              WarningCode.EXAMINER_FAILED,
              Sentence.of(
                  "The examiner {0} failed on this file: {1}. What it would say is missing.",
                  examiner.id(), String.valueOf(e.getMessage()))));
    } catch (RuntimeException | Error e) {
      LOG.log(System.Logger.Level.WARNING, () -> "examiner " + examiner.id() + " on " + name, e);
      warnings.add(
          new Warning(
              WarningCode.EXAMINER_FAILED,
              Sentence.of(
                  "The examiner {0} failed on this file: {1}. {2}",
                  examiner.id(), e, Sentence.of(FailureCode.INTERNAL.remedy()))));
    }
    timings.put(examiner.id(), millisecondsSince(begin));
  }

  /** What was cut short by the clock is no finding, and no damage of the file. */
  private static void checkWhole(OpenedMedia media) throws MediaException {
    if (media.budget().cutShort()) {
      media.budget().checkTime();
    }
  }

  Report report(OpenedMedia media) throws IOException {
    List<Evidence> evidence = strongestFirst();
    // No examiner asks for the frames of audio, so that its damage shows here only.
    undecodable = media.fault().orElse(undecodable);
    if (undecodable != null) {
      if (evidence.stream().noneMatch(piece -> piece.logLikelihoodRatio().isPresent())) {
        return failed(undecodable);
      }
      warnings.add(
          new Warning(
              WarningCode.CONTENT_NOT_JUDGED,
              Sentence.of(
                  "The content was not judged, only what the file declares. {0}",
                  undecodable.sentence())));
    }
    if (media.kind() == MediaKind.AUDIO) {
      warnings.add(
          new Warning(
              WarningCode.AUDIO_NOT_JUDGED,
              "This release does not judge audio, only what the file declares."));
    }
    List<String> unmeasured = rules.fusion().unmeasured(media.kind(), evidence);
    if (!unmeasured.isEmpty()) {
      warnings.add(
          new Warning(
              WarningCode.MODEL_NOT_MEASURED,
              Sentence.of(
                  "Nobody measured these models together with the others: {0}. What they say is"
                      + " added; how often the answer errs is not known.",
                  Sentence.list(unmeasured))));
    }
    Verdict verdict = rules.fusion().judge(media.kind(), evidence, rules.prior());
    Verdict answer = besideCopies(media, evidence, verdict);
    if (undecodable == null && evidence.stream().anyMatch(Examination::ofContent)) {
      caution(media, answer);
    }
    return finished(Optional.empty(), Optional.of(answer), evidence);
  }

  private static boolean ofContent(Evidence piece) {
    return piece.kind() == Evidence.Kind.CLASSIFIER && piece.logLikelihoodRatio().isPresent();
  }

  private void caution(OpenedMedia media, Verdict answer) {
    try {
      warnings.addAll(Cautions.of(answer, media));
    } catch (MediaException e) {
      // The frames were judged: they are there.
      throw new IllegalStateException("frames that were judged are gone", e);
    }
  }

  /**
   * A still picture whose content was judged is judged again in changed copies, if they are asked
   * for; where the time does not suffice for these, the verdict stands without.
   */
  private Verdict besideCopies(OpenedMedia media, List<Evidence> evidence, Verdict verdict)
      throws IOException {
    Examiner examiner = rules.judgesContent().orElse(null);
    if (examiner == null
        || media.kind() != MediaKind.IMAGE
        || seen.stream().noneMatch(piece -> weighed(piece, examiner))
        || !asksForCopies(media.kind(), evidence, verdict)) {
      return verdict;
    }
    long begin = System.nanoTime();
    Verdict result;
    try {
      result =
          rules
              .fusion()
              .withCopies(
                  verdict, ofCopies(examiner, media), rules.copies() == ChangedCopies.DECISIVE);
    } catch (MediaException | InferenceException e) {
      result = verdict;
    }
    timings.put("stability", millisecondsSince(begin));
    return result;
  }

  private boolean asksForCopies(MediaKind kind, List<Evidence> evidence, Verdict verdict) {
    return switch (rules.copies()) {
      case NONE -> false;
      case SHOWN -> rules.fusion().withinReach(kind, evidence, verdict);
      case DECISIVE -> true;
    };
  }

  private Map<String, Verdict> ofCopies(Examiner examiner, OpenedMedia media)
      throws IOException, MediaException {
    Map<String, Verdict> copies = new LinkedHashMap<>();
    if (media.frames().size() > 1) {
      return copies;
    }
    List<Evidence> others =
        seen.stream().filter(piece -> !piece.examiner().equals(examiner.id())).toList();
    for (ChangedCopy change : ChangedCopy.all()) {
      media.budget().checkTime();
      try (ChangedCopy.Owned copy = change.of(media.frames().get(0).picture())) {
        List<Evidence> content = examiner.examine(new ChangedMedia(media, copy));
        // A copy that became too small to judge says nothing about the answer.
        if (content.stream().anyMatch(piece -> weighed(piece, examiner))) {
          List<Evidence> evidence = new ArrayList<>(others);
          evidence.addAll(content);
          copies.put(change.code(), rules.fusion().judge(media.kind(), evidence, rules.prior()));
        }
      }
    }
    return copies;
  }

  private static boolean weighed(Evidence piece, Examiner examiner) {
    return piece.examiner().equals(examiner.id()) && piece.logLikelihoodRatio().isPresent();
  }

  Report failed(MediaException e) {
    Sentence sentence = Sentence.of("{0}: {1} {2}", name, e.sentence(), Sentence.of(e.remedy()));
    return finished(
        Optional.of(new Failure(e.code(), sentence)), Optional.empty(), strongestFirst());
  }

  /** A bug: the failure says that it is one, and the log where. */
  Report broken(Throwable bug) {
    LOG.log(System.Logger.Level.WARNING, () -> "examination of " + name, bug);
    return failed(
        new MediaException(
            FailureCode.INTERNAL, Sentence.of("The program failed on it: {0}.", bug), bug));
  }

  private List<Evidence> strongestFirst() {
    return seen.stream()
        .sorted(Comparator.comparingDouble(e -> -e.weight()))
        .map(piece -> rules.redacted() ? Redaction.of(piece) : piece)
        .toList();
  }

  private static List<Note> notes(List<Evidence> evidence) {
    List<Note> notes = new ArrayList<>();
    for (int i = 0; i < evidence.size(); i++) {
      if (evidence.get(i).effect().filter(Evidence.Effect.EDITED::equals).isPresent()) {
        notes.add(new Note(NoteCode.EDITED_WITH_AI, evidence.get(i).sentence(), i));
      } else if (evidence.get(i).kind() == Evidence.Kind.FORENSICS
          && evidence.get(i).logLikelihoodRatio().isEmpty()) {
        notes.add(new Note(NoteCode.PART_DIFFERS, evidence.get(i).sentence(), i));
      }
    }
    return notes;
  }

  private Report finished(
      Optional<Failure> failure, Optional<Verdict> verdict, List<Evidence> evidence) {
    timings.put("total", millisecondsSince(start));
    List<Warning> all = new ArrayList<>(warnings);
    if (name.indexOf('\ufffd') >= 0 || ESCAPED_BYTE.matcher(name).find()) {
      all.add(
          new Warning(
              WarningCode.NAME_NOT_TEXT,
              "The file's name is no valid text; what cannot be shown of it stands as \ufffd, or in"
                  + " an archive as the hexadecimal digits of its bytes."));
    }
    Optional<MediaFacts> facts = Optional.empty();
    Optional<Long> size = Optional.empty();
    Optional<String> mediaType = Optional.empty();
    if (opened != null) {
      all.addAll(opened.warnings());
      facts = Optional.of(opened.facts());
      size = Optional.of(opened.size());
      mediaType = Optional.of(opened.mediaType());
    }
    return new Report(
        rules.tool(),
        new FileFacts(
            name, Optional.ofNullable(sha256), size, mediaType, Optional.ofNullable(sidecarSha256)),
        facts,
        failure,
        verdict,
        evidence,
        notes(evidence),
        all,
        timings,
        Optional.empty());
  }

  private static double millisecondsSince(long begin) {
    return (System.nanoTime() - begin) / 1e6;
  }
}
