package dev.assay.forensics;

import dev.assay.Sentence;
import dev.assay.spi.Picture;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Parts of a picture that stand in it twice (after Fridrich, Soukal and Lukas, DFRWS 2003): blocks
 * of 16 by 16 pixels are described by coarse means, sorted, and near ones that lie apart by the
 * same shift are marked.
 *
 * <p>Bright is what occurs twice. Finds parts that were copied without being turned, scaled or
 * blended much, in pictures of which a copy of half a megapixel still shows them. Patterns, windows
 * and plain areas repeat by nature; plain areas are left out.
 */
public final class CopyMove {

  private static final int SIZE = 16;
  private static final int STEP = 2;
  private static final int CELLS = 4;
  private static final int MAX_PIXELS = 500_000;
  private static final int NEIGHBOURS = 8;
  private static final int LEAST_SHIFT = 24;
  private static final int LEAST_BLOCKS = 120;
  private static final double PLAIN = 6;
  private static final double NEAR = 3;

  @SuppressWarnings("ArrayRecordComponent") // Nobody compares blocks.
  private record Block(int x, int y, float[] means) {}

  private CopyMove() {}

  /**
   * A part that stands in the picture twice.
   *
   * @param x left edge of one of the two, in pixels of the picture
   * @param y top edge, in pixels
   * @param width in pixels
   * @param height in pixels
   * @param shiftX from it to the other, in pixels
   * @param shiftY from it to the other, in pixels
   * @param blocks how many blocks of it are equal
   * @param shifts at how many shifts parts are equal: patterns repeat at many
   */
  public record Copy(
      int x, int y, int width, int height, int shiftX, int shiftY, int blocks, int shifts) {}

  /** The largest part that stands in a picture twice, if there is one. */
  public static Optional<Copy> largest(Picture picture) {
    Search search = Search.in(picture);
    return search.copied().stream()
        .max(Comparator.comparingInt(List::size))
        .map(pairs -> search.copy(pairs));
  }

  /** The map of a picture, on a copy of at most half a megapixel. */
  public static ForensicMap of(Picture picture) {
    Search search = Search.in(picture);
    float[] values = new float[search.width() * search.height()];
    search.copied().forEach(pairs -> pairs.forEach(pair -> mark(pair, values, search.width())));
    int copied = search.copied().size();
    return ForensicMap.heat(
        search.width(),
        search.height(),
        values,
        copied == 0
            ? Sentence.of("No part of the picture stands in it twice.")
            : Sentence.of(
                "Parts of the picture stand in it twice, at {0} different shifts.", copied));
  }

  /**
   * What was found.
   *
   * @param width of the copy that was searched
   * @param height of it
   * @param share its size against the picture's
   * @param copied pairs of equal blocks, by shift
   */
  private record Search(int width, int height, double share, List<List<Block[]>> copied) {

    static Search in(Picture picture) {
      double share =
          Math.sqrt(Math.min(1, MAX_PIXELS / ((double) picture.width() * picture.height())));
      int width = Math.max(1, (int) (picture.width() * share));
      int height = Math.max(1, (int) (picture.height() * share));
      byte[] rgb = picture.rgb(0, 0, picture.width(), picture.height(), width, height);
      float[] luma = new RgbRaster(0, 0, width, height, rgb).luma();
      List<Block> blocks = blocks(luma, width, height);
      blocks.sort(
          Comparator.comparingInt((Block block) -> Math.round(block.means()[0] / 4))
              .thenComparingInt(block -> Math.round(block.means()[5] / 4))
              .thenComparingInt(block -> Math.round(block.means()[10] / 4))
              .thenComparingInt(block -> Math.round(block.means()[15] / 4)));
      Map<Integer, List<Block[]>> shifts = new HashMap<>();
      for (int i = 0; i < blocks.size(); i++) {
        for (int j = i + 1; j <= Math.min(blocks.size() - 1, i + NEIGHBOURS); j++) {
          pair(blocks.get(i), blocks.get(j), shifts);
        }
      }
      return new Search(
          width,
          height,
          share,
          shifts.values().stream().filter(pairs -> pairs.size() >= LEAST_BLOCKS).toList());
    }

    Copy copy(List<Block[]> pairs) {
      int left = width;
      int top = height;
      int right = 0;
      int bottom = 0;
      for (Block[] pair : pairs) {
        Block first = first(pair);
        left = Math.min(left, first.x());
        top = Math.min(top, first.y());
        right = Math.max(right, first.x() + SIZE);
        bottom = Math.max(bottom, first.y() + SIZE);
      }
      Block first = first(pairs.get(0));
      Block second = second(pairs.get(0));
      return new Copy(
          (int) (left / share),
          (int) (top / share),
          (int) ((right - left) / share),
          (int) ((bottom - top) / share),
          (int) ((second.x() - first.x()) / share),
          (int) ((second.y() - first.y()) / share),
          pairs.size(),
          copied.size());
    }

    /** The upper of two, of the same row the left one. */
    private static Block first(Block[] pair) {
      return swapped(pair) ? pair[1] : pair[0];
    }

    private static Block second(Block[] pair) {
      return swapped(pair) ? pair[0] : pair[1];
    }

    private static boolean swapped(Block[] pair) {
      return pair[1].y() < pair[0].y() || (pair[1].y() == pair[0].y() && pair[1].x() < pair[0].x());
    }
  }

  private static List<Block> blocks(float[] luma, int width, int height) {
    List<Block> blocks = new ArrayList<>();
    int cell = SIZE / CELLS;
    for (int y = 0; y + SIZE <= height; y += STEP) {
      for (int x = 0; x + SIZE <= width; x += STEP) {
        float[] means = new float[CELLS * CELLS];
        float least = 255;
        float most = 0;
        for (int row = 0; row < SIZE; row++) {
          for (int column = 0; column < SIZE; column++) {
            means[row / cell * CELLS + column / cell] +=
                luma[(y + row) * width + x + column] / (cell * cell);
          }
        }
        for (float mean : means) {
          least = Math.min(least, mean);
          most = Math.max(most, mean);
        }
        if (most - least > PLAIN) {
          blocks.add(new Block(x, y, means));
        }
      }
    }
    return blocks;
  }

  private static void pair(Block a, Block b, Map<Integer, List<Block[]>> shifts) {
    int dx = b.x() - a.x();
    int dy = b.y() - a.y();
    if (Math.max(Math.abs(dx), Math.abs(dy)) < LEAST_SHIFT) {
      return;
    }
    for (int i = 0; i < a.means().length; i++) {
      if (Math.abs(a.means()[i] - b.means()[i]) > NEAR) {
        return;
      }
    }
    boolean turned = dy < 0 || (dy == 0 && dx < 0);
    int shift = turned ? -dy * 65_536 - dx : dy * 65_536 + dx;
    shifts.computeIfAbsent(shift, key -> new ArrayList<>()).add(new Block[] {a, b});
  }

  private static void mark(Block[] pair, float[] values, int width) {
    for (Block block : pair) {
      for (int row = 0; row < SIZE; row++) {
        for (int column = 0; column < SIZE; column++) {
          values[(block.y() + row) * width + block.x() + column] = 0.8f;
        }
      }
    }
  }
}
