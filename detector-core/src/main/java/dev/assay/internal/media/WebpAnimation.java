package dev.assay.internal.media;

import dev.assay.FailureCode;
import dev.assay.Limits;
import dev.assay.MediaException;
import dev.assay.Report.Warning;
import dev.assay.Sentence;
import dev.assay.internal.container.ByteReader;
import dev.assay.internal.container.RiffChunks;
import dev.assay.internal.natives.OpenCv;
import dev.assay.internal.still.ImageHeader;
import dev.assay.spi.Block;
import dev.assay.spi.Budget;
import dev.assay.spi.DamagedException;
import dev.assay.spi.Frame;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Scalar;

/**
 * The frames of an animated WebP (RFC 9649), composed onto its canvas; OpenCV decodes each frame as
 * a still, but takes no animation.
 */
final class WebpAnimation {

  private static final int FRAME_HEAD = 16;

  /** For each pixel: the canvas, the frame that is drawn, and a copy of the canvas. */
  private static final int COMPOSING_BYTES = 12;

  /** The most frames composed; those after them are not looked at. */
  private static final int MAX_FRAMES = 1000;

  private final byte[] content;
  private final ByteReader bytes;
  private final ImageHeader header;
  private final int wanted;
  private final long decodedBytes;
  private final List<Block> parts = new ArrayList<>();

  private WebpAnimation(byte[] content, ByteReader bytes, ImageHeader header, Limits limits) {
    this.content = content;
    this.bytes = bytes;
    this.header = header;
    this.wanted = limits.frames();
    this.decodedBytes = limits.decodedBytes();
  }

  /**
   * Finds the frames.
   *
   * @param header of the same file
   * @throws MediaException if there is none, or they are too large to be composed
   */
  static WebpAnimation of(byte[] content, ByteReader bytes, ImageHeader header, Limits limits)
      throws MediaException, IOException {
    WebpAnimation animation = new WebpAnimation(content, bytes, header, limits);
    long each = COMPOSING_BYTES + 3;
    if (header.width() * header.height() > limits.decodedBytes() / each) {
      throw new MediaException(
              FailureCode.TOO_MANY_PIXELS,
              Sentence.of(
                  "Its animation of {0} x {1} pixels does not fit into the limit on memory.",
                  header.width(), header.height()))
          .withRemedy(OpenedImage.FIXED);
    }
    try {
      RiffChunks chunks = RiffChunks.of(bytes);
      for (Block chunk = chunks.next(); chunk != null; chunk = chunks.next()) {
        if (chunk.is("ANMF") && chunk.length() > FRAME_HEAD && chunk.offset() < bytes.size()) {
          animation.parts.add(chunk);
        }
      }
    } catch (DamagedException e) {
      // What was found before the damage is shown.
    }
    if (animation.parts.isEmpty()) {
      throw new MediaException(FailureCode.CORRUPT, "It is an animated WebP without a picture.");
    }
    return animation;
  }

  /** Frames in the file. */
  int count() {
    return parts.size();
  }

  /**
   * Composes frames, spread over the animation.
   *
   * @return at least one; the caller closes the pictures, which are {@link MatPicture}s
   * @throws MediaException if not one can be decoded
   */
  List<Frame> frames(Budget budget) throws MediaException, IOException {
    OpenCv.load();
    List<Frame> frames = new ArrayList<>();
    try {
      compose(frames, budget);
    } catch (RuntimeException | Error e) {
      frames.forEach(frame -> ((MatPicture) frame.picture()).close());
      throw e;
    }
    if (frames.isEmpty()) {
      budget.checkTime();
      throw new MediaException(
          FailureCode.CORRUPT, "Its content is damaged: no picture can be decoded.");
    }
    return frames;
  }

  /** What limits the frames. */
  Optional<Warning> warning() {
    return FrameSampler.fewer(affordable(), Math.min(wanted, parts.size()), wanted);
  }

  /** As many frames as the limit on memory allows beside what composing takes. */
  private int affordable() {
    long pixels = header.width() * header.height();
    return FrameSampler.affordable(pixels, decodedBytes - COMPOSING_BYTES * pixels);
  }

