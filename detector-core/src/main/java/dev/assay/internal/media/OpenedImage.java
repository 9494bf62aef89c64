package dev.assay.internal.media;

import dev.assay.FailureCode;
import dev.assay.Limits;
import dev.assay.MediaException;
import dev.assay.Report.MediaFacts;
import dev.assay.Report.Warning;
import dev.assay.Sentence;
import dev.assay.WarningCode;
import dev.assay.internal.colour.EmbeddedColour;
import dev.assay.internal.colour.SrgbConversion;
import dev.assay.internal.container.MultiPicture;
import dev.assay.internal.container.TrailingContent;
import dev.assay.internal.format.Format;
import dev.assay.internal.natives.Ffmpeg;
import dev.assay.internal.natives.OpenCv;
import dev.assay.internal.still.ImageHeader;
import dev.assay.internal.still.StillFormat;
import dev.assay.spi.Budget;
import dev.assay.spi.CodedPicture;
import dev.assay.spi.DamagedException;
import dev.assay.spi.Frame;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.jspecify.annotations.Nullable;

/** A still picture, which is one frame, or an animation, which is sampled like a video. */
final class OpenedImage extends OpenedMedia {

  /** The largest file of an image that is read into memory, in bytes. */
  static final long MAX_BYTES = 1L << 30;

  /** What OpenCV and libpng decode at most. */
  private static final long MAX_SIDE = 1_000_000;

  private static final long MAX_PIXELS = 1L << 30;

  /** Most bytes of a picture that is decoded with its transparency, or with all its bits. */
  private static final long MAX_RAW_BYTES = 800_000_000;

  /** The largest picture whose samples are given as coded, in pixels. */
  static final int MAX_CODED_PIXELS = 25_000_000;

  static final String FIXED = "This bound is fixed; scale the image down.";

  private final Limits limits;
  private List<Frame> frames = List.of();
  private @Nullable MediaException undecodable;
  private OptionalInt count = OptionalInt.empty();
  private Optional<String> codec = Optional.empty();
  private Optional<String> decoder = Optional.empty();
  private OptionalInt width = OptionalInt.empty();
  private OptionalInt height = OptionalInt.empty();

  OpenedImage(String name, Source.Opened source, Format format, Limits limits, Budget budget) {
    super(name, source, format, budget);
    this.limits = limits;
  }

  @Override
  public List<Frame> frames() throws MediaException {
    if (undecodable != null) {
      throw undecodable;
    }
    if (!frames.isEmpty()) {
      return frames;
    }
    DecodeEvent event = new DecodeEvent();
    event.begin();
    try {
      frames = List.copyOf(decode());
      width = OptionalInt.of(frames.get(0).picture().width());
      height = OptionalInt.of(frames.get(0).picture().height());
      budget().checkTime();
      return frames;
    } catch (MediaException e) {
      undecodable = e;
      throw e;
    } catch (IOException e) {
      undecodable = MediaException.unreadable(e);
      throw undecodable;
    } finally {
      event.commit();
    }
  }

  @Override
  public Optional<CodedPicture> coded() throws MediaException {
    if (size() > MAX_BYTES) {
      return Optional.empty();
    }
    try {
      StillFormat still = format().still();
      if (!still.lossless(bytes())) {
        return Optional.empty();
      }
      ImageHeader header = header();
      return header.pictures() > 1 || header.width() > MAX_CODED_PIXELS / header.height()
          ? Optional.empty()
          : LosslessPicture.decode(header, still.decodable(content(), header, bytes()).bytes());
    } catch (DamagedException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw MediaException.unreadable(e);
    }
  }

  @Override
  public MediaFacts facts() {
    return new MediaFacts(
        kind(),
        width,
        height,
        OptionalDouble.empty(),
        count,
        frames.isEmpty() ? OptionalInt.empty() : OptionalInt.of(frames.size()),
        codec,
        decoder,
        List.of());
  }

  @Override
  public void close() throws IOException {
    frames.forEach(frame -> ((MatPicture) frame.picture()).close());
    super.close();
  }

