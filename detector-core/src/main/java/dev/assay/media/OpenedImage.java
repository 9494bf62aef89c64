package dev.assay.media;

import dev.assay.FailureCode;
import dev.assay.Frame;
import dev.assay.Limits;
import dev.assay.MediaException;
import dev.assay.Picture;
import dev.assay.Report.MediaFacts;
import dev.assay.Report.Warning;
import dev.assay.WarningCode;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** A still picture. */
final class OpenedImage extends OpenedMedia {

  /** The largest file of a still picture that is taken into memory, in bytes. */
  private static final long MOST_BYTES = 1L << 30;

  /** What OpenCV and libpng decode at most. */
  private static final long MOST_SIDE = 1_000_000;

  private static final long MOST_PIXELS = 1L << 30;

  private final Limits limits;
  private final Deadline deadline;
  private @Nullable MatPicture picture;
  private @Nullable MediaException undecodable;
  private OptionalInt pictures = OptionalInt.empty();
  private Optional<String> codec = Optional.empty();
  private Optional<String> decoder = Optional.empty();
  private OptionalInt width = OptionalInt.empty();
  private OptionalInt height = OptionalInt.empty();

  OpenedImage(Source source, long size, Format format, Limits limits, Deadline deadline) {
    super(source, size, format);
    this.limits = limits;
    this.deadline = deadline;
  }

  /** The one picture of a still, decoded once. */
  Picture picture() throws MediaException {
    if (undecodable != null) {
      throw undecodable;
    }
    if (picture != null) {
      return picture;
    }
    try {
      MatPicture decoded = decode();
      picture = decoded;
      width = OptionalInt.of(decoded.width());
      height = OptionalInt.of(decoded.height());
      return decoded;
    } catch (MediaException e) {
      undecodable = e;
      throw e;
    } catch (IOException e) {
      undecodable =
          new MediaException(
              FailureCode.UNREADABLE, "It cannot be read: " + e.getMessage() + ".", e);
      throw undecodable;
    }
  }

  @Override
  public List<Frame> frames() throws MediaException {
    return List.of(new Frame(0, true, picture()));
  }

  @Override
  public MediaFacts facts() {
    return new MediaFacts(
        kind(),
        width,
        height,
        OptionalDouble.empty(),
        pictures,
        width.isPresent() ? OptionalInt.of(1) : OptionalInt.empty(),
        codec,
        decoder);
  }

  @Override
  public void close() {
    if (picture != null) {
      picture.close();
    }
  }

  private MatPicture decode() throws MediaException, IOException {
    return switch (format().decoder()) {
      case OPENCV -> still(content());
      case ANIMATED_WEBP -> animatedWebp(content());
      case FFMPEG -> coded();
      case NONE ->
          throw new MediaException(
              FailureCode.UNSUPPORTED_FORMAT,
              "The pixels of " + mediaType() + " cannot be decoded here.");
    };
  }

  private MatPicture still(byte[] content) throws MediaException {
    ImageHeader header = bounded(ImageHeader.read(format(), content));
    openCv();
    MatPicture decoded = StillDecoder.decode(format(), content);
    if (!header.complete()) {
      warn(
          new Warning(
              WarningCode.TRUNCATED,
              "The file ends before its picture does; what is missing was filled in by the decoder and judged with the rest."));
    }
    counted(header.pictures());
    return decoded;
  }

  private MatPicture animatedWebp(byte[] content) throws MediaException {
    bounded(ImageHeader.read(format(), content));
    AnimatedWebp animation = AnimatedWebp.read(content);
    byte[] first = animation.still().array();
    bounded(ImageHeader.read(Format.WEBP, first));
    openCv();
    MatPicture decoded = StillDecoder.decode(Format.WEBP, first);
    counted(animation.count());
    return decoded;
  }

  private MatPicture coded() throws MediaException, IOException {
    try (FfmpegInput input = FfmpegInput.open(source(), format(), limits, deadline)) {
      CodedPicture coded = new CodedPicture(input);
      codec = coded.codec();
      decoder = codec.map(name -> "ffmpeg " + Ffmpeg.version() + " " + name);
      MatPicture decoded = coded.decode();
      counted(coded.pictures());
      return decoded;
    }
  }

  private void counted(int count) {
    pictures = OptionalInt.of(count);
    if (count > 1) {
      warn(
          new Warning(
              WarningCode.FIRST_PICTURE_ONLY,
              "Of the " + count + " pictures in the file only the first was judged."));
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
    if (header.width() > limits.pixels() / header.height()) {
      throw new MediaException(
          FailureCode.TOO_MANY_PIXELS,
          "Its header says "
              + header.width()
              + " x "
              + header.height()
              + " pixels; the limit is "
              + limits.pixels()
              + ".");
    }
    if (Math.max(header.width(), header.height()) > MOST_SIDE
        || header.width() > MOST_PIXELS / header.height()) {
      throw new MediaException(
          FailureCode.TOO_MANY_PIXELS,
          "Its header says "
              + header.width()
              + " x "
              + header.height()
              + " pixels; whatever the limit, no side may exceed "
              + MOST_SIDE
              + " and the whole "
              + MOST_PIXELS
              + ".");
    }
    return header;
  }

  private byte[] content() throws MediaException, IOException {
    if (size() > MOST_BYTES) {
      throw new MediaException(
          FailureCode.TOO_MANY_BYTES,
          "It has " + size() + " bytes; still pictures are read up to " + MOST_BYTES + ".");
    }
    try (InputStream stream = open()) {
      return stream.readNBytes((int) MOST_BYTES);
    }
  }
}
