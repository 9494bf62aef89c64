package dev.assay.internal.face;

/**
 * A face in a picture, in pixels of the picture; its edges and marks may lie beyond the picture.
 *
 * @param left edge of its box
 * @param top edge of its box
 * @param right edge of its box
 * @param bottom edge of its box
 * @param confidence of the detector, 0 to 1
 * @param marks where its eyes and its mouth are
 */
public record Face(
    double left, double top, double right, double bottom, double confidence, Marks marks) {

  /** Side of the square around a face, in units of {@link Marks#unit}. */
  private static final double CONTEXT = 3.2;

  /** Where the middle of the square lies, from the eyes to the mouth. */
  private static final double MIDDLE = 0.55;

  /** Distance from the eyes to the mouth of an upright face, in distances between its eyes. */
  private static final double EYES_TO_MOUTH = 1.05;

  /** A point of a picture. */
  public record Point(double x, double y) {

    private Point towards(Point other, double share) {
      return new Point(x + (other.x - x) * share, y + (other.y - y) * share);
    }

    private double distance(Point other) {
      return Math.hypot(x - other.x, y - other.y);
    }
  }

  /**
   * Landmarks, left and right as seen.
   *
   * @param leftEye middle of the eye
   * @param rightEye middle of the eye
   * @param leftMouth corner of the mouth
   * @param rightMouth corner of the mouth
   */
  public record Marks(Point leftEye, Point rightEye, Point leftMouth, Point rightMouth) {

    private Point eyes() {
      return leftEye.towards(rightEye, 0.5);
    }

    private Point mouth() {
      return leftMouth.towards(rightMouth, 0.5);
    }

    /** The distance between the eyes, or what it would be were the face not turned aside. */
    private double unit() {
      return Math.max(leftEye.distance(rightEye), eyes().distance(mouth()) / EYES_TO_MOUTH);
    }
  }

  /**
   * A square part of a picture.
   *
   * @param x left edge in pixels
   * @param y top edge in pixels
   * @param side in pixels
   */
  public record Square(int x, int y, int side) {}

  /**
   * The square around the face that models look at: the same part of every upright face, unless it
   * has to be moved or made smaller to lie within the picture.
   *
   * @param width of the picture, in pixels
   * @param height of the picture, in pixels
   */
  public Square square(int width, int height) {
    Point middle = marks.eyes().towards(marks.mouth(), MIDDLE);
    int side = (int) Math.min(Math.rint(CONTEXT * marks.unit()), Math.min(width, height));
    return new Square(
        Math.max(0, Math.min((int) Math.rint(middle.x() - side / 2.0), width - side)),
        Math.max(0, Math.min((int) Math.rint(middle.y() - side / 2.0), height - side)),
        side);
  }

  /** Intersection over union of the boxes, 0 to 1. */
  public double overlap(Face other) {
    double wide = Math.min(right, other.right) - Math.max(left, other.left);
    double high = Math.min(bottom, other.bottom) - Math.max(top, other.top);
    if (!(wide > 0 && high > 0)) {
      return 0;
    }
    return wide * high / (area() + other.area() - wide * high);
  }

  private double area() {
    return (right - left) * (bottom - top);
  }
}
