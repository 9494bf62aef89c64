package dev.assay.media;

import dev.assay.FailureCode;
import dev.assay.MediaException;
import org.opencv.core.CvException;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.imgcodecs.Imgcodecs;

/**
 * Decodes still pictures through OpenCV to 8 bits and three channels: deeper samples are cut to
 * their upper 8 bits, grey becomes colour, transparency is left away. Its JPEG decoder is
 * libjpeg-turbo, whose pixels are those of the training recipe.
 */
final class StillDecoder {

  private StillDecoder() {}

  /**
   * Decodes a picture, upright.
   *
   * @param format one that OpenCV decodes
   * @param content the whole file
   * @throws MediaException if no picture comes out
   */
  static MatPicture decode(Format format, byte[] content) throws MediaException {
    OpenCv.version();
    // TIFF is not among the formats asked: OpenCV turns those itself, whatever the flag says.
    int orientation = Orientation.of(format, content);
    byte[] coded = format == Format.PNG ? PngPicture.of(content) : content;
    return new MatPicture(Orientation.upright(pixels(coded), orientation));
  }

  private static Mat pixels(byte[] content) throws MediaException {
    MatOfByte buffer = new MatOfByte(content);
    try {
      Mat pixels =
          Imgcodecs.imdecode(buffer, Imgcodecs.IMREAD_COLOR | Imgcodecs.IMREAD_IGNORE_ORIENTATION);
      if (pixels.empty()) {
        pixels.release();
        throw new MediaException(
            FailureCode.CORRUPT, "Its content is damaged: no picture can be decoded.");
      }
      return pixels;
    } catch (CvException e) {
      throw new MediaException(
          FailureCode.CORRUPT, "Its content is damaged: OpenCV gave it up.", e);
    } finally {
      buffer.release();
    }
  }
}
