package dev.assay.model;

import dev.assay.Picture;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a picture into crops at its own resolution and writes them as a tensor, exactly as the
 * training recipe does.
 *
 * <p>Along an axis longer than the crop, places are spread evenly from edge to edge; a shorter axis
 * is extended to the crop's size by mirror reflection without repeating the edge (OpenCV's {@code
 * BORDER_REFLECT_101}), half before and half after. No pixel is resized: the traces of synthesis
 * lie in the finest detail.
 */
final class CropGrid {

  /** One crop: the rectangle of the picture that it shows. */
  record Crop(int x, int y, int width, int height) {}

  private final ModelCard.Input input;
  private final ModelCard.Crops crops;

  CropGrid(ModelCard card) {
    this.input = card.input();
    this.crops = card.crops();
  }

  /** The crops of a picture of this size, row by row, at least one. */
  List<Crop> crops(int width, int height) {
    boolean portrait = height > width;
    int columns = portrait ? crops.rows() : crops.columns();
    int rows = portrait ? crops.columns() : crops.rows();
    int cropWidth = Math.min(width, input.width());
    int cropHeight = Math.min(height, input.height());
    List<Crop> grid = new ArrayList<>();
    for (int y : places(height, input.height(), rows)) {
      for (int x : places(width, input.width(), columns)) {
        grid.add(new Crop(x, y, cropWidth, cropHeight));
      }
    }
    return grid;
  }

  /**
   * The crops as one batch.
   *
   * @return {@code crops.size() x 3 x height x width} floats, normalised as the card says, ready to
   *     read
   */
  FloatBuffer tensor(Picture picture, List<Crop> grid) {
    int plane = input.width() * input.height();
    float[] batch = new float[grid.size() * 3 * plane];
    float[][] values = normalisedValues();
    int[] columns = new int[input.width()];
    int[] rows = new int[input.height()];
    int offset = 0;
    for (Crop crop : grid) {
      byte[] rgb = picture.rgb(crop.x(), crop.y(), crop.width(), crop.height());
      reflect(columns, crop.width());
      reflect(rows, crop.height());
      for (int y = 0; y < rows.length; y++) {
        int row = rows[y] * crop.width();
        for (int x = 0; x < columns.length; x++) {
          int from = (row + columns[x]) * 3;
          int to = offset + y * columns.length + x;
          batch[to] = values[0][rgb[from] & 0xFF];
          batch[to + plane] = values[1][rgb[from + 1] & 0xFF];
          batch[to + 2 * plane] = values[2][rgb[from + 2] & 0xFF];
        }
      }
      offset += 3 * plane;
    }
    return FloatBuffer.wrap(batch);
  }

  private float[][] normalisedValues() {
    float[][] values = new float[3][256];
    for (int channel = 0; channel < 3; channel++) {
      for (int value = 0; value < 256; value++) {
        values[channel][value] =
            (float)
                ((value * input.scale() - input.mean().get(channel)) / input.std().get(channel));
      }
    }
    return values;
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

  /**
   * Fills {@code index} with the source position of each place, mirrored where the source is
   * shorter.
   */
  private static void reflect(int[] index, int length) {
    int before = (index.length - length) / 2;
    int period = Math.max(1, 2 * length - 2);
    for (int i = 0; i < index.length; i++) {
      int folded = Math.floorMod(i - before, period);
      index[i] = folded < length ? folded : period - folded;
    }
  }
}
