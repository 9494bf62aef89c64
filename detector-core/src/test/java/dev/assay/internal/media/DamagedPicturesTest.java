package dev.assay.internal.media;

import static dev.assay.internal.metadata.Containers.join;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.Limits;
import dev.assay.MediaException;
import dev.assay.WarningCode;
import dev.assay.internal.natives.OpenCv;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged pictures that a browser shows are judged, with a warning; none is turned wrongly. */
class DamagedPicturesTest {

  private static final int WIDTH = 90;
  private static final int HEIGHT = 70;

  @BeforeAll
  static void loadOpenCv() {
    OpenCv.version();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void showsAPngThatIsCutAnywhereBehindItsFirstPixels(boolean interlaced) throws Exception {
    byte[] whole = png(interlaced);
    int data = 33 + 8;
    for (int end = data + 400; end < whole.length; end += 331) {
      try (OpenedMedia media = open(Arrays.copyOf(whole, end))) {
        assertEquals(WIDTH, media.frames().get(0).picture().width());
        assertEquals(WarningCode.TRUNCATED, media.warnings().get(0).code());
        if (!interlaced) {
          assertArrayEquals(
              pixel(whole, 3, 0), media.frames().get(0).picture().rgb(3, 0, 1, 1), "at " + end);
        }
      }
    }
  }

  @Test
  void showsAPngWithoutItsEnd() throws Exception {
    byte[] whole = png(false);
    try (OpenedMedia media = open(Arrays.copyOf(whole, whole.length - 12))) {
      assertArrayEquals(all(whole), media.frames().get(0).picture().rgb(0, 0, WIDTH, HEIGHT));
      assertEquals(WarningCode.TRUNCATED, media.warnings().get(0).code());
    }
  }

  @Test
  void showsAPngWithAWrongChecksum() throws Exception {
    byte[] whole = png(false);
    byte[] damaged = whole.clone();
    damaged[whole.length - 14] ^= 0x55;
    try (OpenedMedia media = open(damaged)) {
      assertArrayEquals(all(whole), media.frames().get(0).picture().rgb(0, 0, WIDTH, HEIGHT));
      assertTrue(media.warnings().get(0).message().contains("checksum"));
    }
  }

  @Test
  void neverCallsAPngWhateverBytesAreWrongAnythingButAPng() throws Exception {
    byte[] whole = png(false);
    Random random = new Random(3);
    for (int i = 0; i < 200; i++) {
      byte[] damaged = whole.clone();
      damaged[8 + random.nextInt(whole.length - 8)] = (byte) random.nextInt(256);
      try (OpenedMedia media = open(damaged)) {
        assertEquals("image/png", media.mediaType());
        media.frames();
      } catch (MediaException e) {
        assertTrue(e.getMessage().length() > 10);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "HTTP/1.1 200 OK\r\n\r\n", "a few words before\r\n", "\0\0\0\0"})
  void namesThePictureThatStandsBehindOtherContent(String before) throws Exception {
    byte[] lead = before.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    byte[] jpeg = written("jpeg", false);
    for (byte[] picture : new byte[][] {png(false), jpeg}) {
      MediaException e = assertThrows(MediaException.class, () -> open(join(lead, picture)));
      String name = picture == jpeg ? "JPEG" : "PNG";
      assertTrue(
          e.getMessage().contains("A " + name + " begins at byte " + lead.length), e.getMessage());
    }
  }

  @Test
  void namesAPngThatWasTransferredAsText() throws Exception {
    byte[] png = png(false);
    byte[] text = join(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\n', 26, '\n'}, tail(png, 8));
    MediaException e = assertThrows(MediaException.class, () -> open(text));
    assertTrue(e.getMessage().contains("PNG with a damaged signature"), e.getMessage());
  }

  private static byte[] tail(byte[] content, int from) {
    return Arrays.copyOfRange(content, from, content.length);
  }

  @Test
  void showsAProgressiveJpegThatIsCutAnywhereBehindItsFirstScan() throws Exception {
    byte[] whole = progressive();
    int first = nth(whole, 0xDA, 1);
    int second = nth(whole, 0xDA, 2);
    assertTrue(second > first);
    for (int end = second; end < whole.length; end += 37) {
      try (OpenedMedia media = open(Arrays.copyOf(whole, end))) {
        assertEquals(WIDTH, media.frames().get(0).picture().width(), "cut at " + end);
        assertEquals(WarningCode.TRUNCATED, media.warnings().get(0).code());
      }
    }
  }

  /** Upright, a tiled TIFF is the same whatever way round it lies in the file. */
  @ParameterizedTest
  @CsvSource({"1", "2", "3", "4", "5", "6", "7", "8"})
  void turnsATiledTiffAsAWhole(int orientation) throws Exception {
    for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
      for (int[] size : new int[][] {{40, 24}, {32, 32}, {33, 50}}) {
        int width = size[0];
        int height = size[1];
        try (OpenedMedia media = open(tiled(width, height, orientation, order))) {
          var picture = media.frames().get(0).picture();
          boolean turned = orientation >= 5;
          assertEquals(turned ? height : width, picture.width());
          for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
              int[] shown = shown(x, y, width, height, orientation);
              assertArrayEquals(
                  colour(x, y), picture.rgb(shown[0], shown[1], 1, 1), x + " " + y + " " + order);
            }
          }
        }
      }
    }
  }

