package dev.assay.internal.media;

import dev.assay.FailureCode;
import dev.assay.MediaException;
import dev.assay.internal.colour.SrgbConversion;
import dev.assay.internal.container.ByteReader;
import dev.assay.internal.container.JpegSegments;
import dev.assay.spi.Block;
import dev.assay.spi.DamagedException;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.imgproc.Imgproc;

/**
 * A JPEG of four inks with the profile of a press: its samples are decoded by the JDK, since OpenCV
 * gives colours only, and converted by the profile. Adobe's programs store inks inverted, and as
 * YCCK, and say so in a segment of their own (Adobe technical note 5116).
 */
final class CmykPicture {

  private static final int INKS = 4;
  private static final int STRIP_PIXELS = 1 << 20;
  private static final int ADOBE_TRANSFORM = 11;
  private static final int YCCK = 2;

  private CmykPicture() {}

  /** Whether a JPEG has four components. */
  static boolean holds(ByteReader bytes) throws IOException {
    try {
      JpegSegments segments = new JpegSegments(bytes, 0);
      for (Block each = segments.next(); each != null && !each.is("SOS"); each = segments.next()) {
        if (each.type().startsWith("SOF")) {
          return bytes.u8(each.offset() + 5) == INKS;
        }
      }
      return false;
    } catch (DamagedException e) {
      return false;
    }
  }

  /**
   * Decodes it.
   *
   * @param content the JPEG, with its end mark
   * @param conversion of CMYK samples
   * @return 8 bits, three channels, blue first; the caller's
   */
  static Mat decode(byte[] content, SrgbConversion conversion, ByteReader bytes)
      throws MediaException, IOException {
    int transform = adobe(bytes);
    Raster raster = raster(content);
    int width = raster.getWidth();
    int height = raster.getHeight();
    Mat picture = new Mat(height, width, CvType.CV_8UC3);
    int rows = Math.max(1, STRIP_PIXELS / width);
    int[] samples = new int[INKS * width];
    for (int y = 0; y < height; y += rows) {
      int count = Math.min(rows, height - y);
      byte[] inks = new byte[INKS * width * count];
      for (int row = 0; row < count; row++) {
        raster.getPixels(0, y + row, width, 1, samples);
        inks(samples, transform, inks, INKS * width * row);
      }
      picture.put(y, 0, conversion.converted(inks));
    }
    Imgproc.cvtColor(picture, picture, Imgproc.COLOR_RGB2BGR);
    return picture;
  }

  private static void inks(int[] samples, int transform, byte[] target, int at) {
    for (int i = 0; i < samples.length; i += INKS) {
      int c = samples[i];
      int m = samples[i + 1];
      int y = samples[i + 2];
      if (transform == YCCK) {
        double blue = m - 128;
        double red = y - 128;
        int luma = c;
        c = level(luma + 1.402 * red);
        m = level(luma - 0.344136 * blue - 0.714136 * red);
        y = level(luma + 1.772 * blue);
      }
      // Adobe's mark says that what is stored is the light that remains.
      int flip = transform >= 0 ? 255 : 0;
      target[at + i] = (byte) (flip ^ c);
      target[at + i + 1] = (byte) (flip ^ m);
      target[at + i + 2] = (byte) (flip ^ y);
      target[at + i + 3] = (byte) (flip ^ samples[i + 3]);
    }
  }

  private static int level(double value) {
    return (int) Math.max(0, Math.min(255, Math.round(value)));
  }

  /** The transform in Adobe's segment; -1 without one. */
  private static int adobe(ByteReader bytes) throws IOException {
    try {
      JpegSegments segments = new JpegSegments(bytes, 0);
      for (Block each = segments.next(); each != null && !each.is("SOS"); each = segments.next()) {
        if (each.is("APP14")
            && each.length() > ADOBE_TRANSFORM
            && bytes.has(each.offset(), "Adobe")) {
          return bytes.u8(each.offset() + ADOBE_TRANSFORM);
        }
      }
      return -1;
    } catch (DamagedException e) {
      return -1;
    }
  }

  private static Raster raster(byte[] content) throws MediaException {
    Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName("jpeg");
    ImageReader reader = readers.next();
    try (ImageInputStream stream =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(content))) {
      reader.setInput(stream, true, true);
      Raster raster = reader.readRaster(0, null);
      if (raster.getNumBands() != INKS) {
        throw new MediaException(
            FailureCode.CORRUPT, "Its content is damaged: its inks cannot be decoded.");
      }
      return raster;
    } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new MediaException(
          FailureCode.CORRUPT, "Its content is damaged: no picture can be decoded.", e);
    } finally {
      reader.dispose();
    }
  }
}