  private List<Frame> decode() throws MediaException, IOException {
    return switch (format().decoder()) {
      case OPENCV -> still();
      case ANIMATED_WEBP -> animatedWebp();
      case FFMPEG -> coded(format().demuxer());
      case NONE ->
          throw new MediaException(
              FailureCode.UNSUPPORTED_FORMAT,
              Sentence.of("The pixels of {0} cannot be decoded here.", mediaType()));
    };
  }

  private List<Frame> still() throws MediaException, IOException {
    byte[] content = content();
    ImageHeader header = header();
    String demuxer = format().still().animationDemuxer();
    if (!demuxer.isEmpty() && header.pictures() > 1) {
      Optional<List<Frame>> animation = animation(demuxer);
      if (animation.isPresent()) {
        return animation.get();
      }
    }
    openCv();
    byte[] clean = decodable(content, header);
    MatPicture decoded = StillDecoder.decode(format(), header, clean, colour(), bytes());
    if (!header.complete()) {
      warn(
          new Warning(
              WarningCode.TRUNCATED,
              "The file ends before its picture does; the decoder filled in what is missing, and it"
                  + " was judged with the rest."));
    }
    int trailing = header.end() > 0 ? trailing(header.end()) : 0;
    counted(header.pictures() + (header.pictures() == 1 ? trailing : 0), 1);
    return List.of(new Frame(0, true, decoded));
  }

  private ImageHeader header() throws MediaException, IOException {
    try {
      return bounded(format().still().header(bytes()));
    } catch (DamagedException e) {
      throw new MediaException(FailureCode.CORRUPT, "It ends within its header.", e);
    }
  }

  private byte[] decodable(byte[] content, ImageHeader header) throws MediaException, IOException {
    try {
      StillFormat.Decodable part = format().still().decodable(content, header, bytes());
      if (!part.fault().isEmpty()) {
        warn(new Warning(WarningCode.TRUNCATED, part.fault()));
      }
      return part.bytes();
    } catch (DamagedException e) {
      throw new MediaException(FailureCode.CORRUPT, e.sentence(), e);
    }
  }

  /** In which colours its samples are meant, where these are not those of an ordinary screen. */
  private Optional<SrgbConversion> colour() throws IOException {
    EmbeddedColour colour = EmbeddedColour.of(format().still(), bytes());
    if (!colour.remark().isEmpty()) {
      warn(new Warning(WarningCode.COLOUR_PROFILE, colour.remark()));
    }
    return colour.conversion();
  }

  private List<Frame> onScreen(List<Frame> sampled) throws IOException {
    Optional<SrgbConversion> conversion = colour();
    if (conversion.isPresent()) {
      sampled.forEach(frame -> ((MatPicture) frame.picture()).convert(conversion.get()));
    }
    return sampled;
  }

