package dev.assay.internal.media;

import static org.bytedeco.ffmpeg.global.avutil.AVCOL_PRI_BT2020;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_PRI_SMPTE431;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_PRI_SMPTE432;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_TRC_BT709;

import dev.assay.FailureCode;
import dev.assay.Limits;
import dev.assay.MediaException;
import dev.assay.MediaKind;
import dev.assay.Report.MediaFacts;
import dev.assay.Report.SoundTrack;
import dev.assay.Report.Warning;
import dev.assay.Sentence;
import dev.assay.WarningCode;
import dev.assay.internal.colour.CodedColour;
import dev.assay.internal.container.Container;
import dev.assay.internal.format.Format;
import dev.assay.internal.natives.Ffmpeg;
import dev.assay.spi.Budget;
import dev.assay.spi.DamagedException;
import dev.assay.spi.Frame;
import dev.assay.spi.Sound;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.jspecify.annotations.Nullable;

/**
 * A video, or audio. A container that FFmpeg cannot open is a video or audio by its format, without
 * frames: what it declares can be read all the same.
 */
final class OpenedClip extends OpenedMedia {

  /** Primaries that players convert to those of the screen; others hardly differ from it. */
  private static final Set<Integer> WIDE_GAMUTS =
      Set.of(AVCOL_PRI_BT2020, AVCOL_PRI_SMPTE431, AVCOL_PRI_SMPTE432);

  private static final int MAX_NAMED_TRACKS = 8;

  private final Limits limits;
  private final @Nullable FfmpegInput input;
  private final @Nullable AVStream video;
  private final MediaKind kind;
  private OptionalDouble duration = OptionalDouble.empty();
  private OptionalInt frameCount = OptionalInt.empty();
  private Optional<String> codec = Optional.empty();
  private OptionalInt width = OptionalInt.empty();
  private OptionalInt height = OptionalInt.empty();
  private List<Frame> frames = List.of();
  private final List<SoundTrack> tracks;
  private @Nullable MediaException undecodable;

  OpenedClip(String name, Source.Opened source, Format format, Limits limits, Budget budget)
      throws MediaException {
    super(name, source, format, budget);
    this.limits = limits;
    this.input = opened(source, format, limits, budget);
    if (input == null) {
      this.video = null;
      this.kind = format.kind();
      this.tracks = List.of();
      return;
    }
    this.video = format.kind() == MediaKind.AUDIO ? null : input.video().orElse(null);
    this.duration = input.duration();
    List<AVStream> sounds = input.sounds();
    this.tracks = sounds.stream().limit(MAX_NAMED_TRACKS).map(FfmpegInput::track).toList();
    sounds.stream().skip(1).limit(MAX_NAMED_TRACKS).forEach(this::notHeard);
    boolean audio = video == null && (format.kind() == MediaKind.AUDIO || !sounds.isEmpty());
    this.kind = audio ? MediaKind.AUDIO : MediaKind.VIDEO;
    if (video != null) {
      this.frameCount = input.frames(video);
      this.codec = Optional.of(FrameDecoder.codec(video));
      describe(video.codecpar().width(), video.codecpar().height(), FfmpegInput.orientation(video));
      input.videos().stream()
          .filter(other -> other.index() != video.index())
          .limit(MAX_NAMED_TRACKS)
          .forEach(this::notJudged);
    }
  }

  private void notJudged(AVStream other) {
    warn(
        new Warning(
            WarningCode.MORE_CONTENT,
            Sentence.of(
                "A further video track (number {0}, {1} x {2} pixels) is not the one that players"
                    + " show first; it was not judged.",
                other.index() + 1, other.codecpar().width(), other.codecpar().height())));
  }

  private void notHeard(AVStream other) {
    SoundTrack track = FfmpegInput.track(other);
    warn(
        new Warning(
            WarningCode.MORE_CONTENT,
            Sentence.of(
                "A further track of sound (number {0}, language: {1}) is not the one that players"
                    + " play first; it was not judged.",
                track.number(), track.language().orElse("und"))));
  }

