package dev.assay.internal.model;

import java.util.List;

/**
 * A picture without its flat margins, cut into squares that lie side by side.
 *
 * @param part what they show together, in pixels of the picture
 * @param columns squares side by side
 * @param rows squares above one another
 * @param views the squares by rows
 */
record Tiles(Rectangle part, int columns, int rows, List<View> views) {

  /** Squares along the shorter side of a picture that is large enough. */
  static final int ALONG_SHORTER = 2;

  /**
   * Most squares along the longer side for each along the shorter; longer pictures are squeezed.
   */
  static final int LONGEST = 3;

  Tiles {
    views = List.copyOf(views);
  }

  /** One square by itself. */
  static Tiles one(View view) {
    return new Tiles(view.region(), 1, 1, List.of(view));
  }

  /** How many squares lie along the shorter side of that length, seen at most little enlarged. */
  static int alongShorter(int length, int side) {
    return 2 * length >= 3 * side ? ALONG_SHORTER : 1;
  }
}
