package dev.assay.internal.media;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.assay.FailureCode;
import dev.assay.Limits;
import dev.assay.MediaException;
import dev.assay.MediaKind;
import dev.assay.Report;
import dev.assay.WarningCode;
import dev.assay.internal.natives.OpenCv;
import dev.assay.spi.Picture;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.core.MatOfInt;
import org.opencv.core.Rect;
import org.opencv.core.Scalar;
import org.opencv.imgcodecs.Imgcodecs;

class ImagesTest {

  private static final int WIDTH = 64;
  private static final int HEIGHT = 48;
  private static final int TOLERANCE = 12;

  @BeforeAll
  static void loadOpenCv() {
    OpenCv.version();
  }

  @ParameterizedTest
  @CsvSource({
    ".jpg, image/jpeg, 1",
    ".png, image/png, 0",
    ".webp, image/webp, 12",
    ".bmp, image/bmp, 0",
    ".tiff, image/tiff, 0"
  })
  void decodesWhatOpenCvEncodes(String extension, String type, int tolerance) throws Exception {
    byte[] content = encoded(extension);
    try (OpenedMedia media = open(content)) {
      assertEquals(type, media.mediaType());
      assertEquals(MediaKind.IMAGE, media.kind());
      Picture picture = media.frames().get(0).picture();
      assertEquals(WIDTH, picture.width());
      assertEquals(HEIGHT, picture.height());
      assertColour(picture, 8, 8, 250, 10, 20, tolerance);
      assertColour(picture, WIDTH - 8, HEIGHT - 8, 10, 10, 200, tolerance);
      assertEquals("opencv 4.9.0", media.facts().decoder().orElseThrow());
      assertEquals(List.of(), media.warnings());
    }
  }

  @Test
  void decodesTheFirstPictureOfAGif() throws Exception {
    try (OpenedMedia media = open(gif())) {
      assertEquals("image/gif", media.mediaType());
      assertColour(media.frames().get(0).picture(), 8, 8, 250, 10, 20, 0);
      assertEquals(1, media.facts().frames().orElseThrow());
      assertTrue(media.facts().decoder().orElseThrow().startsWith("ffmpeg "));
    }
  }

  @Test
  void decodesAvif(@TempDir Path folder) throws Exception {
    Path file =
        new TestVideo().codec("libaom-av1").frames(1, 1).write(folder.resolve("still.avif"));
    try (OpenedMedia media = open(file)) {
      assertEquals("image/avif", media.mediaType());
      Picture picture = media.frames().get(0).picture();
      assertEquals(320, picture.width());
      assertTrue(grey(picture, 300, 100) > 190 && grey(picture, 20, 100) < 60);
    }
  }

  /** Phones write HEIC as a grid of tiles, cropped, with a turn beside it. */
  @Test
  void putsTheTilesOfAGridTogether(@TempDir Path folder) throws Exception {
    Path tile =
        new TestVideo()
            .codec("libaom-av1")
            .size(128, 128)
            .frames(1, 1)
            .write(folder.resolve("tile.avif"));
    byte[] upright = TestGrid.of(Files.readAllBytes(tile), 128, 240, 200, 0);
    try (OpenedMedia media = open(upright)) {
      Picture picture = media.frames().get(0).picture();
      assertEquals(240, picture.width());
      assertEquals(200, picture.height());
      for (int y : new int[] {20, 180}) {
        assertTrue(grey(picture, 20, y) < 60 && grey(picture, 110, y) > 190, "left tiles");
        assertTrue(grey(picture, 150, y) < 60 && grey(picture, 230, y) > 190, "right tiles");
      }
    }
    byte[] turned = TestGrid.of(Files.readAllBytes(tile), 128, 240, 200, 3);
    try (OpenedMedia media = open(turned)) {
      Picture picture = media.frames().get(0).picture();
      assertEquals(200, picture.width());
      assertEquals(240, picture.height());
      assertTrue(grey(picture, 100, 20) < 60 && grey(picture, 100, 110) > 190, "clockwise");
    }
    try (OpenedMedia media =
        MediaOpener.open(Source.of(upright, "x"), Limits.defaults().withPixels(128 * 200))) {
      assertEquals(
          FailureCode.TOO_MANY_PIXELS, assertThrows(MediaException.class, media::frames).code());
    }
  }

