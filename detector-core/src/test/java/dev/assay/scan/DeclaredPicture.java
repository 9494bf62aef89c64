package dev.assay.scan;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;

/** Small PNGs that declare a generator, and so are synthetic whatever models say. */
final class DeclaredPicture {

  private static final int HEADER_BYTES = 33;
  private static final String SETTINGS =
      "parameters\0a lighthouse\nSteps: 25, Sampler: Euler a, CFG scale: 7, Seed: 1, Size: 64x64";

  private DeclaredPicture() {}

  /** Writes one; another shade gives other content of the same size. */
  static void write(Path file, int shade) throws IOException {
    BufferedImage picture = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
    picture.setRGB(5, 5, 0xff000000 | shade);
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(picture, "png", png);
    ByteArrayOutputStream declared = new ByteArrayOutputStream();
    declared.write(png.toByteArray(), 0, HEADER_BYTES);
    declared.write(text());
    declared.write(png.toByteArray(), HEADER_BYTES, png.size() - HEADER_BYTES);
    Files.write(file, declared.toByteArray());
  }

  private static byte[] text() {
    byte[] body = ("tEXt" + SETTINGS).getBytes(StandardCharsets.ISO_8859_1);
    CRC32 crc = new CRC32();
    crc.update(body);
    return ByteBuffer.allocate(body.length + 2 * Integer.BYTES)
        .putInt(SETTINGS.length())
        .put(body)
        .putInt((int) crc.getValue())
        .array();
  }
}
