package dev.assay.known;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Points of pictures that do not exist. */
final class KeypointPatterns {

  private KeypointPatterns() {}

  /** A point and what it looks like. */
  record Point(double x, double y, ByteBuffer descriptor) {}

  /** Points of a picture of 512 x 400 pixels. */
  record Points(List<Point> all) {

    /** The points that a copy shows which is larger and shifted, as it shows them. */
    Keypoints at(double scale, double shiftX, double shiftY) {
      Keypoints.Builder builder = new Keypoints.Builder(512, 400);
      for (Point point : all) {
        double x = point.x() * scale + shiftX;
        double y = point.y() * scale + shiftY;
        if (x >= 0 && y >= 0 && x < 512 && y < 400) {
          builder.add(x, y, point.descriptor());
        }
      }
      return builder.build();
    }
  }

  static Points any(Random random, int count) {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] descriptor = new byte[Keypoints.DESCRIPTOR_BYTES];
      random.nextBytes(descriptor);
      points.add(
          new Point(
              random.nextDouble() * 512, random.nextDouble() * 400, ByteBuffer.wrap(descriptor)));
    }
    return new Points(points);
  }
}