  /** Four inks, inverted as Adobe's programs write them, with and without their mark. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void decodesJpegsInFourInks(boolean marked) throws Exception {
    byte[] content = jpegInFourInks(0, 200, 220, 10);
    if (marked) {
      byte[] mark = "\u00ff\u00ee\0\u000eAdobe\0d\0\0\0\0\0".getBytes(ISO_8859_1);
      content = inserted(content, 2, mark);
    }
    try (OpenedMedia media = open(content)) {
      Picture picture = media.frames().get(0).picture();
      assertColour(picture, 8, 8, 245, 53, 34, 4);
      assertEquals("image/jpeg", media.mediaType());
    }
  }

  @Test
  void countsThePicturesOfAnAnimatedPng() throws Exception {
    byte[] control = ByteBuffer.allocate(8).putInt(7).putInt(0).array();
    byte[] content = inserted(encoded(".png"), 8 + 25, chunk("acTL", control));
    try (OpenedMedia media = open(content)) {
      assertColour(media.frames().get(0).picture(), 8, 8, 250, 10, 20, 0);
      assertEquals(7, media.facts().frames().orElseThrow());
      assertEquals(List.of(WarningCode.FIRST_PICTURE_ONLY), codes(media));
    }
  }

  @Test
  void countsThePagesOfATiff(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("pages.tiff");
    Mat page = pattern();
    assertTrue(Imgcodecs.imwritemulti(file.toString(), List.of(page, page, page)));
    try (OpenedMedia media = open(file)) {
      assertColour(media.frames().get(0).picture(), 8, 8, 250, 10, 20, 0);
      assertEquals(3, media.facts().frames().orElseThrow());
      assertEquals(List.of(WarningCode.FIRST_PICTURE_ONLY), codes(media));
    }
  }

  @Test
  void judgesNoPreviewOfARawFile() throws Exception {
    ByteBuffer tiff = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
    tiff.put("II*\0".getBytes(ISO_8859_1)).putInt(8).putShort((short) 3);
    for (int[] entry : new int[][] {{254, 1}, {256, 160}, {257, 120}}) {
      tiff.putShort((short) entry[0]).putShort((short) 4).putInt(1).putInt(entry[1]);
    }
    assertFails(FailureCode.UNSUPPORTED_FORMAT, tiff.array());
  }

  @Test
  void refusesJpegsThatCostAThousandPasses() throws Exception {
    MatOfByte bytes = new MatOfByte();
    MatOfInt progressive = new MatOfInt(Imgcodecs.IMWRITE_JPEG_PROGRESSIVE, 1);
    assertTrue(Imgcodecs.imencode(".jpg", pattern(), bytes, progressive));
    byte[] content = bytes.toArray();
    try (OpenedMedia media = open(content)) {
      assertColour(media.frames().get(0).picture(), 8, 8, 250, 10, 20, TOLERANCE);
      assertEquals(List.of(), media.warnings());
    }
    String text = new String(content, ISO_8859_1);
    int last = text.lastIndexOf("\u00ff\u00da");
    String scan = text.substring(last, text.length() - 2);
    String many = text.substring(0, last) + scan.repeat(1000) + "\u00ff\u00d9";
    assertFails(FailureCode.CORRUPT, many.getBytes(ISO_8859_1));
  }

  @Test
  void samplesTheFramesOfAnAnimatedWebp() throws Exception {
    try (OpenedMedia media = open(animatedWebp(5))) {
      assertEquals("image/webp", media.mediaType());
      assertColour(media.frames().get(0).picture(), 8, 8, 250, 10, 20, TOLERANCE);
      assertEquals(5, media.facts().frames().orElseThrow());
      assertEquals(5, media.frames().size());
      assertEquals(0.4, media.frames().get(4).timeSeconds(), 1e-9);
      assertEquals(List.of(), media.warnings());
    }
  }

  @Test
  void cutsDeepSamplesToEightBits() throws Exception {
    Mat deep = new Mat(HEIGHT, WIDTH, CvType.CV_16UC3, new Scalar(0x20ff, 0x8000, 0xff00));
    try (OpenedMedia media = open(encode(deep, ".png"))) {
      assertColour(media.frames().get(0).picture(), 5, 5, 0xff, 0x80, 0x20, 1);
    }
  }

  @Test
  void showsGreyAsColourAndTransparencyOnWhite() throws Exception {
    try (OpenedMedia grey =
        open(encode(new Mat(HEIGHT, WIDTH, CvType.CV_8UC1, new Scalar(77)), ".png"))) {
      assertColour(grey.frames().get(0).picture(), 5, 5, 77, 77, 77, 0);
    }
    Mat transparent = new Mat(HEIGHT, WIDTH, CvType.CV_8UC4, new Scalar(10, 20, 30, 0));
    try (OpenedMedia media = open(encode(transparent, ".png"))) {
      assertColour(media.frames().get(0).picture(), 5, 5, 255, 255, 255, 0);
    }
  }

  @Test
  void decodesASinglePixel() throws Exception {
    try (OpenedMedia media =
        open(encode(new Mat(1, 1, CvType.CV_8UC3, new Scalar(1, 2, 3)), ".png"))) {
      assertEquals(1, media.frames().get(0).picture().width());
      assertColour(media.frames().get(0).picture(), 0, 0, 3, 2, 1, 0);
    }
  }

  /** Where the red corner of the picture, coded at the top left, stands after each orientation. */
  @ParameterizedTest
  @CsvSource({
    "1, left, top", "2, right, top", "3, right, bottom", "4, left, bottom",
    "5, left, top", "6, right, top", "7, right, bottom", "8, left, bottom"
  })
  void standsPicturesUpright(int orientation, String column, String row) throws Exception {
    for (byte[] content :
        List.of(
            jpegWithOrientation(orientation),
            pngWithOrientation(orientation),
            webpWithOrientation(orientation))) {
      try (OpenedMedia media = open(content)) {
        Picture picture = media.frames().get(0).picture();
        boolean turned = orientation >= 5;
        assertEquals(turned ? HEIGHT : WIDTH, picture.width());
        assertEquals(turned ? WIDTH : HEIGHT, picture.height());
        int x = column.equals("left") ? 4 : picture.width() - 5;
        int y = row.equals("top") ? 4 : picture.height() - 5;
        assertColour(picture, x, y, 250, 10, 20, TOLERANCE);
      }
    }
  }

