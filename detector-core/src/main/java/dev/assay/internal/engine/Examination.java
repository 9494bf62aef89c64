package dev.assay.internal.engine;

import dev.assay.Evidence;
import dev.assay.FailureCode;
import dev.assay.InstallationException;
import dev.assay.Limits;
import dev.assay.MediaException;
import dev.assay.MediaKind;
import dev.assay.NoteCode;
import dev.assay.Report;
import dev.assay.Report.Failure;
import dev.assay.Report.FileFacts;
import dev.assay.Report.FrameHash;
import dev.assay.Report.MediaFacts;
import dev.assay.Report.Note;
import dev.assay.Report.Warning;
import dev.assay.Sentence;
import dev.assay.Verdict;
import dev.assay.WarningCode;
import dev.assay.internal.fusion.Fusion;
import dev.assay.internal.inference.InferenceException;
import dev.assay.internal.media.MediaOpener;
import dev.assay.internal.media.OpenedMedia;
import dev.assay.internal.media.Source;
import dev.assay.internal.resource.Sha256;
import dev.assay.known.PdqHash;
import dev.assay.spi.Examiner;
import dev.assay.spi.ExaminerInfo.Need;
import dev.assay.spi.Frame;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The examination of one file, from its opening to its report. What is known so far is kept, so
 * that a failure loses none of it.
 */
public final class Examination {

  /**
   * What all examinations of a detector have in common.
   *
   * @param tool the release and its models, as reports name them
   * @param examiners who look, in their order
   * @param limits what one file may cost
   * @param prior probability that a file is synthetic before anything is seen of it
   * @param redacted whether what may be private is left out
   * @param stability how changed copies are judged; empty where nobody judges content
   */
  public record Rules(
      Report.Tool tool,
      List<Examiner> examiners,
      Limits limits,
      Fusion fusion,
      double prior,
      boolean redacted,
      Optional<Stability> stability) {}

  /** Sees a file while it is still open. */
  @FunctionalInterface
  public interface Onlooker {
    void look(Report report, OpenedMedia media) throws MediaException, IOException;
  }

  private static final System.Logger LOG = System.getLogger("dev.assay");
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
  private List<FrameHash> hashes = List.of();

  private Examination(String name, Rules rules) {
    this.name = name;
    this.rules = rules;
  }

  /**
   * Examines a file.
   *
   * @param onlooker sees the media, if it was examined
   * @return what was found; a failure is part of it
   * @throws InstallationException if a library or model is missing or broken
   */
  public static Report run(Source source, Rules rules, Onlooker onlooker) {
    return new Examination(source.name(), rules).run(source, onlooker);
  }

  /** The report on a file that cannot be handed over. */
  public static Report failed(String name, Rules rules, MediaException reason) {
    return new Examination(name, rules).failed(reason);
  }

  private Report run(Source source, Onlooker onlooker) {
    try (OpenedMedia media = MediaOpener.open(source, rules.limits())) {
      opened(media);
      rules.examiners().forEach(examiner -> prepare(examiner, media));
      hash(media, rules.limits());
      for (Examiner examiner : rules.examiners()) {
        examine(examiner, media);
      }
      hashes = hashes(media);
      Report report = report(media);
      show(report, media, onlooker);
      return report;
    } catch (MediaException e) {
      return failed(e);
    } catch (IOException e) {
      return failed(MediaException.unreadable(e));
    } catch (OutOfMemoryError e) {
      // One file that needs too much must not end a scan of many; what it held is free again here.
      return failed(
          new MediaException(
              FailureCode.TOO_MUCH_MEMORY, "The file needs more memory than there is.", e));
    } catch (InstallationException e) {
      throw e;
    } catch (RuntimeException | Error e) {
      return broken(e);
    }
  }

  private static void show(Report report, OpenedMedia media, Onlooker onlooker) {
    try {
      onlooker.look(report, media);
    } catch (MediaException | IOException e) {
      // What cannot be decoded, or takes too long, cannot be shown; the report stands.
    }
  }

  private void opened(OpenedMedia media) {
    opened = media;
    timings.put("open", millisecondsSince(start));
  }

  private void hash(OpenedMedia media, Limits limits) throws IOException, MediaException {
    long begin = System.nanoTime();
    sha256 = media.sha256(limits.time().plus(limits.readingTime(media.size())));
    sidecarSha256 = media.sidecar().map(Sha256::hexadecimal).orElse(null);
    timings.put("hash", millisecondsSince(begin));
  }

