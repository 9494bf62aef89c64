package dev.assay.internal.media;

import dev.assay.Condition;
import dev.assay.spi.Picture;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.core.MatOfInt;
import org.opencv.core.Size;
import org.opencv.imgcodecs.Imgcodecs;
import org.opencv.imgproc.Imgproc;

/**
 * Pictures under the conditions of evaluations, step by step as the recipe of the shipped models
 * makes them ({@code models/training/assay_training/conditions.py}).
 */
public final class ConditionedCopy {

  private static final int MIN_SIDE = 32;
  private static final double SHOWN = 0.77;
  private static final int QUALITY_AFTER_RESIZE = 90;
  private static final int QUALITY_OF_SCREENSHOT = 85;

  private ConditionedCopy() {}

  /** A picture under a condition, as a JPEG or WebP file. */
  public static byte[] of(Picture picture, Condition condition) {
    Mat pixels = new Mat(picture.height(), picture.width(), CvType.CV_8UC3);
    try {
      pixels.put(0, 0, picture.rgb(0, 0, picture.width(), picture.height()));
      Imgproc.cvtColor(pixels, pixels, Imgproc.COLOR_RGB2BGR);
      int longer = Math.max(picture.width(), picture.height());
      if (longer > Condition.LONGEST) {
        resize(pixels, (double) Condition.LONGEST / longer, Imgproc.INTER_AREA);
      }
      return switch (condition.kind()) {
        case JPEG -> jpeg(pixels, condition.quality());
        case WEBP -> coded(pixels, ".webp", Imgcodecs.IMWRITE_WEBP_QUALITY, condition.quality());
        case HALF -> smaller(pixels, 0.5);
        case QUARTER -> smaller(pixels, 0.25);
        case SCREENSHOT -> {
          resize(pixels, SHOWN, Imgproc.INTER_LINEAR);
          yield jpeg(pixels, QUALITY_OF_SCREENSHOT);
        }
      };
    } finally {
      pixels.release();
    }
  }

  private static byte[] smaller(Mat pixels, double scale) {
    resize(pixels, scale, Imgproc.INTER_AREA);
    return jpeg(pixels, QUALITY_AFTER_RESIZE);
  }

  private static void resize(Mat pixels, double scale, int kernel) {
    Size size = new Size(side(pixels.cols() * scale), side(pixels.rows() * scale));
    Imgproc.resize(pixels, pixels, size, 0, 0, kernel);
  }

  private static double side(double length) {
    return Math.max(MIN_SIDE, Math.rint(length));
  }

  private static byte[] jpeg(Mat pixels, int quality) {
    return coded(
        pixels,
        ".jpg",
        Imgcodecs.IMWRITE_JPEG_QUALITY,
        quality,
        Imgcodecs.IMWRITE_JPEG_SAMPLING_FACTOR,
        Imgcodecs.IMWRITE_JPEG_SAMPLING_FACTOR_420);
  }

  private static byte[] coded(Mat pixels, String ending, int... options) {
    MatOfByte coded = new MatOfByte();
    MatOfInt settings = new MatOfInt(options);
    try {
      if (!Imgcodecs.imencode(ending, pixels, coded, settings)) {
        throw new IllegalStateException("pixels cannot be encoded as " + ending);
      }
      return coded.toArray();
    } finally {
      settings.release();
      coded.release();
    }
  }
}
