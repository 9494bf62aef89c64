package dev.assay;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * All that is known of one file, after examination: schema 2 of {@code docs/report.schema.json}.
 *
 * <p>The same file under the same release gives the same report, but for {@link #timings}.
 *
 * @param tool what made the report
 * @param file the file as found
 * @param media what it holds; empty when it was not recognised
 * @param failure why there is no verdict; empty when there is one
 * @param verdict what the evidence adds up to; empty when failed
 * @param evidence what was seen, most telling first
 * @param notes what a reader must not overlook although it does not move the verdict
 * @param warnings what a reader should know about the limits of this examination
 * @param timings milliseconds spent, by stage
 * @param previous what an earlier release or other models had said of the same content
 */
public record Report(
    Tool tool,
    FileFacts file,
    Optional<MediaFacts> media,
    Optional<Failure> failure,
    Optional<Verdict> verdict,
    List<Evidence> evidence,
    List<Note> notes,
    List<Warning> warnings,
    Map<String, Double> timings,
    Optional<Previous> previous) {

  /** Version of the report's form; a change that breaks readers raises the first number. */
  public static final String SCHEMA_VERSION = "2.0";

  /**
   * What made the report.
   *
   * @param name always {@code assay}
   * @param version the release
   * @param models the trained models of the installation
   */
  public record Tool(String name, String version, List<ModelReference> models) {
    public Tool {
      models = List.copyOf(models);
    }
  }

  /**
   * A model that took part.
   *
   * @param id the model's id
   * @param version its version
   * @param sha256 hash of its weights, lower-case hexadecimal
   */
  public record ModelReference(String id, String version, String sha256) {}

  /**
   * The file as found.
   *
   * @param path as the caller named it; in a scan the path as given and the rest below it, with
   *     {@code /} between, so that no two are equal
   * @param sha256 hash of the content, lower-case hexadecimal; empty if it could not be read whole
   * @param size in bytes; empty if unknown
   * @param mediaType recognised from the content; empty if it was not
   * @param modified when the file was last changed, as its file system says, to the millisecond;
   *     only in a scan
   * @param sameContentAs path of a file of equal content that was examined instead
   * @param sidecarSha256 hash of the C2PA file beside it, which was examined with it
   */
  public record FileFacts(
      String path,
      Optional<String> sha256,
      Optional<Long> size,
      Optional<String> mediaType,
      Optional<Instant> modified,
      Optional<String> sameContentAs,
      Optional<String> sidecarSha256) {

    /** What one examination finds of a file. */
    public FileFacts(
        String path,
        Optional<String> sha256,
        Optional<Long> size,
        Optional<String> mediaType,
        Optional<String> sidecarSha256) {
      this(path, sha256, size, mediaType, Optional.empty(), Optional.empty(), sidecarSha256);
    }

    /** The same by another name, instead of which another file was examined or none. */
    public FileFacts named(String name, Optional<String> examinedInstead) {
      return new FileFacts(name, sha256, size, mediaType, modified, examinedInstead, sidecarSha256);
    }

    /** The same with what its file system says; a size that is known already stands. */
    public FileFacts found(Optional<Long> bytes, Optional<Instant> lastModified) {
      return new FileFacts(
          path,
          sha256,
          size.or(() -> bytes),
          mediaType,
          lastModified,
          sameContentAs,
          sidecarSha256);
    }
  }

  /**
   * What the file holds.
   *
   * @param kind image, video or audio
   * @param width in pixels, upright
   * @param height in pixels, upright
   * @param durationSeconds of a video or audio, as its container says
   * @param frames frames or pictures in the file, as its container says
   * @param framesExamined how many of them were looked at
   * @param codec how the picture is coded, {@code h264} for example
   * @param decoder what decoded it, with version: other decoders give other pixels
   * @param sound its tracks of sound, the one that players play first before the others
   * @param hashes perceptual hashes of the frames that were examined, by which copies are found;
   *     none where nothing was decoded, or the report is redacted
   */
  public record MediaFacts(
      MediaKind kind,
      OptionalInt width,
      OptionalInt height,
      OptionalDouble durationSeconds,
      OptionalInt frames,
      OptionalInt framesExamined,
      Optional<String> codec,
      Optional<String> decoder,
      List<SoundTrack> sound,
      List<FrameHash> hashes) {
    public MediaFacts {
      sound = List.copyOf(sound);
      hashes = List.copyOf(hashes);
    }

    /** What is known without looking at its frames. */
    public MediaFacts(
        MediaKind kind,
        OptionalInt width,
        OptionalInt height,
        OptionalDouble durationSeconds,
        OptionalInt frames,
        OptionalInt framesExamined,
        Optional<String> codec,
        Optional<String> decoder,
        List<SoundTrack> sound) {
      this(
          kind,
          width,
          height,
          durationSeconds,
          frames,
          framesExamined,
          codec,
          decoder,
          sound,
          List.of());
    }

    /** The same with the hashes of its frames. */
    public MediaFacts withHashes(List<FrameHash> found) {
      return new MediaFacts(
          kind,
          width,
          height,
          durationSeconds,
          frames,
          framesExamined,
          codec,
          decoder,
          sound,
          found);
    }
  }

  /**
   * The perceptual hash of a frame.
   *
   * @param seconds from the start; 0 of a still picture
   * @param pdq PDQ as lists hold it: 64 lower-case hexadecimal digits
   * @param quality 0 to 100; below 50 a hash says little
   */
  public record FrameHash(double seconds, String pdq, int quality) {

    private static final Pattern PDQ = Pattern.compile("[0-9a-f]{64}");

    public FrameHash {
      if (!(seconds >= 0) || quality < 0 || quality > 100 || !PDQ.matcher(pdq).matches()) {
        throw new IllegalArgumentException("no hash of a frame: " + pdq + ", quality " + quality);
      }
    }
  }

  /**
   * A track of sound, as its container describes it.
   *
   * @param number of the track within the file, from 1
   * @param codec how it is coded, {@code aac} for example
   * @param rate samples a second
   * @param channels how many
   * @param bitRate bits a second; empty where the container does not say
   * @param language as the container says, {@code eng} for example
   */
  public record SoundTrack(
      int number,
      String codec,
      int rate,
      int channels,
      OptionalLong bitRate,
      Optional<String> language) {}

  /**
   * Why a file has no verdict.
   *
   * @param code what went wrong
   * @param sentence names the file, the cause and the way out
   */
  public record Failure(FailureCode code, Sentence sentence) {

    /** The sentence in English. */
    public String message() {
      return sentence.text();
    }
  }

  /**
   * What a reader should know about the limits of an examination.
   *
   * @param code which limit
   * @param sentence for a reader
   */
  public record Warning(WarningCode code, Sentence sentence) {

    /** A warning that nothing is put into. */
    public Warning(WarningCode code, String sentence) {
      this(code, Sentence.of(sentence));
    }

    /** The sentence in English. */
    public String message() {
      return sentence.text();
    }
  }

  /**
   * What a reader must not overlook although it does not move the verdict.
   *
   * @param code what it is about
   * @param sentence for a reader
   * @param evidence index into the evidence
   */
  public record Note(NoteCode code, Sentence sentence, int evidence) {

    /** The sentence in English. */
    public String message() {
      return sentence.text();
    }
  }

  /**
   * What was said of the same content before it was examined again.
   *
   * @param tool what had examined it
   * @param label the answer; empty when that examination failed
   * @param probability that the media is synthetic; empty when that examination failed
   * @param failure why that examination failed
   */
  public record Previous(
      Tool tool,
      Optional<Verdict.Label> label,
      OptionalDouble probability,
      Optional<FailureCode> failure) {

    /** What a report said. */
    public static Previous of(Report report) {
      return new Previous(
          report.tool(),
          report.verdict().map(Verdict::label),
          report
              .verdict()
              .map(verdict -> OptionalDouble.of(verdict.probability()))
              .orElse(OptionalDouble.empty()),
          report.failure().map(Failure::code));
    }
  }

  public Report {
    if (failure.isPresent() == verdict.isPresent()) {
      throw new IllegalArgumentException(
          "a report has either a failure or a verdict: " + file.path());
    }
    evidence = List.copyOf(evidence);
    notes = List.copyOf(notes);
    warnings = List.copyOf(warnings);
    timings = Collections.unmodifiableMap(new LinkedHashMap<>(timings));
  }

  /** The same report with other facts of the file. */
  public Report withFile(FileFacts facts) {
    return new Report(
        tool, facts, media, failure, verdict, evidence, notes, warnings, timings, previous);
  }

  /** The same report with another sentence on why it has no verdict. */
  public Report withFailure(Failure value) {
    return new Report(
        tool,
        file,
        media,
        Optional.of(value),
        verdict,
        evidence,
        notes,
        warnings,
        timings,
        previous);
  }

  /** The same report beside what an earlier one said. */
  public Report withPrevious(Previous earlier) {
    return new Report(
        tool,
        file,
        media,
        failure,
        verdict,
        evidence,
        notes,
        warnings,
        timings,
        Optional.of(earlier));
  }

  /** Whether the file could be examined. */
  public boolean ok() {
    return failure.isEmpty();
  }
}