  /** What fails here fails again, and is reported, when the examiner looks. */
  private void prepare(Examiner examiner, OpenedMedia media) {
    try {
      examiner.prepare(media.kind());
    } catch (InstallationException | OutOfMemoryError e) {
      throw e;
    } catch (RuntimeException | Error e) {
      LOG.log(System.Logger.Level.WARNING, () -> "examiner " + examiner.id() + " on " + name, e);
    }
  }

  /** An examiner that needs pixels where there are none leaves the others' evidence standing. */
  private void examine(Examiner examiner, OpenedMedia media) throws IOException, MediaException {
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

  /** Where frames were looked at; hashing them takes some milliseconds each. */
  private List<FrameHash> hashes(OpenedMedia media) throws MediaException {
    boolean seen =
        media.kind() != MediaKind.AUDIO
            && undecodable == null
            && rules.examiners().stream()
                .anyMatch(examiner -> examiner.info().needs().contains(Need.FRAMES));
    if (!seen || rules.redacted()) {
      return List.of();
    }
    long begin = System.nanoTime();
    List<FrameHash> found = new ArrayList<>();
    for (Frame frame : media.frames()) {
      media.budget().checkTime();
      PdqHash hash = PdqHash.of(frame.picture());
      found.add(new FrameHash(frame.timeSeconds(), hash.hex(), hash.quality()));
    }
    timings.put("perceptual-hash", millisecondsSince(begin));
    return found;
  }

  private Report report(OpenedMedia media) throws IOException {
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
    if (!media.facts().sound().isEmpty() && evidence.stream().noneMatch(Examination::ofSound)) {
      warnings.add(new Warning(WarningCode.AUDIO_NOT_JUDGED, notHeard(media.kind())));
    }
    List<String> unmeasured = rules.fusion().unmeasured(media.kind(), evidence);
    if (!unmeasured.isEmpty()) {
      warnings.add(
          new Warning(
              WarningCode.MODEL_NOT_MEASURED,
              Sentence.of(
                  "These models were not measured together with the others: {0}. Their evidence "
                      + "is added; the error rate of the answer is not known.",
                  Sentence.list(unmeasured))));
    }
    Verdict verdict = rules.fusion().judge(media.kind(), evidence, rules.prior());
    Verdict answer = besideCopies(media, verdict);
    if (undecodable == null && evidence.stream().anyMatch(Examination::ofContent)) {
      caution(media, answer);
    }
    return finished(Optional.empty(), Optional.of(answer), evidence);
  }

  private static boolean ofContent(Evidence piece) {
    return piece.kind() == Evidence.Kind.CLASSIFIER
        && piece.logLikelihoodRatio().isPresent()
        && !piece.isOfSound();
  }

  private static boolean ofSound(Evidence piece) {
    return piece.isOfSound() && piece.logLikelihoodRatio().isPresent();
  }

  private static String notHeard(MediaKind kind) {
    return kind == MediaKind.AUDIO
        ? "The sound was not judged, only what the file declares."
        : "The sound of the video was not judged.";
  }

  private void caution(OpenedMedia media, Verdict answer) {
    try {
      warnings.addAll(Cautions.of(answer, media));
    } catch (MediaException e) {
      // The frames were judged: they are there.
      throw new IllegalStateException("frames that were judged are gone", e);
    }
  }

  /** Where the time does not suffice for changed copies, the verdict stands without. */
  private Verdict besideCopies(OpenedMedia media, Verdict verdict) throws IOException {
    Stability stability = rules.stability().orElse(null);
    if (stability == null || !stability.asked(media, seen, verdict)) {
      return verdict;
    }
    long begin = System.nanoTime();
    try {
      return stability.beside(media, seen, verdict);
    } catch (MediaException | InferenceException e) {
      return verdict;
    } finally {
      timings.put("stability", millisecondsSince(begin));
    }
  }

  private Report failed(MediaException e) {
    Sentence sentence = Sentence.of("{0}: {1} {2}", name, e.sentence(), Sentence.of(e.remedy()));
    return finished(
        Optional.of(new Failure(e.code(), sentence)), Optional.empty(), strongestFirst());
  }

  /** A bug: the failure says that it is one, and the log where. */
  private Report broken(Throwable bug) {
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
              "The file's name is not valid text; what cannot be shown of it stands as "
                  + "\ufffd, or in an archive as the hexadecimal digits of its bytes."));
    }
    Optional<MediaFacts> facts = Optional.empty();
    Optional<Long> size = Optional.empty();
    Optional<String> mediaType = Optional.empty();
    if (opened != null) {
      all.addAll(opened.warnings());
      facts = Optional.of(opened.facts().withHashes(hashes));
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
