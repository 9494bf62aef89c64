package dev.assay.media;

import java.util.ArrayList;
import java.util.List;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Scalar;

/** Shows transparent pixels as a viewer does, on white: what cannot be seen must not be judged. */
final class Transparency {

  private Transparency() {}

  /**
   * Composites on white.
   *
   * @param bgra 8 bits, four channels, colours not multiplied by alpha; released
   * @return 8 bits, three channels
   */
  static Mat onWhite(Mat bgra) {
    List<Mat> channels = new ArrayList<>();
    Mat colours = new Mat();
    Mat alpha = new Mat();
    try {
      Core.split(bgra, channels);
      Mat mask = channels.remove(3);
      mask.convertTo(alpha, CvType.CV_32F, 1 / 255.0);
      mask.release();
      for (Mat channel : channels) {
        blend(channel, alpha);
      }
      Core.merge(channels, colours);
      return colours;
    } finally {
      channels.forEach(Mat::release);
      alpha.release();
      bgra.release();
    }
  }

  /** {@code 255 + alpha * (value - 255)}, in place. */
  private static void blend(Mat channel, Mat alpha) {
    Mat value = new Mat();
    channel.convertTo(value, CvType.CV_32F);
    Core.subtract(value, new Scalar(255), value);
    Core.multiply(value, alpha, value);
    Core.add(value, new Scalar(255), value);
    value.convertTo(channel, CvType.CV_8U);
    value.release();
  }

  /**
   * Draws a picture onto a canvas, at a place.
   *
   * @param bgra what is drawn; not released
   * @param canvas 8 bits, four channels
   */
  static void draw(Mat bgra, Mat canvas, int x, int y, boolean blend) {
    int width = Math.min(bgra.cols(), canvas.cols() - x);
    int height = Math.min(bgra.rows(), canvas.rows() - y);
    if (x < 0 || y < 0 || width <= 0 || height <= 0) {
      return;
    }
    Mat target = canvas.submat(y, y + height, x, x + width);
    Mat part = bgra.submat(0, height, 0, width);
    try {
      if (blend) {
        over(part, target);
      } else {
        part.copyTo(target);
      }
    } finally {
      part.release();
      target.release();
    }
  }

  /**
   * Porter and Duff's "over", in place: result = source alpha + what shows through of the target.
   */
  private static void over(Mat source, Mat target) {
    List<Mat> above = new ArrayList<>();
    List<Mat> below = new ArrayList<>();
    Mat mask = new Mat();
    try {
      Core.split(source, above);
      Core.split(target, below);
      above.get(3).convertTo(mask, CvType.CV_32F, 1 / 255.0);
      for (int i = 0; i < 4; i++) {
        Mat a = new Mat();
        Mat b = new Mat();
        if (i == 3) {
          // Alpha: a + b (1 - a).
          a.create(mask.size(), CvType.CV_32F);
          a.setTo(new Scalar(255));
        } else {
          above.get(i).convertTo(a, CvType.CV_32F);
        }
        below.get(i).convertTo(b, CvType.CV_32F);
        Core.subtract(a, b, a);
        Core.multiply(a, mask, a);
        Core.add(b, a, b);
        b.convertTo(below.get(i), CvType.CV_8U);
        a.release();
        b.release();
      }
      Core.merge(below, target);
    } finally {
      above.forEach(Mat::release);
      below.forEach(Mat::release);
      mask.release();
    }
  }
}
