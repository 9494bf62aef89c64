package dev.assay.internal.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class MarginsTest {

  private static final int WIDTH = 200;
  private static final int HEIGHT = 300;

  @Test
  void findsTheCanvasAroundAPicture() {
    byte[] canvas = plain(250);
    busy(canvas, 40, 50, 120, 180);
    assertEquals(new Margins(50, 70, 40, 40), margins(canvas));
  }

  @Test
  void findsLetterboxBars() {
    byte[] frame = plain(0);
    busy(frame, 0, 60, WIDTH, 180);
    assertEquals(new Margins(60, 60, 0, 0), margins(frame));
  }

  @Test
  void countsLetteringAroundAPictureInAScreenshotAsMargin() {
    byte[] screen = plain(18);
    for (int x = 20; x < 100; x += 3) {
      screen[(20 * WIDTH + x) * 3 + 1] = (byte) 230;
      screen[(280 * WIDTH + x) * 3 + 1] = (byte) 230;
    }
    busy(screen, 0, 60, WIDTH, 180);
    assertEquals(new Margins(60, 60, 0, 0), margins(screen));
  }

  @Test
  void cutsNothingOffASubjectThatWidensSlowlyBeforePlainGround() {
    byte[] subject = plain(255);
    for (int y = 30; y < HEIGHT; y++) {
      busy(subject, 100 - y / 4, y, y / 2, 1);
    }
    Margins margins = margins(subject);
    assertEquals(0, margins.bottom());
    assertEquals(30, margins.top(), 3, "flat rows only");
  }

  @Test
  void leavesAPlainPictureWhole() {
    assertEquals(new Margins(0, 0, 0, 0), margins(plain(128)));
  }

  private static Margins margins(byte[] rgb) {
    return Margins.of(new GreyLevels(rgb, WIDTH, HEIGHT));
  }

  private static byte[] plain(int level) {
    byte[] rgb = new byte[WIDTH * HEIGHT * 3];
    Arrays.fill(rgb, (byte) level);
    return rgb;
  }

  private static void busy(byte[] rgb, int left, int top, int width, int height) {
    for (int y = top; y < top + height; y++) {
      for (int x = left; x < left + width; x++) {
        int at = (y * WIDTH + x) * 3;
        rgb[at] = (byte) (60 + (x * 37 + y * 91) % 120);
        rgb[at + 1] = (byte) (60 + (x * 53 + y * 29) % 120);
        rgb[at + 2] = (byte) (60 + (x * 17 + y * 71) % 120);
      }
    }
  }
}