  private void compose(List<Frame> frames, Budget budget) throws IOException {
    int last = Math.min(parts.size(), MAX_FRAMES);
    int most = Math.min(wanted, affordable());
    int stride = Math.max(1, (last + most - 1) / most);
    Mat canvas =
        new Mat(
            (int) header.height(), (int) header.width(), CvType.CV_8UC4, new Scalar(0, 0, 0, 0));
    try {
      double seconds = 0;
      for (int i = 0; i < last && !budget.timeUp(); i++) {
        seconds += draw(parts.get(i), canvas, i % stride == 0 ? frames : null, seconds);
      }
    } catch (DamagedException | MediaException e) {
      // What was composed before the damage is judged.
    } finally {
      canvas.release();
    }
  }

  /** Draws one frame, keeps a copy of the canvas where asked, and gives its duration in seconds. */
  private double draw(Block part, Mat canvas, @Nullable List<Frame> kept, double seconds)
      throws IOException, DamagedException, MediaException {
    int x = 2 * u24(part.offset());
    int y = 2 * u24(part.offset() + 3);
    int flags = bytes.u8(part.offset() + 15);
    Mat picture = decoded(part);
    try {
      Transparency.draw(picture, canvas, x, y, (flags & 2) == 0);
      if (kept != null) {
        kept.add(
            new Frame(
                seconds, kept.isEmpty(), new MatPicture(Transparency.onWhite(canvas.clone()))));
      }
      if ((flags & 1) != 0) {
        Transparency.clear(canvas, x, y, picture.cols(), picture.rows());
      }
    } finally {
      picture.release();
    }
    return u24(part.offset() + 12) / 1000.0;
  }

  /** One frame as a still WebP file, decoded with its transparency. */
  private Mat decoded(Block part) throws IOException, DamagedException, MediaException {
    int width = u24(part.offset() + 6) + 1;
    int height = u24(part.offset() + 9) + 1;
    if (width > header.width() || height > header.height()) {
      throw new DamagedException("A frame is larger than its canvas.");
    }
    RiffChunks chunks = RiffChunks.within(bytes, part.offset() + FRAME_HEAD, part.end());
    Block alpha = null;
    Block pixels = null;
    for (Block chunk = chunks.next(); chunk != null; chunk = chunks.next()) {
      if (chunk.is("ALPH")) {
        alpha = chunk;
      } else if (chunk.is("VP8 ") || chunk.is("VP8L")) {
        pixels = chunk;
        break;
      }
    }
    if (pixels == null) {
      throw new DamagedException("A frame has no pixels.");
    }
    int length = 12 + 18 + padded(alpha) + padded(pixels);
    ByteBuffer file = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    file.put(ascii("RIFF")).putInt(length - 8).put(ascii("WEBP"));
    if (pixels.is("VP8 ") && alpha != null) {
      file.put(ascii("VP8X")).putInt(10).putInt(0x10);
      file.putShort((short) (width - 1)).put((byte) ((width - 1) >> 16));
      file.putShort((short) (height - 1)).put((byte) ((height - 1) >> 16));
      put(file, alpha);
    }
    put(file, pixels);
    byte[] still = Arrays.copyOf(file.array(), file.position());
    ByteBuffer.wrap(still).order(ByteOrder.LITTLE_ENDIAN).putInt(4, still.length - 8);
    return StillDecoder.eightBitAlpha(StillDecoder.raw(still, header));
  }

  private void put(ByteBuffer file, Block chunk) {
    int length = length(chunk);
    file.put(ascii(chunk.type())).putInt(length);
    file.put(content, (int) chunk.offset(), length);
    if ((length & 1) != 0) {
      file.put((byte) 0);
    }
  }

  private int padded(@Nullable Block chunk) {
    return chunk == null ? 0 : 8 + length(chunk) + (length(chunk) & 1);
  }

  private int length(Block chunk) {
    return (int) Math.max(0, Math.min(chunk.length(), content.length - chunk.offset()));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private int u24(long at) throws IOException, DamagedException {
    return bytes.u8(at) | bytes.u8(at + 1) << 8 | bytes.u8(at + 2) << 16;
  }
}
