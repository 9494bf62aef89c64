package dev.assay.internal.media;

import dev.assay.known.Keypoints;
import dev.assay.spi.Picture;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.KeyPoint;
import org.opencv.core.Mat;
import org.opencv.core.MatOfKeyPoint;
import org.opencv.features2d.ORB;
import org.opencv.imgproc.Imgproc;

/** Finds the key points of pictures, by OpenCV's ORB. */
public final class PictureKeypoints {

  private static final float SCALE = 1.2f;
  private static final int LEVELS = 8;
  private static final int EDGE = 19;
  private static final int PATCH = 31;

  /** Grey levels by which a corner differs from its surroundings: soft pictures have points too. */
  private static final int FAST_THRESHOLD = 7;

  /** One for each thread, as long as it lives: its native part is freed by no call. */
  private static final ThreadLocal<ORB> DETECTOR =
      ThreadLocal.withInitial(
          () ->
              ORB.create(
                  Keypoints.MAX_POINTS,
                  SCALE,
                  LEVELS,
                  EDGE,
                  0,
                  2,
                  ORB.HARRIS_SCORE,
                  PATCH,
                  FAST_THRESHOLD));

  private PictureKeypoints() {}

  /**
   * The key points of a picture and of what a mirror shows of it.
   *
   * @param upright those of the picture
   * @param mirrored with left and right exchanged
   */
  public record Pair(Keypoints upright, Keypoints mirrored) {}

  /**
   * Finds the key points of a part of a picture, and of what a mirror shows of it.
   *
   * @param x left edge of the part, in pixels
   * @param y top edge
   * @param width of the part
   * @param height of the part
   */
  public static Pair both(Picture picture, int x, int y, int width, int height) {
    Mat grey = grey(picture, x, y, width, height);
    Mat mirror = new Mat();
    try {
      Core.flip(grey, mirror, 1);
      return new Pair(of(grey), of(mirror));
    } finally {
      mirror.release();
      grey.release();
    }
  }

  /** The part with its longer side at {@link Keypoints#SIDE}, in grey levels. */
  private static Mat grey(Picture picture, int x, int y, int width, int height) {
    double scale = (double) Keypoints.SIDE / Math.max(width, height);
    int columns = (int) Math.max(1, Math.rint(width * scale));
    int rows = (int) Math.max(1, Math.rint(height * scale));
    Mat pixels = new Mat(rows, columns, CvType.CV_8UC3);
    try {
      pixels.put(0, 0, picture.rgb(x, y, width, height, columns, rows));
      Mat grey = new Mat();
      Imgproc.cvtColor(pixels, grey, Imgproc.COLOR_RGB2GRAY);
      return grey;
    } finally {
      pixels.release();
    }
  }

  private static Keypoints of(Mat grey) {
    MatOfKeyPoint points = new MatOfKeyPoint();
    Mat descriptors = new Mat();
    Mat everywhere = new Mat();
    try {
      DETECTOR.get().detectAndCompute(grey, everywhere, points, descriptors);
      return strongestFirst(points.toArray(), descriptors, grey.cols(), grey.rows());
    } finally {
      everywhere.release();
      descriptors.release();
      points.release();
    }
  }

  private static Keypoints strongestFirst(
      KeyPoint[] points, Mat descriptors, int width, int height) {
    byte[] bytes = new byte[points.length * Keypoints.DESCRIPTOR_BYTES];
    if (points.length > 0) {
      descriptors.get(0, 0, bytes);
    }
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < points.length; i++) {
      order.add(i);
    }
    order.sort(Comparator.comparingDouble(i -> -points[i].response));
    Keypoints.Builder builder = new Keypoints.Builder(width, height);
    for (int i : order) {
      builder.add(
          points[i].pt.x,
          points[i].pt.y,
          ByteBuffer.wrap(bytes, i * Keypoints.DESCRIPTOR_BYTES, Keypoints.DESCRIPTOR_BYTES)
              .slice());
    }
    return builder.build();
  }
}
