package dev.assay.internal.model;

import dev.assay.internal.model.GreyLevels.GradientSums;
import dev.assay.spi.Picture;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The views of one picture, each kind made once, exactly as the training recipe makes them.
 *
 * <p>A picture loses its flat margins first. Whole views show what is left with its shorter side at
 * the side of the view; native views are crops at the picture's own resolution, or at that of a
 * copy of {@value #LONGEST} pixels where the picture is larger: the centre, then the busiest cells
 * of a grid. The grid views of {@link CropGrid} take no account of margins. Views without texture
 * are left out.
 *
 * <p>Holds no native memory. Not thread-safe.
 */
final class PictureViews {

  /** Longer side, in pixels, of the copy that margins and native views are taken from. */
  private static final int LONGEST = 2048;

  /** Of a picture that is longer than this many times its shorter side, the middle is looked at. */
  private static final int ASPECT = 8;

  /** Most cells of the grid of native views along an axis. */
  private static final int CELLS = 16;

  private record Kind(ModelCard.Views views, int side) {}

  private record Cell(int busyness, int x, int y) {}

  /** The picture at no more than {@link #LONGEST} pixels, and its margins. */
  private record Copy(RgbPixels pixels, Margins margins) {}

  private final Picture picture;
  private final Map<Kind, List<View>> made = new HashMap<>();
  private @Nullable Copy copy;

  PictureViews(Picture picture) {
    this.picture = picture;
  }

  /**
   * The views of one kind that have texture, in the order in which they were chosen.
   *
   * @param views the kind
   * @param side of a view, in pixels
   */
  List<View> of(ModelCard.Views views, int side) {
    List<View> known = made.get(new Kind(views, side));
    if (known == null) {
      PreprocessingEvent event = new PreprocessingEvent();
      event.begin();
      known = make(views, side).stream().filter(View::textured).toList();
      event.commit();
      made.put(new Kind(views, side), known);
    }
    return known;
  }

  /**
   * The picture without its margins, cut into squares side by side, all of them, textured or not.
   *
   * @param side of a view, in pixels
   */
  Tiles tiles(int side) {
    Rectangle part = trimmed();
    int shorter = Math.min(part.width(), part.height());
    int few = Tiles.alongShorter(shorter, side);
    int many =
        Math.min(
            few * Tiles.LONGEST,
            Math.round((float) few * Math.max(part.width(), part.height()) / shorter));
    boolean upright = part.height() > part.width();
    int columns = upright ? few : many;
    int rows = upright ? many : few;
    RgbPixels pixels = RgbPixels.of(picture, part, columns * side, rows * side);
    List<View> views = new ArrayList<>();
    for (int tile = 0; tile < columns * rows; tile++) {
      int x = tile % columns;
      int y = tile / columns;
      Rectangle shown =
          new Rectangle(
              part.x() + scaled(x, part.width(), columns),
              part.y() + scaled(y, part.height(), rows),
              Math.max(1, part.width() / columns),
              Math.max(1, part.height() / rows));
      views.add(new View(shown, pixels.cut(x * side, y * side, side, side)));
    }
    return new Tiles(part, columns, rows, views);
  }

  /** A square of the picture, made as large as a view. */
  View square(Rectangle part, int side) {
    return new View(part, RgbPixels.of(picture, part, side, side));
  }

  /**
   * Native views all over the picture, half over one another where their number allows it.
   *
   * @param side of a view, in pixels
   * @param most how many there may be
   */
  List<View> everywhere(int side, int most) {
    Copy looked = copy();
    int width = looked.pixels().width();
    int height = looked.pixels().height();
    int columns = cells(width, side);
    int rows = cells(height, side);
    while (columns * rows > most) {
      if (columns >= rows) {
        columns--;
      } else {
        rows--;
      }
    }
    List<View> views = new ArrayList<>();
    for (int y : starts(height, side, rows)) {
      for (int x : starts(width, side, columns)) {
        Rectangle shown =
            scaledUp(
                looked.pixels(),
                Math.max(0, x),
                Math.max(0, y),
                Math.min(side, width),
                Math.min(side, height));
        views.add(new View(shown, looked.pixels().cut(x, y, side, side)));
      }
    }
    return views.stream().filter(View::textured).toList();
  }

  private List<View> make(ModelCard.Views views, int side) {
    if (views instanceof ModelCard.Whole whole) {
      return whole(side, whole.most());
    }
    if (views instanceof ModelCard.Native nearest) {
      return nativeViews(side, nearest.most());
    }
    if (views instanceof ModelCard.NativeGrid grid) {
      return grid(grid, side);
    }
    throw new IllegalArgumentException("where faces are is not for the picture to say");
  }

  private List<View> grid(ModelCard.NativeGrid grid, int side) {
    List<View> views = new ArrayList<>();
    for (Rectangle crop : CropGrid.crops(grid, side, picture.width(), picture.height())) {
      RgbPixels pixels = RgbPixels.of(picture, crop, crop.width(), crop.height());
      int x = -((side - crop.width()) / 2);
      int y = -((side - crop.height()) / 2);
      views.add(new View(crop, pixels.cut(x, y, side, side)));
    }
    return views;
  }

  private List<View> whole(int side, int most) {
    Rectangle part = middle(trimmed());
    int shorter = Math.min(part.width(), part.height());
    int wide = Math.max(side, scaled(part.width(), side, shorter));
    int tall = Math.max(side, scaled(part.height(), side, shorter));
    RgbPixels pixels = RgbPixels.of(picture, part, wide, tall);
    int count = Math.min(most, 1 + 5 * Math.max(wide, tall) / (7 * side));
    boolean upright = part.height() > part.width();
    List<View> views = new ArrayList<>();
    for (int start : starts(upright ? tall : wide, side, count)) {
      int along = scaled(start, shorter, side);
      int x = part.x() + (upright ? 0 : along);
      int y = part.y() + (upright ? along : 0);
      views.add(
          new View(
              new Rectangle(x, y, shorter, shorter),
              pixels.cut(upright ? 0 : start, upright ? start : 0, side, side)));
    }
    return views;
  }

  private List<View> nativeViews(int side, int most) {
    Copy looked = copy();
    Margins margins = looked.margins();
    int width = looked.pixels().width() - margins.left() - margins.right();
    int height = looked.pixels().height() - margins.top() - margins.bottom();
    RgbPixels part = looked.pixels().cut(margins.left(), margins.top(), width, height);
    int before = Math.max(0, side - width) / 2;
    int above = Math.max(0, side - height) / 2;
    RgbPixels padded = part.cut(-before, -above, Math.max(side, width), Math.max(side, height));
    List<View> views = new ArrayList<>();
    for (Rectangle square : busiest(padded.grey(), side, most)) {
      Rectangle shown =
          scaledUp(
              looked.pixels(),
              margins.left() + Math.max(0, square.x() - before),
              margins.top() + Math.max(0, square.y() - above),
              Math.min(side, width),
              Math.min(side, height));
      views.add(new View(shown, padded.cut(square.x(), square.y(), side, side)));
    }
    return views;
  }

  /** The centre, then cells of a grid by busyness, each at most half covered by one before. */
  private static List<Rectangle> busiest(GreyLevels grey, int side, int most) {
    GradientSums sums = grey.gradientSums();
    List<Cell> cells = new ArrayList<>();
    for (int y : starts(grey.height(), side, cells(grey.height(), side))) {
      for (int x : starts(grey.width(), side, cells(grey.width(), side))) {
        cells.add(new Cell(sums.over(x, y, side), x, y));
      }
    }
    cells.sort(
        Comparator.comparingInt((Cell cell) -> -cell.busyness())
            .thenComparingInt(Cell::y)
            .thenComparingInt(Cell::x));
    List<Rectangle> chosen = new ArrayList<>();
    chosen.add(new Rectangle((grey.width() - side) / 2, (grey.height() - side) / 2, side, side));
    for (Cell cell : cells) {
      if (chosen.size() == most) {
        break;
      }
      Rectangle next = new Rectangle(cell.x(), cell.y(), side, side);
      if (chosen.stream().allMatch(other -> 2 * shared(next, other) <= side * side)) {
        chosen.add(next);
      }
    }
    return chosen;
  }

  private static int shared(Rectangle a, Rectangle b) {
    return Math.max(0, a.width() - Math.abs(a.x() - b.x()))
        * Math.max(0, a.height() - Math.abs(a.y() - b.y()));
  }

  private static int cells(int length, int side) {
    return Math.min(CELLS, Math.max(1, (2 * length + side - 1) / side - 1));
  }

  /** Where windows begin along an axis, the first at its start and the last at its end. */
  private static List<Integer> starts(int length, int side, int count) {
    if (count == 1 || length <= side) {
      return List.of((length - side) / 2);
    }
    List<Integer> starts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      starts.add(i * (length - side) / (count - 1));
    }
    return starts;
  }

  private static Rectangle middle(Rectangle part) {
    int width = Math.min(part.width(), ASPECT * part.height());
    int height = Math.min(part.height(), ASPECT * part.width());
    return new Rectangle(
        part.x() + (part.width() - width) / 2,
        part.y() + (part.height() - height) / 2,
        width,
        height);
  }

  /** The picture without its margins. */
  Rectangle trimmed() {
    Copy looked = copy();
    Margins margins = looked.margins();
    return scaledUp(
        looked.pixels(),
        margins.left(),
        margins.top(),
        looked.pixels().width() - margins.left() - margins.right(),
        looked.pixels().height() - margins.top() - margins.bottom());
  }

  /** A part of the copy, in pixels of the picture. */
  private Rectangle scaledUp(RgbPixels from, int x, int y, int width, int height) {
    int left = scaled(x, picture.width(), from.width());
    int top = scaled(y, picture.height(), from.height());
    return new Rectangle(
        left,
        top,
        Math.max(1, scaled(x + width, picture.width(), from.width()) - left),
        Math.max(1, scaled(y + height, picture.height(), from.height()) - top));
  }

  private static int scaled(int place, int to, int from) {
    return (int) ((long) place * to / from);
  }

  private Copy copy() {
    Copy known = copy;
    if (known == null) {
      int width = picture.width();
      int height = picture.height();
      int longer = Math.max(width, height);
      if (longer > LONGEST) {
        width = Math.max(1, scaled(width, LONGEST, longer));
        height = Math.max(1, scaled(height, LONGEST, longer));
      }
      Rectangle all = new Rectangle(0, 0, picture.width(), picture.height());
      RgbPixels pixels = RgbPixels.of(picture, all, width, height);
      known = new Copy(pixels, Margins.of(pixels.grey()));
      copy = known;
    }
    return known;
  }
}
