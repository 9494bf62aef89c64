package dev.assay.evaluation;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;

/** Files made for a test: plain pictures, ones that declare their generator, and sound. */
final class MadeFiles {

  private static final int END_CHUNK = 12;
  private static final int RATE = 8000;

  private MadeFiles() {}

  /** A picture of noise that says nothing of its origin. */
  static Path plain(Path file, int seed) throws IOException {
    Files.createDirectories(file.getParent());
    return Files.write(file, png(seed));
  }

  /** A picture with the settings of Stable Diffusion in it. */
  static Path declaring(Path file, int seed) throws IOException {
    Files.createDirectories(file.getParent());
    byte[] png = png(seed);
    byte[] text =
        "parameters\0a cat\nSteps: 20, Sampler: Euler a, CFG scale: 7, Seed: 1, Size: 64x64"
            .getBytes(StandardCharsets.ISO_8859_1);
    ByteBuffer chunk = ByteBuffer.allocate(END_CHUNK + text.length);
    chunk.putInt(text.length).put("tEXt".getBytes(StandardCharsets.US_ASCII)).put(text);
    CRC32 sum = new CRC32();
    sum.update(chunk.array(), 4, 4 + text.length);
    chunk.putInt((int) sum.getValue());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(png, 0, png.length - END_CHUNK);
    out.write(chunk.array());
    out.write(png, png.length - END_CHUNK, END_CHUNK);
    return Files.write(file, out.toByteArray());
  }

  /** A second of noise. */
  static Path sound(Path file, int seed) throws IOException {
    Files.createDirectories(file.getParent());
    byte[] samples = new byte[2 * RATE];
    new Random(seed).nextBytes(samples);
    AudioFormat format = new AudioFormat(RATE, 16, 1, true, false);
    try (AudioInputStream in =
        new AudioInputStream(new ByteArrayInputStream(samples), format, RATE)) {
      AudioSystem.write(in, AudioFileFormat.Type.WAVE, file.toFile());
    }
    return file;
  }

  private static byte[] png(int seed) throws IOException {
    BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(seed);
    for (int i = 0; i < 64 * 64; i++) {
      image.setRGB(i % 64, i / 64, random.nextInt(1 << 24));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);
    return out.toByteArray();
  }
}
