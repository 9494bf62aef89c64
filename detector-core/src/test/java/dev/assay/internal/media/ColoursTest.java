package dev.assay.internal.media;

import static dev.assay.internal.metadata.Containers.deflate;
import static dev.assay.internal.metadata.Containers.join;
import static dev.assay.internal.metadata.Containers.jpegSegment;
import static dev.assay.internal.metadata.Containers.latin1;
import static dev.assay.internal.metadata.Containers.pngChunk;
import static dev.assay.internal.metadata.Containers.riff;
import static dev.assay.internal.metadata.Containers.riffChunk;
import static dev.assay.internal.metadata.Containers.u32;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.Limits;
import dev.assay.WarningCode;
import dev.assay.internal.natives.OpenCv;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.core.Scalar;
import org.opencv.imgcodecs.Imgcodecs;

/** What is judged is what people see: pictures in other colours than those of the screen. */
class ColoursTest {

  /** The JDK's linear RGB: a sample of 55 shows as 127. */
  private static final byte[] LINEAR = ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData();

  private static final int SAMPLE = 55;
  private static final int SHOWN = 127;

  @BeforeAll
  static void loadOpenCv() {
    OpenCv.version();
  }

  @Test
  void heedsAProfileInAJpegInPiecesOutOfOrder() throws Exception {
    byte[] jpeg = encoded(".jpg");
    int middle = LINEAR.length / 2;
    byte[] second = piece(2, Arrays.copyOfRange(LINEAR, middle, LINEAR.length));
    byte[] first = piece(1, Arrays.copyOf(LINEAR, middle));
    byte[] rest = Arrays.copyOfRange(jpeg, 2, jpeg.length);
    assertShows(SHOWN, join(Arrays.copyOf(jpeg, 2), second, first, rest));
    assertShows(SAMPLE, jpeg);
  }

  private static byte[] piece(int number, byte[] data) {
    return jpegSegment(0xE2, join(latin1("ICC_PROFILE\0"), new byte[] {(byte) number, 2}, data));
  }

  @Test
  void heedsWhatAPngSays() throws Exception {
    byte[] profile = join(latin1("p"), new byte[2], deflate(LINEAR));
    assertShows(SHOWN, png(pngChunk("iCCP", profile)));
    assertShows(SHOWN, png(pngChunk("gAMA", u32(100_000))));
    assertShows(SHOWN, png(pngChunk("cICP", new byte[] {1, 8, 0, 1})));
    assertShows(SAMPLE, png(pngChunk("gAMA", u32(45_455))), "the screen's own");
    assertShows(SAMPLE, png(pngChunk("sRGB", new byte[1]), pngChunk("gAMA", u32(100_000))), "sRGB");
    assertShows(SAMPLE, png(pngChunk("gAMA", u32(1))), "of no screen");
  }

  @Test
  void heedsAProfileInAWebp() throws Exception {
    byte[] webp = encoded(".webp");
    byte[] picture = Arrays.copyOfRange(webp, 12, webp.length);
    byte[] head = {0x20, 0, 0, 0, 15, 0, 0, 15, 0, 0};
    byte[] profiled = riff("WEBP", riffChunk("VP8X", head), riffChunk("ICCP", LINEAR), picture);
    assertShows(SHOWN, profiled);
  }

  @Test
  void heedsAProfileOfGreySamples() throws Exception {
    byte[] grey = ICC_Profile.getInstance(ColorSpace.CS_GRAY).getData();
    byte[] profile = join(latin1("p"), new byte[2], deflate(grey));
    assertShows(SHOWN, png(pngChunk("iCCP", profile)));
  }

  @Test
  void saysWhatIsWrongWithAProfile() throws Exception {
    byte[] broken = join(latin1("p"), new byte[2], deflate(new byte[300]));
    try (OpenedMedia media = open(png(pngChunk("iCCP", broken)))) {
      assertEquals(SAMPLE, red(media), 2);
      assertEquals(WarningCode.COLOUR_PROFILE, media.warnings().get(0).code());
      assertTrue(media.warnings().get(0).message().contains("damaged"));
    }
    byte[] cut = join(latin1("p"), new byte[2], Arrays.copyOf(deflate(LINEAR), 40));
    try (OpenedMedia media = open(png(pngChunk("iCCP", cut)))) {
      assertEquals(SAMPLE, red(media), 2);
      assertEquals(WarningCode.COLOUR_PROFILE, media.warnings().get(0).code());
    }
  }

  @Test
  void decodesInksThatHaveNoProfileAsBefore() throws Exception {
    WritableRaster inks = Raster.createInterleavedRaster(0, 32, 32, 4, null);
    for (int y = 0; y < 32; y++) {
      for (int x = 0; x < 32; x++) {
        inks.setPixel(x, y, new int[] {0, 255, 255, 0});
      }
    }
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
      writer.setOutput(stream);
      writer.write(null, new IIOImage(inks, null, null), null);
    } finally {
      writer.dispose();
    }
    try (OpenedMedia media = open(out.toByteArray())) {
      assertEquals(1, media.frames().size());
    }
  }

  private static byte[] png(byte[]... chunks) throws Exception {
    BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 256; i++) {
      image.setRGB(i % 16, i / 16, 0x010101 * SAMPLE);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);
    byte[] whole = out.toByteArray();
    return join(
        Arrays.copyOf(whole, 33), join(chunks), Arrays.copyOfRange(whole, 33, whole.length));
  }

  private static byte[] encoded(String extension) {
    Mat mat = new Mat(16, 16, CvType.CV_8UC3, new Scalar(SAMPLE, SAMPLE, SAMPLE));
    MatOfByte content = new MatOfByte();
    Imgcodecs.imencode(extension, mat, content);
    byte[] bytes = content.toArray();
    content.release();
    mat.release();
    return bytes;
  }

  private static void assertShows(int expected, byte[] content) throws Exception {
    assertShows(expected, content, "");
  }

  private static void assertShows(int expected, byte[] content, String why) throws Exception {
    try (OpenedMedia media = open(content)) {
      assertEquals(expected, red(media), 3, why);
      assertTrue(media.warnings().isEmpty(), media.warnings().toString());
    }
  }

  private static int red(OpenedMedia media) throws Exception {
    return media.frames().get(0).picture().rgb(8, 8, 1, 1)[0] & 0xff;
  }

  private static OpenedMedia open(byte[] content) throws Exception {
    return MediaOpener.open(Source.of(content, "x"), Limits.defaults());
  }
}
