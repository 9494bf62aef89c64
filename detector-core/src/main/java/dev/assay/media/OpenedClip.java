package dev.assay.media;

import dev.assay.FailureCode;
import dev.assay.Frame;
import dev.assay.MediaException;
import dev.assay.MediaKind;
import dev.assay.Report.MediaFacts;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.jspecify.annotations.Nullable;

/** A video, or sound. */
final class OpenedClip extends OpenedMedia {

  private final FfmpegInput input;
  private final @Nullable AVStream video;
  private final MediaKind kind;
  private final OptionalDouble duration;
  private final OptionalInt frameCount;
  private final Optional<String> codec;
  private OptionalInt width = OptionalInt.empty();
  private OptionalInt height = OptionalInt.empty();
  private List<Frame> frames = List.of();
  private @Nullable MediaException undecodable;

  OpenedClip(Source source, long size, Format format, FfmpegInput input) {
    super(source, size, format);
    this.input = input;
    this.video = format.kind() == MediaKind.AUDIO ? null : input.video().orElse(null);
    this.duration = input.duration();
    boolean sound = video == null && (format.kind() == MediaKind.AUDIO || input.hasAudio());
    this.kind = sound ? MediaKind.AUDIO : MediaKind.VIDEO;
    if (video == null) {
      this.frameCount = OptionalInt.empty();
      this.codec = Optional.empty();
    } else {
      this.frameCount = input.frames(video);
      this.codec = Optional.of(FrameDecoder.codec(video));
      describe(video.codecpar().width(), video.codecpar().height(), FfmpegInput.orientation(video));
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
      try {
        frames = decode();
      } catch (MediaException e) {
        undecodable = e;
        throw e;
      }
    }
    return frames;
  }

  private List<Frame> decode() throws MediaException {
    if (kind == MediaKind.AUDIO) {
      throw new MediaException(FailureCode.UNSUPPORTED_FORMAT, "It is sound without pictures.");
    }
    if (video == null) {
      throw new MediaException(FailureCode.NO_FRAMES, "It holds neither pictures nor sound.");
    }
    OpenCv.version();
    FrameSampler sampler = new FrameSampler(input, video);
    List<Frame> sampled = sampler.sample();
    sampler.warnings().forEach(this::warn);
    describe(sampled.get(0).picture().width(), sampled.get(0).picture().height(), 1);
    return List.copyOf(sampled);
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
  public MediaFacts facts() {
    return new MediaFacts(
        kind,
        width,
        height,
        duration,
        frameCount,
        frames.isEmpty() ? OptionalInt.empty() : OptionalInt.of(frames.size()),
        codec,
        codec.map(name -> "ffmpeg " + Ffmpeg.version() + " " + name));
  }

  @Override
  public void close() throws IOException {
    frames.forEach(frame -> ((MatPicture) frame.picture()).close());
    input.close();
  }
}