  @Test
  void recognisesContentWhateverTheNameSays(@TempDir Path folder) throws Exception {
    Path file = Files.write(folder.resolve("photo.mp4"), encoded(".png"));
    try (OpenedMedia media = open(file)) {
      assertEquals("image/png", media.mediaType());
    }
  }

  @Test
  void judgesWhatIsLeftOfATruncatedJpegAndSaysSo() throws Exception {
    byte[] whole = encoded(".jpg");
    try (OpenedMedia media = open(Arrays.copyOf(whole, whole.length - 40))) {
      assertEquals(WIDTH, media.frames().get(0).picture().width());
      assertEquals(
          List.of(WarningCode.TRUNCATED),
          media.warnings().stream().map(Report.Warning::code).toList());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {".jpg", ".png", ".webp", ".bmp", ".tiff"})
  void survivesFilesCutOffAnywhere(String extension) throws Exception {
    byte[] whole = encoded(extension);
    for (int length = 1; length < whole.length; length += Math.max(1, whole.length / 60)) {
      byte[] part = Arrays.copyOf(whole, length);
      try (OpenedMedia media = open(part)) {
        media.frames().get(0).picture();
      } catch (MediaException e) {
        assertTrue(
            List.of(
                    FailureCode.CORRUPT,
                    FailureCode.NOT_MEDIA,
                    FailureCode.NOT_RECOGNISED,
                    FailureCode.UNSUPPORTED_FORMAT)
                .contains(e.code()),
            length + ": " + e.code());
      }
    }
  }

  @Test
  void refusesAHeaderOfTenThousandMegapixelsWithoutDecodingIt() throws Exception {
    ByteBuffer header =
        ByteBuffer.allocate(13).putInt(100_000).putInt(100_000).put(new byte[] {8, 2, 0, 0, 0});
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    png.writeBytes("\u0089PNG\r\n\u001a\n".getBytes(ISO_8859_1));
    png.writeBytes(chunk("IHDR", header.array()));
    png.writeBytes(chunk("IDAT", new byte[16]));
    png.writeBytes(chunk("IEND", new byte[0]));
    assertFails(FailureCode.TOO_MANY_PIXELS, png.toByteArray());
  }

  @ParameterizedTest
  @ValueSource(strings = {".jpg", ".png", ".webp", ".bmp", ".tiff"})
  void holdsEveryHeaderAgainstTheLimit(String extension) throws Exception {
    byte[] content = encoded(extension);
    Limits limits = Limits.defaults().withPixels(WIDTH * HEIGHT - 1);
    try (OpenedMedia media = MediaOpener.open(Source.of(content, "x"), limits)) {
      MediaException e = assertThrows(MediaException.class, media::frames);
      assertEquals(FailureCode.TOO_MANY_PIXELS, e.code());
    }
  }

  @Test
  void refusesSidesThatNoDecoderTakes() throws Exception {
    byte[] content = encoded(".png");
    ByteBuffer.wrap(content).putInt(16, 2_000_000).putInt(20, 1);
    assertFails(FailureCode.TOO_MANY_PIXELS, content);
  }

  @Test
  void refusesAGifOfFourThousandMegapixels() throws Exception {
    byte[] content = gif();
    ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).putInt(6, 65_000 << 16 | 65_000);
    assertFails(FailureCode.TOO_MANY_PIXELS, content);
  }