  private @Nullable FfmpegInput opened(
      Source.Opened source, Format format, Limits limits, Budget budget) throws MediaException {
    try {
      return FfmpegInput.open(source, format.demuxer(), limits, budget);
    } catch (MediaException e) {
      if (e.code() != FailureCode.CORRUPT) {
        throw e;
      }
      undecodable = e;
      return null;
    }
  }

  @Override
  public MediaKind kind() {
    return kind;
  }

  @Override
  public String mediaType() {
    String type = format().mediaType();
    return kind == MediaKind.AUDIO && type.startsWith("video/")
        ? "audio/" + type.substring("video/".length())
        : type;
  }

  @Override
  public List<Frame> frames() throws MediaException {
    if (undecodable != null) {
      throw undecodable;
    }
    if (frames.isEmpty()) {
      DecodeEvent event = new DecodeEvent();
      event.begin();
      try {
        frames = decode();
      } catch (MediaException e) {
        undecodable = e;
        throw e;
      } finally {
        event.commit();
      }
    }
    return frames;
  }

  @Override
  public Optional<Sound> sound() throws MediaException {
    if (input == null && undecodable != null) {
      throw undecodable;
    }
    if (tracks.isEmpty()) {
      return Optional.empty();
    }
    if (encrypted()) {
      throw protectedContent();
    }
    FfmpegInput own = FfmpegInput.open(source(), format().demuxer(), limits, budget());
    return Optional.of(new OpenedSound(own, own.sounds().get(0), this::heard));
  }

  /** Takes note of what limits the sound; the same when it is decoded again. */
  private void heard(Warning warning) {
    if (!warnings().contains(warning)) {
      warn(warning);
    }
  }

  private List<Frame> decode() throws MediaException {
    if (kind == MediaKind.AUDIO) {
      throw new MediaException(FailureCode.UNSUPPORTED_FORMAT, "It is audio without pictures.");
    }
    if (input == null || video == null) {
      throw new MediaException(FailureCode.NO_FRAMES, "It holds neither pictures nor audio.");
    }
    if (encrypted()) {
      throw protectedContent();
    }
    FrameSampler sampler = new FrameSampler(input, video);
    List<Frame> sampled = sampler.sample();
    sampler.warnings().forEach(this::warn);
    if (WIDE_GAMUTS.contains(video.codecpar().color_primaries())) {
      CodedColour.of(video.codecpar().color_primaries(), AVCOL_TRC_BT709)
          .ifPresent(
              conversion ->
                  sampled.forEach(frame -> ((MatPicture) frame.picture()).convert(conversion)));
    }
    describe(sampled.get(0).picture().width(), sampled.get(0).picture().height(), 1);
    return List.copyOf(sampled);
  }

  private boolean encrypted() {
    try {
      return format().container() == Container.ISO && Encryption.scheme(bytes()).isPresent();
    } catch (IOException | DamagedException e) {
      return false;
    }
  }

  private static MediaException protectedContent() {
    return new MediaException(
            FailureCode.UNSUPPORTED_FORMAT, "Its video is encrypted, by copy protection.")
        .withRemedy("Give an unprotected copy.");
  }

  private void describe(int codedWidth, int codedHeight, int orientation) {
    boolean turned = orientation >= 5;
    int upright = turned ? codedHeight : codedWidth;
    int tall = turned ? codedWidth : codedHeight;
    if (upright > 0 && tall > 0) {
      width = OptionalInt.of(upright);
      height = OptionalInt.of(tall);
    }
  }

  @Override
  public Optional<MediaException> fault() {
    return Optional.ofNullable(undecodable);
  }

  @Override
  public MediaFacts facts() {
    return new MediaFacts(
        kind,
        width,
        height,
        duration,
        frameCount,
        frames.isEmpty() ? OptionalInt.empty() : OptionalInt.of(frames.size()),
        codec,
        codec.map(name -> "ffmpeg " + Ffmpeg.version() + " " + name),
        tracks);
  }

  @Override
  public void close() throws IOException {
    frames.forEach(frame -> ((MatPicture) frame.picture()).close());
    if (input != null) {
      input.close();
    }
    super.close();
  }
}
