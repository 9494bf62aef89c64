package dev.assay.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.assay.Picture;
import dev.assay.model.CropGrid.Crop;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CropGridTest {

  private static final int SIZE = 4;

  /** Each pixel's red is its column, its green its row. */
  private record Coordinates(int width, int height) implements Picture {
    @Override
    public byte[] rgb(int x, int y, int columns, int rows) {
      byte[] rgb = new byte[columns * rows * 3];
      for (int i = 0; i < columns * rows; i++) {
        rgb[3 * i] = (byte) (x + i % columns);
        rgb[3 * i + 1] = (byte) (y + i / columns);
      }
      return rgb;
    }
  }

  @Test
  void spreadsCropsFromEdgeToEdgeOfALandscapePicture() {
    assertEquals(
        List.of(
            new Crop(0, 0, 4, 4),
            new Crop(4, 0, 4, 4),
            new Crop(7, 0, 4, 4),
            new Crop(0, 5, 4, 4),
            new Crop(4, 5, 4, 4),
            new Crop(7, 5, 4, 4)),
        grid().crops(11, 9),
        "3.5 rounds up");
  }

  @Test
  void turnsTheGridForAPortraitPicture() {
    List<Crop> crops = grid().crops(9, 11);
    assertEquals(6, crops.size());
    assertEquals(new Crop(5, 7, 4, 4), crops.get(5));
  }

  @Test
  void dropsPlacesThatCoincide() {
    assertEquals(4, grid().crops(5, 5).size());
  }

  @Test
  void extendsASmallPictureByMirroringWithoutRepeatingTheEdge() {
    assertEquals(List.of(1, 0, 1, 0), reds(new Coordinates(2, 2)));
    assertEquals(List.of(0, 1, 2, 1), reds(new Coordinates(3, 3)));
  }

  @Test
  void repeatsASinglePixel() {
    assertEquals(List.of(0, 0, 0, 0), reds(new Coordinates(1, 1)));
  }

  @Test
  void ordersThePlanesByChannelAndNormalises() {
    Coordinates picture = new Coordinates(4, 4);
    CropGrid grid = new CropGrid(Cards.card(SIZE, 1, 1, 0.5, 1, 2));
    FloatBuffer tensor = grid.tensor(picture, grid.crops(4, 4));
    assertEquals(3 * 16, tensor.remaining());
    assertEquals((3 * 0.5f - 1) / 2, tensor.get(3), 1e-6f, "red of the first row is the column");
    assertEquals(
        (3 * 0.5f - 1) / 2, tensor.get(16 + 12), 1e-6f, "green of the last row is the row");
    assertEquals(-0.5f, tensor.get(32), 1e-6f, "blue is nought");
  }

  private static CropGrid grid() {
    return new CropGrid(Cards.card(SIZE, 3, 2, 1, 0, 1));
  }

  private static List<Integer> reds(Picture picture) {
    CropGrid grid = grid();
    FloatBuffer tensor = grid.tensor(picture, grid.crops(picture.width(), picture.height()));
    List<Integer> reds = new ArrayList<>();
    for (int x = 0; x < SIZE; x++) {
      reds.add((int) tensor.get(x));
    }
    return reds;
  }
}