  @Test
  void saysNothingOfPixelsThatDidNotComeOut() throws Exception {
    byte[] whole = encoded(".webp");
    try (OpenedMedia media = open(Arrays.copyOf(whole, whole.length / 2))) {
      assertThrows(MediaException.class, media::frames);
      assertEquals(List.of(), media.warnings());
    }
  }

  @Test
  void holdsPicturesCodedAsVideoAgainstTheLimit() throws Exception {
    try (OpenedMedia media =
        MediaOpener.open(Source.of(gif(), "x"), Limits.defaults().withPixels(WIDTH * HEIGHT - 1))) {
      assertEquals(
          FailureCode.TOO_MANY_PIXELS, assertThrows(MediaException.class, media::frames).code());
    }
  }

  @Test
  void saysWhyAFileCannotBeOpened(@TempDir Path folder) throws Exception {
    assertFails(FailureCode.EMPTY_FILE, new byte[0]);
    assertFails(FailureCode.NOT_MEDIA, "Dear Sir or Madam,\n".getBytes(UTF_8));
    assertFails(FailureCode.NOT_RECOGNISED, new byte[100]);
    assertFails(FailureCode.NOT_MEDIA, "The wide road goes on.\n".getBytes(UTF_8));
    assertFails(FailureCode.NOT_MEDIA, "\ufeffDear Sir or Madam,\n".getBytes(UTF_16LE));
    assertFails(FailureCode.CORRUPT, "8BPS\0\1 and so on".getBytes(ISO_8859_1));
    assertFails(
        FailureCode.UNSUPPORTED_FORMAT,
        "<svg xmlns=\"http://www.w3.org/2000/svg\"/>".getBytes(UTF_8));
    assertFails(FailureCode.UNSUPPORTED_FORMAT, "\0\0\0\fJXL \r\n\u0087\n".getBytes(ISO_8859_1));
    assertEquals(
        FailureCode.NOT_FOUND,
        assertThrows(MediaException.class, () -> open(folder.resolve("gone"))).code());
    assertEquals(
        FailureCode.NOT_A_FILE, assertThrows(MediaException.class, () -> open(folder)).code());
    assertEquals(
        FailureCode.TOO_MANY_BYTES,
        assertThrows(
                MediaException.class,
                () -> MediaOpener.open(Source.of(new byte[9], "x"), Limits.defaults().withBytes(8)))
            .code());
  }

  @Test
  void saysThatAFileMayNotBeRead(@TempDir Path folder) throws Exception {
    Path file = Files.write(folder.resolve("secret.png"), encoded(".png"));
    assumeTrue(file.toFile().setReadable(false), "SKIPPED: files here cannot be locked");
    assumeFalse(Files.isReadable(file), "SKIPPED: whoever runs this may read everything");
    assertThrows(AccessDeniedException.class, () -> open(file));
  }