  /** Where a stored pixel is shown: TIFF 6.0, tag 274. */
  private static int[] shown(int x, int y, int width, int height, int orientation) {
    int right = width - 1 - x;
    int down = height - 1 - y;
    return switch (orientation) {
      case 2 -> new int[] {right, y};
      case 3 -> new int[] {right, down};
      case 4 -> new int[] {x, down};
      case 5 -> new int[] {y, x};
      case 6 -> new int[] {down, x};
      case 7 -> new int[] {down, right};
      case 8 -> new int[] {y, right};
      default -> new int[] {x, y};
    };
  }

  private static byte[] colour(int x, int y) {
    return new byte[] {(byte) (5 * x), (byte) (4 * y), (byte) (x * y)};
  }

  private static byte[] tiled(int width, int height, int orientation, ByteOrder order) {
    int tile = 16;
    int across = (width + tile - 1) / tile;
    int down = (height + tile - 1) / tile;
    int tiles = across * down;
    int bytesOfTile = 3 * tile * tile;
    int[][] fields = {
      {256, 4, 1, width},
      {257, 4, 1, height},
      {258, 3, 3, 0},
      {259, 3, 1, 1},
      {262, 3, 1, 2},
      {274, 3, 1, orientation},
      {277, 3, 1, 3},
      {284, 3, 1, 1},
      {322, 3, 1, tile},
      {323, 3, 1, tile},
      {324, 4, tiles, 0},
      {325, 4, tiles, 0}
    };
    int directory = 8;
    int bits = directory + 2 + 12 * fields.length + 4;
    int offsets = bits + 6;
    int counts = offsets + 4 * tiles;
    int data = counts + 4 * tiles;
    ByteBuffer file = ByteBuffer.allocate(data + tiles * bytesOfTile).order(order);
    file.put((byte) (order == ByteOrder.LITTLE_ENDIAN ? 'I' : 'M'));
    file.put((byte) (order == ByteOrder.LITTLE_ENDIAN ? 'I' : 'M'));
    file.putShort((short) 42).putInt(directory).putShort((short) fields.length);
    for (int[] field : fields) {
      file.putShort((short) field[0]).putShort((short) field[1]).putInt(field[2]);
      int value =
          field[0] == 258 ? bits : field[0] == 324 ? offsets : field[0] == 325 ? counts : -1;
      if (value >= 0) {
        file.putInt(value);
      } else if (field[1] == 3) {
        file.putShort((short) field[3]).putShort((short) 0);
      } else {
        file.putInt(field[3]);
      }
    }
    file.putInt(0).putShort((short) 8).putShort((short) 8).putShort((short) 8);
    for (int i = 0; i < tiles; i++) {
      file.putInt(offsets + 4 * i, data + i * bytesOfTile);
      file.putInt(counts + 4 * i, bytesOfTile);
    }
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int index = y / tile * across + x / tile;
        file.put(data + index * bytesOfTile + 3 * (y % tile * tile + x % tile), colour(x, y), 0, 3);
      }
    }
    return file.array();
  }

  private static byte[] pixel(byte[] png, int x, int y) throws Exception {
    try (OpenedMedia media = open(png)) {
      return media.frames().get(0).picture().rgb(x, y, 1, 1);
    }
  }

  private static byte[] all(byte[] png) throws Exception {
    try (OpenedMedia media = open(png)) {
      return media.frames().get(0).picture().rgb(0, 0, WIDTH, HEIGHT);
    }
  }

  private static BufferedImage picture() {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(1);
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        image.setRGB(x, y, random.nextInt(1 << 24));
      }
    }
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(Color.ORANGE);
    graphics.fillRect(0, 0, 20, 4);
    graphics.dispose();
    return image;
  }

  private static byte[] png(boolean interlaced) throws Exception {
    byte[] written = written("png", interlaced);
    // One chunk of pixels after the header, as the test counts on.
    assertEquals("IDAT", new String(written, 37, 4, java.nio.charset.StandardCharsets.US_ASCII));
    return join(written);
  }

  private static byte[] progressive() throws Exception {
    return written("jpeg", true);
  }

  private static byte[] written(String format, boolean progressive) throws Exception {
    ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
    ImageWriteParam settings = writer.getDefaultWriteParam();
    settings.setProgressiveMode(
        progressive ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
      writer.setOutput(stream);
      writer.write(null, new IIOImage(picture(), null, null), settings);
    } finally {
      writer.dispose();
    }
    return out.toByteArray();
  }

  /** Where the content of the nth segment of a kind begins. */
  private static int nth(byte[] jpeg, int marker, int count) {
    int found = 0;
    for (int i = 0; i + 1 < jpeg.length; i++) {
      if ((jpeg[i] & 0xff) == 0xff && (jpeg[i + 1] & 0xff) == marker && ++found == count) {
        return i + 2;
      }
    }
    return -1;
  }

  private static OpenedMedia open(byte[] content) throws Exception {
    return MediaOpener.open(Source.of(content, "x"), Limits.defaults());
  }
}
