package dev.assay.internal.model;

import java.util.Collection;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * A part of a picture, in pixels of the picture.
 *
 * @param x left edge
 * @param y top edge
 * @param width at least 1
 * @param height at least 1
 */
record Rectangle(int x, int y, int width, int height) {

  /** The share of a picture that lies in at least one of these rectangles, 0 to 1. */
  static double coverage(Collection<Rectangle> parts, int width, int height) {
    int[] edges = parts.stream().flatMapToInt(Rectangle::columnEdges).sorted().distinct().toArray();
    long covered = 0;
    for (int i = 0; i + 1 < edges.length; i++) {
      covered += (edges[i + 1] - edges[i]) * (long) rowsCovered(parts, edges[i]);
    }
    return covered / ((double) width * height);
  }

  private IntStream columnEdges() {
    return IntStream.of(x, x + width);
  }

  /** How many rows of one column lie in a rectangle. */
  private static int rowsCovered(Collection<Rectangle> parts, int column) {
    int covered = 0;
    int reached = 0;
    for (Rectangle part :
        parts.stream()
            .filter(p -> p.x <= column && column < p.x + p.width)
            .sorted(Comparator.comparingInt(Rectangle::y))
            .toList()) {
      int end = part.y + part.height;
      covered += Math.max(0, end - Math.max(reached, part.y));
      reached = Math.max(reached, end);
    }
    return covered;
  }
}
