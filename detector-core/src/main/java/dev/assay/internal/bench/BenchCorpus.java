package dev.assay.internal.bench;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/**
 * Makes pictures to measure with, the same ones on every machine: clouds of several octaves of
 * noise, which have detail at every scale as photographs have. Of ten, eight are JPEGs of 1
 * megapixel, one is a PNG of that size, and one a JPEG of 12 megapixels.
 */
final class BenchCorpus {

  private static final int GROUP = 10;
  private static final int LARGE = 8;
  private static final int PNG = 9;
  private static final int WIDTH = 1152;
  private static final int HEIGHT = 864;
  private static final int LARGE_WIDTH = 4000;
  private static final int LARGE_HEIGHT = 3000;
  private static final float QUALITY = 0.9f;
  private static final int OCTAVES = 7;
  private static final int LATTICE = 64;
  private static final int LATTICE_MASK = LATTICE - 1;

  private BenchCorpus() {}

  /** Writes pictures into a folder, which must exist. */
  static void write(Path folder, int files) throws IOException {
    for (int i = 0; i < files; i++) {
      switch (i % GROUP) {
        case LARGE -> jpeg(folder.resolve(i + ".jpg"), picture(i, LARGE_WIDTH, LARGE_HEIGHT));
        case PNG ->
            ImageIO.write(picture(i, WIDTH, HEIGHT), "png", folder.resolve(i + ".png").toFile());
        default -> jpeg(folder.resolve(i + ".jpg"), picture(i, WIDTH, HEIGHT));
      }
    }
  }

  private static BufferedImage picture(int seed, int width, int height) {
    Random random = new Random(seed);
    float[][] lattice = new float[3][LATTICE * LATTICE];
    for (float[] channel : lattice) {
      for (int i = 0; i < channel.length; i++) {
        channel[i] = random.nextFloat();
      }
    }
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    int[] row = new int[width];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int rgb = 0;
        for (float[] channel : lattice) {
          rgb = rgb << 8 | Math.round(255 * clouds(channel, (float) x / width, (float) y / width));
        }
        row[x] = rgb;
      }
      picture.setRGB(0, y, width, 1, row, 0, width);
    }
    return picture;
  }

  /** Value noise: lattices ever finer, each half as strong as the one before; 0 to 1. */
  private static float clouds(float[] lattice, float x, float y) {
    float sum = 0;
    float strength = 0.5f;
    float scale = 4;
    for (int octave = 0; octave < OCTAVES; octave++) {
      sum += strength * smooth(lattice, x * scale + octave, y * scale + octave);
      strength /= 2;
      scale *= 2;
    }
    return sum;
  }

  private static float smooth(float[] lattice, float x, float y) {
    int column = (int) x;
    int line = (int) y;
    float right = x - column;
    float down = y - line;
    float top = mix(at(lattice, column, line), at(lattice, column + 1, line), right);
    float bottom = mix(at(lattice, column, line + 1), at(lattice, column + 1, line + 1), right);
    return mix(top, bottom, down);
  }

  private static float at(float[] lattice, int column, int line) {
    return lattice[(line & LATTICE_MASK) * LATTICE + (column & LATTICE_MASK)];
  }

  private static float mix(float from, float to, float share) {
    return from + (to - from) * share;
  }

  private static void jpeg(Path file, BufferedImage picture) throws IOException {
    Iterator<ImageWriter> writers = ImageIO.getImageWritersByFormatName("jpeg");
    ImageWriter writer = writers.next();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(Files.newOutputStream(file))) {
      ImageWriteParam quality = writer.getDefaultWriteParam();
      quality.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      quality.setCompressionQuality(QUALITY);
      writer.setOutput(out);
      writer.write(null, new IIOImage(picture, null, null), quality);
    } finally {
      writer.dispose();
    }
  }
}