  /** The frames of an animation; empty if only its still picture can be decoded. */
  private Optional<List<Frame>> animation(String demuxer) throws MediaException, IOException {
    try {
      return Optional.of(coded(demuxer));
    } catch (MediaException e) {
      if (e.code() == FailureCode.CORRUPT) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Reports what follows the picture's end mark; gives how many further pictures begin there. */
  private int trailing(long end) throws IOException {
    try {
      Optional<TrailingContent> found = TrailingContent.after(bytes(), end);
      if (found.isPresent() && found.get().video()) {
        warn(
            new Warning(
                WarningCode.MORE_CONTENT,
                Sentence.of(
                    "A video of {0} bytes follows the picture, as motion photos have it; it was not"
                        + " judged.",
                    found.get().length())));
      }
      return found.isPresent()
              && found.get().picture()
              && MultiPicture.role(bytes(), found.get().offset()) == MultiPicture.Role.PICTURE
              && MultiPicture.of(bytes()).entries().isEmpty()
          ? 1
          : 0;
    } catch (DamagedException e) {
      return 0;
    }
  }

  private List<Frame> animatedWebp() throws MediaException, IOException {
    byte[] content = content();
    ImageHeader header = header();
    openCv();
    WebpAnimation animation = WebpAnimation.of(content, bytes(), header, limits);
    List<Frame> composed = animation.frames(budget());
    animation.warning().ifPresent(this::warn);
    count = OptionalInt.of(animation.count());
    if (!header.complete()) {
      warn(
          new Warning(
              WarningCode.TRUNCATED,
              "The animation is cut off; what could be read of it was judged."));
    }
    return onScreen(composed);
  }

  private List<Frame> coded(String demuxer) throws MediaException, IOException {
    try (FfmpegInput input = FfmpegInput.open(source(), demuxer, limits, budget())) {
      codec = input.video().map(FrameDecoder::codec);
      decoder = codec.map(name -> "ffmpeg " + Ffmpeg.version() + " " + name);
      Optional<TileGrid> grid = TileGrid.of(input);
      if (grid.isPresent()) {
        counted(format().still().pictures(bytes()), 1);
        return onScreen(List.of(new Frame(0, true, grid.get().decode())));
      }
      AVStream stream =
          input
              .video()
              .orElseThrow(() -> new MediaException(FailureCode.CORRUPT, "It holds no picture."));
      FrameSampler sampler = new FrameSampler(input, stream);
      List<Frame> sampled = sampler.sample();
      sampler.warnings().forEach(this::warn);
      int all = sampler.counted().orElseGet(() -> input.frames(stream).orElse(sampled.size()));
      int pictures = all > 1 ? all : format().still().pictures(bytes());
      counted(pictures, all);
      return onScreen(sampled);
    } catch (MediaException e) {
      throw e.code() == FailureCode.NO_FRAMES
          ? new MediaException(
              FailureCode.CORRUPT, "Its content is damaged: no picture can be decoded.", e)
          : e;
    }
  }

  /** Takes note of how many pictures there are, and warns if only the first of them was judged. */
  private void counted(int pictures, int sampledFrom) {
    count = OptionalInt.of(pictures);
    if (pictures > sampledFrom) {
      warn(
          new Warning(
              WarningCode.FIRST_PICTURE_ONLY,
              Sentence.of("Of the {0} pictures in the file only the first was judged.", pictures)));
    }
  }

  private void openCv() {
    codec = Optional.of(format().mediaType().substring("image/".length()).toLowerCase(Locale.ROOT));
    decoder = Optional.of("opencv " + OpenCv.version());
  }

  private ImageHeader bounded(ImageHeader header) throws MediaException {
    if (header.width() < 1 || header.height() < 1) {
      throw new MediaException(FailureCode.CORRUPT, "Its header says that it has no pixels.");
    }
    if (Math.max(header.width(), header.height()) > MAX_SIDE
        || header.width() > MAX_PIXELS / header.height()) {
      throw new MediaException(
              FailureCode.TOO_MANY_PIXELS,
              Sentence.of(
                  "Its header says {0} x {1} pixels; whatever the limit, no side may exceed"
                      + " {2} and the whole {3}.",
                  header.width(), header.height(), MAX_SIDE, MAX_PIXELS))
          .withRemedy(FIXED);
    }
    if (header.width() > limits.pixels() / header.height()) {
      throw new MediaException(
          FailureCode.TOO_MANY_PIXELS,
          Sentence.of(
              "Its header says {0} x {1} pixels; the limit is {2}.",
              header.width(), header.height(), limits.pixels()));
    }
    if (header.rawBytes() > 0
        && header.width() * header.height() > MAX_RAW_BYTES / header.rawBytes()) {
      throw new MediaException(
              FailureCode.TOO_MANY_PIXELS,
              Sentence.of(
                  "Its header says {0} x {1} pixels of {2} bytes each; such pictures are decoded up"
                      + " to {3} bytes.",
                  header.width(), header.height(), header.rawBytes(), MAX_RAW_BYTES))
          .withRemedy(FIXED);
    }
    return header;
  }

  /** The whole file; all that may be decoded is in memory. */
  private byte[] content() throws MediaException {
    if (source() instanceof Source.OpenedMemory open) {
      return open.memory().content();
    }
    throw new MediaException(
            FailureCode.TOO_MANY_BYTES,
            Sentence.of("It has {0} bytes; images are read up to {1}.", size(), MAX_BYTES))
        .withRemedy(FIXED);
  }
}
