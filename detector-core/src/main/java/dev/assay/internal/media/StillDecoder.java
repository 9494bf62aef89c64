package dev.assay.internal.media;

import dev.assay.FailureCode;
import dev.assay.MediaException;
import dev.assay.Sentence;
import dev.assay.internal.colour.SrgbConversion;
import dev.assay.internal.container.ByteReader;
import dev.assay.internal.format.Format;
import dev.assay.internal.natives.OpenCv;
import dev.assay.internal.still.ImageHeader;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.opencv.core.Core;
import org.opencv.core.CvException;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.imgcodecs.Imgcodecs;
import org.opencv.imgproc.Imgproc;

/**
 * Decodes still pictures through OpenCV to 8 bits and three channels: deeper samples are reduced to
 * their upper 8 bits, grey becomes colour, transparency is composited on white. Its JPEG decoder is
 * libjpeg-turbo, whose pixels are those of the training recipe.
 */
final class StillDecoder {

  private StillDecoder() {}

  /**
   * Decodes a picture, upright.
   *
   * @param format one that OpenCV decodes
   * @param header of the same file
   * @param content the whole file; of a PNG what {@link PngPicture} leaves of it
   * @param colour in which its samples are meant
   * @throws MediaException if no picture comes out
   */
  static MatPicture decode(
      Format format,
      ImageHeader header,
      byte[] content,
      Optional<SrgbConversion> colour,
      ByteReader bytes)
      throws MediaException, IOException {
    OpenCv.load();
    int orientation = Orientation.of(format.still(), bytes);
    boolean inks = colour.filter(conversion -> conversion.channels() == 4).isPresent();
    if (inks && format == Format.JPEG && CmykPicture.holds(bytes)) {
      return new MatPicture(
          Orientation.upright(
              CmykPicture.decode(content, colour.orElseThrow(), bytes), orientation));
    }
    Mat pixels = pixels(content, header);
    try {
      colour.ifPresent(conversion -> ScreenColours.apply(pixels, conversion));
    } catch (RuntimeException e) {
      pixels.release();
      throw e;
    }
    return new MatPicture(Orientation.upright(pixels, orientation));
  }

  private static Mat pixels(byte[] content, ImageHeader header) throws MediaException {
    if (header.floats()) {
      return eightBits(raw(content, header), header);
    }
    if (header.alpha()) {
      return Transparency.onWhite(eightBitAlpha(raw(content, header)));
    }
    return read(content, Imgcodecs.IMREAD_COLOR | Imgcodecs.IMREAD_IGNORE_ORIENTATION, header);
  }

  /** All channels at the file's depth, as {@code IMREAD_UNCHANGED} gives them. */
  static Mat raw(byte[] content, ImageHeader header) throws MediaException {
    return read(content, Imgcodecs.IMREAD_UNCHANGED, header);
  }

  /** Four channels of 8 bits, whatever the file has. */
  static Mat eightBitAlpha(Mat raw) {
    Mat eight = raw;
    if (raw.depth() == CvType.CV_16U) {
      eight = new Mat();
      raw.convertTo(eight, CvType.CV_8U, 1 / 257.0);
      raw.release();
    }
    int conversion =
        switch (eight.channels()) {
          case 1 -> Imgproc.COLOR_GRAY2BGRA;
          case 3 -> Imgproc.COLOR_BGR2BGRA;
          default -> -1;
        };
    if (conversion < 0) {
      return eight;
    }
    Mat four = new Mat();
    Imgproc.cvtColor(eight, four, conversion);
    eight.release();
    return four;
  }

  /** Floating-point samples from 0 to 1; what other values mean is not said in the file. */
  private static Mat eightBits(Mat raw, ImageHeader header) throws MediaException {
    Core.MinMaxLocResult range = Core.minMaxLoc(raw.reshape(1));
    boolean unit = range.minVal >= 0 && range.maxVal <= 1;
    Mat eight = new Mat();
    if (unit) {
      raw.convertTo(eight, CvType.CV_8U, 255);
    }
    int channels = raw.channels();
    raw.release();
    if (!unit || channels > 4 || channels == 2) {
      eight.release();
      throw unsupported(header);
    }
    Mat colour = new Mat();
    Imgproc.cvtColor(eightBitAlpha(eight), colour, Imgproc.COLOR_BGRA2BGR);
    return colour;
  }

  private static Mat read(byte[] content, int flags, ImageHeader header) throws MediaException {
    MatOfByte buffer = new MatOfByte(content);
    try {
      Mat pixels = Imgcodecs.imdecode(buffer, flags);
      if (pixels.empty()) {
        pixels.release();
        throw undecodable(header, null);
      }
      return pixels;
    } catch (CvException e) {
      throw undecodable(header, e);
    } finally {
      buffer.release();
    }
  }

  private static MediaException undecodable(ImageHeader header, @Nullable Throwable cause) {
    return header.coding().isEmpty()
        ? new MediaException(
            FailureCode.CORRUPT, "Its content is damaged: no picture can be decoded.", cause)
        : unsupported(header);
  }

  private static MediaException unsupported(ImageHeader header) {
    return new MediaException(
        FailureCode.UNSUPPORTED_FORMAT,
        Sentence.of(
            "Its pixels are coded with {0}, which cannot be decoded here.", header.coding()));
  }
}