  @Test
  void saysThatADeviceIsNoFile() {
    Path device = Path.of("/dev/null");
    assumeTrue(Files.exists(device), "SKIPPED: there is no /dev/null here");
    assertEquals(
        FailureCode.NOT_A_FILE, assertThrows(MediaException.class, () -> open(device)).code());
  }

  @Test
  void givesPixelsOnlyWithinThePictureAndUntilItIsClosed() throws Exception {
    OpenedMedia media = open(encoded(".png"));
    Picture picture = media.frames().get(0).picture();
    assertThrows(IndexOutOfBoundsException.class, () -> picture.rgb(1, 0, WIDTH, 1));
    assertThrows(IndexOutOfBoundsException.class, () -> picture.rgb(-1, 0, 1, 1));
    media.close();
    assertThrows(IllegalStateException.class, () -> picture.rgb(0, 0, 1, 1));
    assertEquals(WIDTH, media.facts().width().orElseThrow(), "facts outlive the pixels");
  }

  /** The upper left quarter red, the lower right blue, the rest grey. */
  private static Mat pattern() {
    Mat picture = new Mat(HEIGHT, WIDTH, CvType.CV_8UC3, new Scalar(128, 128, 128));
    picture.submat(new Rect(0, 0, WIDTH / 2, HEIGHT / 2)).setTo(new Scalar(20, 10, 250));
    picture
        .submat(new Rect(WIDTH / 2, HEIGHT / 2, WIDTH / 2, HEIGHT / 2))
        .setTo(new Scalar(200, 10, 10));
    return picture;
  }

  private static byte[] encoded(String extension) {
    return encode(pattern(), extension);
  }

  private static byte[] encode(Mat picture, String extension) {
    MatOfByte bytes = new MatOfByte();
    assertTrue(Imgcodecs.imencode(extension, picture, bytes, new MatOfInt()));
    return bytes.toArray();
  }

  /** An animation after RFC 9649 whose frames are all the same picture. */
  private static byte[] animatedWebp(int count) {
    return animation(encoded(".webp"), WIDTH, HEIGHT, count);
  }

  /** An animated WebP that shows a still one several times, 100 ms each. */
  static byte[] animation(byte[] still, int width, int height, int count) {
    int skip = new String(still, 12, 4, ISO_8859_1).equals("VP8X") ? 30 : 12;
    byte[] coded = Arrays.copyOfRange(still, skip, still.length);
    ByteBuffer frame = ByteBuffer.allocate(8 + 16 + coded.length).order(ByteOrder.LITTLE_ENDIAN);
    frame.put("ANMF".getBytes(ISO_8859_1)).putInt(16 + coded.length);
    frame.putLong((width - 1L) << 48).putLong((height - 1L) << 8 | 100L << 32).put(coded);
    int size = 4 + 18 + 14 + count * frame.capacity();
    ByteBuffer file = ByteBuffer.allocate(8 + size).order(ByteOrder.LITTLE_ENDIAN);
    file.put("RIFF".getBytes(ISO_8859_1)).putInt(size).put("WEBP".getBytes(ISO_8859_1));
    file.put("VP8X".getBytes(ISO_8859_1)).putInt(10).putInt(0x02);
    file.putInt(width - 1 | (height - 1) << 24).putShort((short) ((height - 1) >> 8));
    file.put("ANIM".getBytes(ISO_8859_1)).putInt(6).putInt(0).putShort((short) 0);
    for (int i = 0; i < count; i++) {
      file.put(frame.array());
    }
    return file.array();
  }

  private static byte[] gif() throws IOException {
    BufferedImage picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = picture.createGraphics();
    graphics.setColor(new Color(250, 10, 20));
    graphics.fillRect(0, 0, WIDTH, HEIGHT);
    graphics.dispose();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(picture, "gif", bytes);
    return bytes.toByteArray();
  }

  private static byte[] jpegWithOrientation(int orientation) {
    byte[] jpeg = encoded(".jpg");
    byte[] exif = exif(orientation);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(jpeg, 0, 2);
    bytes.writeBytes(new byte[] {(byte) 0xff, (byte) 0xe1});
    int length = 2 + 6 + exif.length;
    bytes.writeBytes(new byte[] {(byte) (length >> 8), (byte) length});
    bytes.writeBytes("Exif\0\0".getBytes(ISO_8859_1));
    bytes.writeBytes(exif);
    bytes.write(jpeg, 2, jpeg.length - 2);
    return bytes.toByteArray();
  }

