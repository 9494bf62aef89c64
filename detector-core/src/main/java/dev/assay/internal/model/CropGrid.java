package dev.assay.internal.model;

import java.util.ArrayList;
import java.util.List;

/**
 * The places of crops at a picture's own resolution, exactly as the training recipe has them.
 *
 * <p>Along an axis longer than the crop, places are spread evenly from edge to edge; a shorter axis
 * is taken whole, and mirrored where it is shown. No pixel is resized: the traces of synthesis lie
 * in the finest detail.
 */
final class CropGrid {

  private CropGrid() {}

  /** The crops of a picture of this size, row by row, at least one. */
  static List<Rectangle> crops(ModelCard.NativeGrid crops, int side, int width, int height) {
    boolean portrait = height > width;
    int columns = portrait ? crops.rows() : crops.columns();
    int rows = portrait ? crops.columns() : crops.rows();
    int cropWidth = Math.min(width, side);
    int cropHeight = Math.min(height, side);
    List<Rectangle> grid = new ArrayList<>();
    for (int y : places(height, side, rows)) {
      for (int x : places(width, side, columns)) {
        grid.add(new Rectangle(x, y, cropWidth, cropHeight));
      }
    }
    return grid;
  }

  private static List<Integer> places(int length, int size, int count) {
    if (length <= size) {
      return List.of(0);
    }
    if (count == 1) {
      return List.of((length - size) / 2);
    }
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      places.add((int) Math.floor((double) i * (length - size) / (count - 1) + 0.5));
    }
    return places.stream().distinct().toList();
  }
}
