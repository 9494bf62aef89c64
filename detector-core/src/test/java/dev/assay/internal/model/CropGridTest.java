package dev.assay.internal.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class CropGridTest {

  private static final int SIZE = 4;

  @Test
  void spreadsCropsFromEdgeToEdgeOfALandscapePicture() {
    assertEquals(
        List.of(
            new Rectangle(0, 0, 4, 4),
            new Rectangle(4, 0, 4, 4),
            new Rectangle(7, 0, 4, 4),
            new Rectangle(0, 5, 4, 4),
            new Rectangle(4, 5, 4, 4),
            new Rectangle(7, 5, 4, 4)),
        crops(11, 9),
        "3.5 rounds up");
  }

  @Test
  void turnsTheGridForAPortraitPicture() {
    List<Rectangle> crops = crops(9, 11);
    assertEquals(6, crops.size());
    assertEquals(new Rectangle(5, 7, 4, 4), crops.get(5));
  }

  @Test
  void dropsPlacesThatCoincide() {
    assertEquals(4, crops(5, 5).size());
  }

  private static List<Rectangle> crops(int width, int height) {
    return CropGrid.crops(new ModelCard.NativeGrid(3, 2), SIZE, width, height);
  }
}