  private static byte[] pngWithOrientation(int orientation) {
    byte[] png = encoded(".png");
    int afterHeader = 8 + 25;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(png, 0, afterHeader);
    bytes.writeBytes(chunk("eXIf", exif(orientation)));
    bytes.write(png, afterHeader, png.length - afterHeader);
    return bytes.toByteArray();
  }

  private static byte[] webpWithOrientation(int orientation) {
    byte[] still = encoded(".webp");
    byte[] exif = exif(orientation);
    ByteBuffer file =
        ByteBuffer.allocate(still.length + 18 + 8 + exif.length).order(ByteOrder.LITTLE_ENDIAN);
    file.put("RIFF".getBytes(ISO_8859_1)).putInt(file.capacity() - 8);
    file.put("WEBPVP8X".getBytes(ISO_8859_1)).putInt(10).putInt(0x08);
    file.putInt(WIDTH - 1 | (HEIGHT - 1) << 24).putShort((short) ((HEIGHT - 1) >> 8));
    file.put(still, 12, still.length - 12);
    return file.put("EXIF".getBytes(ISO_8859_1)).putInt(exif.length).put(exif).array();
  }

  private static byte[] jpegInFourInks(int cyan, int magenta, int yellow, int black)
      throws IOException {
    WritableRaster raster =
        Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, WIDTH, HEIGHT, 4, null);
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        raster.setPixel(x, y, new int[] {255 - cyan, 255 - magenta, 255 - yellow, 255 - black});
      }
    }
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream output = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(output);
      writer.write(null, new IIOImage(raster, null, null), null);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  private static byte[] inserted(byte[] content, int at, byte[] part) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(content, 0, at);
    bytes.writeBytes(part);
    bytes.write(content, at, content.length - at);
    return bytes.toByteArray();
  }

  private static List<WarningCode> codes(OpenedMedia media) {
    return media.warnings().stream().map(Report.Warning::code).toList();
  }

  private static byte[] exif(int orientation) {
    return ByteBuffer.allocate(26)
        .put("MM\0*".getBytes(ISO_8859_1))
        .putInt(8)
        .putShort((short) 1)
        .putShort((short) 0x0112)
        .putShort((short) 3)
        .putInt(1)
        .putShort((short) orientation)
        .putShort((short) 0)
        .putInt(0)
        .array();
  }

  private static byte[] chunk(String type, byte[] data) {
    CRC32 crc = new CRC32();
    crc.update(type.getBytes(ISO_8859_1));
    crc.update(data);
    return ByteBuffer.allocate(12 + data.length)
        .putInt(data.length)
        .put(type.getBytes(ISO_8859_1))
        .put(data)
        .putInt((int) crc.getValue())
        .array();
  }

  private static void assertFails(FailureCode code, byte[] content) {
    MediaException e =
        assertThrows(
            MediaException.class,
            () -> {
              try (OpenedMedia media = open(content)) {
                media.frames().get(0).picture();
              }
            });
    assertEquals(code, e.code(), e.getMessage());
  }

  private static void assertColour(
      Picture picture, int x, int y, int red, int green, int blue, int tolerance) {
    byte[] rgb = picture.rgb(x, y, 1, 1);
    String found = (rgb[0] & 0xff) + "," + (rgb[1] & 0xff) + "," + (rgb[2] & 0xff);
    assertTrue(
        Math.abs((rgb[0] & 0xff) - red) <= tolerance
            && Math.abs((rgb[1] & 0xff) - green) <= tolerance
            && Math.abs((rgb[2] & 0xff) - blue) <= tolerance,
        found);
  }

  private static int grey(Picture picture, int x, int y) {
    return picture.rgb(x, y, 1, 1)[1] & 0xff;
  }

  private static OpenedMedia open(byte[] content) throws MediaException, IOException {
    return MediaOpener.open(Source.of(content, "test"), Limits.defaults());
  }

  private static OpenedMedia open(Path file) throws MediaException, IOException {
    return MediaOpener.open(Source.of(file, "test"), Limits.defaults());
  }
}
