package dev.assay.internal.watermark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.assay.Evidence;
import dev.assay.Limits;
import dev.assay.MediaException;
import dev.assay.internal.media.MediaOpener;
import dev.assay.internal.media.OpenedMedia;
import dev.assay.internal.media.Source;
import dev.assay.internal.metadata.Containers;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Marks put into pictures by the recipes of those who write them, and read from PNG files. */
class WatermarkExaminerTest {

  private static final String SETTINGS =
      "a lighthouse\nNegative prompt: text\nSteps: 20, Sampler: Euler a, CFG scale: 7, Seed: 1";
  private static final int SIDE = 512;

  private static List<Evidence> examine(byte[] file, WatermarkExaminer examiner)
      throws IOException {
    try (OpenedMedia media = MediaOpener.open(Source.of(file, "test"), Limits.defaults())) {
      return examiner.examine(media);
    } catch (MediaException e) {
      throw new IOException(e);
    }
  }

  private static List<Evidence> examine(BufferedImage picture) throws IOException {
    try (WatermarkExaminer examiner = new WatermarkExaminer()) {
      return examine(png(picture), examiner);
    }
  }

  private static byte[] png(BufferedImage picture) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(picture, "png", out);
    return out.toByteArray();
  }

  /** Soft patches of colour with some noise. */
  private static BufferedImage picture(int type) {
    BufferedImage picture = new BufferedImage(SIDE, SIDE, type);
    Random random = new Random(7);
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        int red = 120 + (int) (50 * Math.sin(x / 37.0) + 6 * random.nextGaussian());
        int green = 130 + (int) (40 * Math.cos(y / 29.0) + 6 * random.nextGaussian());
        int blue = 110 + (int) (45 * Math.sin((x + y) / 51.0) + 6 * random.nextGaussian());
        picture.setRGB(x, y, 0xFF000000 | red << 16 | green << 8 | blue);
      }
    }
    return picture;
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(plain);
    }
    return out.toByteArray();
  }

  private static byte[] message(String magic, byte[] payload) {
    return Containers.join(
        Containers.latin1(magic),
        ByteBuffer.allocate(4).putInt(8 * payload.length).array(),
        payload);
  }

  /** Writes bits column by column into transparency, or into the three colours. */
  private static void hide(BufferedImage picture, byte[] message, boolean colours) {
    int each = colours ? 3 : 1;
    for (int i = 0; i < 8 * message.length; i++) {
      int bit = message[i / 8] >> (7 - i % 8) & 1;
      int pixel = i / each;
      int x = pixel / SIDE;
      int y = pixel % SIDE;
      int shift = colours ? 16 - 8 * (i % 3) : 24;
      picture.setRGB(x, y, (picture.getRGB(x, y) & ~(1 << shift)) | (bit << shift));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "stealth_pnginfo, false, false",
    "stealth_pngcomp, true, false",
    "stealth_rgbinfo, false, true",
    "stealth_rgbcomp, true, true"
  })
  void readsSettingsFromTheLastBits(String magic, boolean packed, boolean colours)
      throws IOException {
    byte[] text = SETTINGS.getBytes(StandardCharsets.UTF_8);
    for (int type : new int[] {BufferedImage.TYPE_INT_ARGB, BufferedImage.TYPE_INT_RGB}) {
      if (!colours && type == BufferedImage.TYPE_INT_RGB) {
        continue;
      }
      BufferedImage picture = picture(type);
      hide(picture, message(magic, packed ? gzip(text) : text), colours);
      List<Evidence> found = examine(picture);
      assertEquals(1, found.size());
      assertEquals("watermark.stealth-text", found.get(0).code());
      assertEquals("Stable Diffusion web UI", found.get(0).details().get("generator"));
      assertEquals(SETTINGS, found.get(0).details().get("prompt"));
    }
  }

  @Test
  void knowsNovelAiByItsHiddenText() throws IOException {
    String json =
        "{\"Description\": \"a lighthouse\", \"Software\": \"NovelAI\","
            + " \"Source\": \"NovelAI Diffusion V4\", \"Comment\": \"{}\"}";
    BufferedImage picture = picture(BufferedImage.TYPE_INT_ARGB);
    hide(picture, message("stealth_pngcomp", gzip(json.getBytes(StandardCharsets.UTF_8))), false);
    Evidence found = examine(picture).get(0);
    assertEquals("NovelAI", found.details().get("generator"));
    assertEquals("NovelAI Diffusion V4", found.details().get("model"));
    assertEquals("a lighthouse", found.details().get("prompt"));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 7, 12, Integer.MAX_VALUE - 7})
  void passesOverTextsOfImpossibleLength(int length) throws IOException {
    BufferedImage picture = picture(BufferedImage.TYPE_INT_ARGB);
    byte[] head =
        Containers.join(
            Containers.latin1("stealth_pnginfo"), ByteBuffer.allocate(4).putInt(length).array());
    hide(picture, head, false);
    assertEquals(List.of(), examine(picture));
  }

  @Test
  void boundsWhatInflates() throws IOException {
    BufferedImage picture = picture(BufferedImage.TYPE_INT_ARGB);
    hide(picture, message("stealth_pngcomp", gzip(new byte[20 << 20])), false);
    assertEquals(List.of(), examine(picture));
  }

  @Test
  void verifiesTheSignatureOverPictureAndSettings() throws Exception {
    KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    for (int type : new int[] {BufferedImage.TYPE_INT_ARGB, BufferedImage.TYPE_INT_RGB}) {
      BufferedImage picture = picture(type);
      String settings = "{\"steps\": 28, \"scale\": 5.0, \"uc\": \"\\u00e9\"}";
      Signature signer = Signature.getInstance("Ed25519");
      signer.initSign(keys.getPrivate());
      for (int y = 0; y < SIDE; y++) {
        for (int x = 0; x < SIDE; x++) {
          int rgb = picture.getRGB(x, y);
          signer.update(new byte[] {(byte) (rgb >> 16), (byte) (rgb >> 8), (byte) rgb});
        }
      }
      signer.update(settings.getBytes(StandardCharsets.US_ASCII));
      String signature = Base64.getEncoder().encodeToString(signer.sign());
      for (String comment :
          List.of(
              settings.replace("}", ", \"signed_hash\": \"" + signature + "\"}"),
              settings.replace("{", "{\"signed_hash\": \"" + signature + "\", "),
              settings.replace("\"scale\"", "\"signed_hash\": \"" + signature + "\", \"scale\""))) {
        byte[] file = withComment(png(picture), comment);
        try (WatermarkExaminer examiner =
            new WatermarkExaminer(new NovelAiSignature(keys.getPublic()))) {
          Evidence found = examine(file, examiner).get(0);
          assertEquals("watermark.novelai-signature", found.code());
          assertEquals(Evidence.Kind.SIGNATURE, found.kind());
          byte[] forged = withComment(png(picture), comment.replace("28", "29"));
          assertEquals(List.of(), examine(forged, examiner));
          BufferedImage touched = picture(type);
          touched.setRGB(5, 5, picture.getRGB(5, 5) ^ 1);
          assertEquals(List.of(), examine(withComment(png(touched), comment), examiner));
        }
        try (WatermarkExaminer published = new WatermarkExaminer()) {
          assertEquals(List.of(), examine(file, published));
        }
      }
    }
  }

  private static byte[] withComment(byte[] png, String comment) {
    byte[] chunk = Containers.pngText("Comment", comment);
    return Containers.join(
        java.util.Arrays.copyOf(png, 33), chunk, java.util.Arrays.copyOfRange(png, 33, png.length));
  }

  @ParameterizedTest
  @CsvSource({
    "Stable Diffusion XL, 101100111110110010010000011110111011000110011110",
    "FLUX, 1010101111111010000111100111001111010100101110",
    "FLUX, 001010101111111010000111100111001111010100101110"
  })
  void findsTheWaveletMark(String writer, String payload) throws IOException {
    Evidence found = examine(marked(payload)).get(0);
    assertEquals("watermark.dwt-dct", found.code());
    assertEquals(writer, found.details().get("generator"));
    assertEquals("stated", found.details().get("strength"));
  }

  @Test
  void findsTheMarksThatAreTexts() throws IOException {
    for (String text : List.of("StableDiffusionV1", "SDV2")) {
      StringBuilder bits = new StringBuilder();
      for (byte letter : text.getBytes(StandardCharsets.US_ASCII)) {
        for (int bit = 7; bit >= 0; bit--) {
          bits.append(letter >> bit & 1);
        }
      }
      Evidence found = examine(marked(bits.toString())).get(0);
      assertEquals("watermark.dwt-dct", found.code(), text);
      assertEquals(text.equals("SDV2") ? "hint" : "stated", found.details().get("strength"), text);
    }
  }

  /** As invisible-watermark writes it: the largest coefficient of a block goes to half a step. */
  private static BufferedImage marked(String payload) {
    BufferedImage picture = picture(BufferedImage.TYPE_INT_RGB);
    int number = 0;
    for (int row = 0; row + 8 <= SIDE; row += 8) {
      for (int column = 0; column + 8 <= SIDE; column += 8) {
        int bit = payload.charAt(number++ % payload.length()) - '0';
        int largest = 1;
        for (int i = 1; i < 16; i++) {
          if (low(picture, column, row, i) > low(picture, column, row, largest)) {
            largest = i;
          }
        }
        double now = low(picture, column, row, largest);
        double wanted = (Math.floor(now / 36) + 0.25 + 0.5 * bit) * 36;
        // The recipe may make it smaller than another one, and loses the bit then.
        wanted += wanted < now ? 36 : 0;
        shift(picture, column, row, largest, (wanted - now) / 2);
      }
    }
    return picture;
  }

  private static double low(BufferedImage picture, int column, int row, int index) {
    double sum = 0;
    for (int i = 0; i < 4; i++) {
      int rgb = picture.getRGB(column + 2 * (index % 4) + i % 2, row + 2 * (index / 4) + i / 2);
      double red = rgb >> 16 & 0xFF;
      double green = rgb >> 8 & 0xFF;
      double blue = rgb & 0xFF;
      double luma = 0.299 * red + 0.587 * green + 0.114 * blue;
      sum += 0.492 * (blue - luma) + 128;
    }
    return sum / 2;
  }

  private static void shift(BufferedImage picture, int column, int row, int index, double by) {
    for (int i = 0; i < 4; i++) {
      int x = column + 2 * (index % 4) + i % 2;
      int y = row + 2 * (index / 4) + i / 2;
      int rgb = picture.getRGB(x, y);
      double blue = (rgb & 0xFF) + by / 0.492;
      double green = (rgb >> 8 & 0xFF) - 0.114 / 0.587 * by / 0.492;
      picture.setRGB(x, y, (rgb & 0xFF0000) | (clipped(green) << 8) | clipped(blue));
    }
  }

  private static int clipped(double value) {
    return (int) Math.max(0, Math.min(255, Math.round(value)));
  }

  @Test
  void findsNothingInUnmarkedPictures() throws IOException {
    assertEquals(List.of(), examine(picture(BufferedImage.TYPE_INT_RGB)));
    assertEquals(List.of(), examine(picture(BufferedImage.TYPE_INT_ARGB)));
    BufferedImage flat = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
    assertEquals(List.of(), examine(flat));
    for (int side : new int[] {1, 3, 8}) {
      assertEquals(List.of(), examine(new BufferedImage(side, side, BufferedImage.TYPE_INT_ARGB)));
    }
  }

  @Test
  void saysNothingWhereSamplesAreNotThoseOfTheFile() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(marked("101100111110110010010000011110111011000110011110"), "jpg", out);
    try (WatermarkExaminer examiner = new WatermarkExaminer()) {
      assertEquals(List.of(), examine(out.toByteArray(), examiner));
    }
  }
}
