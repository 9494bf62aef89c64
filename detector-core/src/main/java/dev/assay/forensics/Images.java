package dev.assay.forensics;

import dev.assay.spi.Picture;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.Optional;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.ImageOutputStream;

/** Pictures between arrays, the JDK's images and JPEG. */
public final class Images {

  private static final int MAX_SMALL_SIDE = 1024;
  private static final int QUALITY = 85;

  private Images() {}

  /** An image of pixels, red first. */
  static BufferedImage of(byte[] rgb, int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    byte[] bgr = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    swap(rgb, bgr);
    return image;
  }

  /** The pixels of an image that {@link #of} or a JPEG reader made, red first. */
  static byte[] rgb(BufferedImage image) {
    BufferedImage plain = image;
    if (image.getType() != BufferedImage.TYPE_3BYTE_BGR) {
      plain = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_3BYTE_BGR);
      Graphics2D graphics = plain.createGraphics();
      graphics.drawImage(image, 0, 0, null);
      graphics.dispose();
    }
    byte[] bgr = ((DataBufferByte) plain.getRaster().getDataBuffer()).getData();
    byte[] rgb = new byte[bgr.length];
    swap(bgr, rgb);
    return rgb;
  }

  private static void swap(byte[] from, byte[] to) {
    for (int i = 0; i < from.length; i += 3) {
      to[i] = from[i + 2];
      to[i + 1] = from[i + 1];
      to[i + 2] = from[i];
    }
  }

  /**
   * A picture as a JPEG file.
   *
   * @param longest its longer side at most, in pixels; at least 1
   * @param quality from 1 to 100
   */
  public static byte[] jpeg(Picture picture, int longest, int quality) {
    int longer = Math.max(picture.width(), picture.height());
    int width = picture.width();
    int height = picture.height();
    if (longer > longest) {
      width = Math.max(1, (int) ((long) width * longest / longer));
      height = Math.max(1, (int) ((long) height * longest / longer));
    }
    byte[] rgb = picture.rgb(0, 0, picture.width(), picture.height(), width, height);
    return jpeg(of(rgb, width, height), quality);
  }

  /** An image as a JPEG file of a quality from 1 to 100, as libjpeg counts. */
  static byte[] jpeg(BufferedImage image, int quality) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
      ImageWriteParam parameters = writer.getDefaultWriteParam();
      parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      parameters.setCompressionQuality(quality / 100f);
      writer.setOutput(stream);
      writer.write(null, new IIOImage(image, null, null), parameters);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return out.toByteArray();
  }

  /** The pixels after encoding and decoding as JPEG, red first. */
  static byte[] throughJpeg(byte[] rgb, int width, int height, int quality) {
    try {
      byte[] coded = jpeg(of(rgb, width, height), quality);
      return rgb(ImageIO.read(new ByteArrayInputStream(coded)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A small picture from a file, decoded and written anew as JPEG; empty where it cannot be
   * decoded, or has sides of more than 1,024 pixels.
   */
  public static Optional<byte[]> codedAnew(byte[] file) {
    ImageReader reader = null;
    try (ImageInputStream stream = ImageIO.createImageInputStream(new ByteArrayInputStream(file))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
      if (!readers.hasNext()) {
        return Optional.empty();
      }
      reader = readers.next();
      reader.setInput(stream);
      if (Math.max(reader.getWidth(0), reader.getHeight(0)) > MAX_SMALL_SIDE) {
        return Optional.empty();
      }
      BufferedImage image = reader.read(0);
      return Optional.of(jpeg(of(rgb(image), image.getWidth(), image.getHeight()), QUALITY));
    } catch (IOException | RuntimeException e) {
      // The JDK's readers throw what they like on broken files.
      return Optional.empty();
    } finally {
      if (reader != null) {
        reader.dispose();
      }
    }
  }

  /** An image whose longer side is at most so long. */
  static BufferedImage scaled(BufferedImage image, int longest) {
    int longer = Math.max(image.getWidth(), image.getHeight());
    if (longer <= longest) {
      return image;
    }
    int width = Math.max(1, (int) ((long) image.getWidth() * longest / longer));
    int height = Math.max(1, (int) ((long) image.getHeight() * longest / longer));
    BufferedImage smaller = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D graphics = smaller.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.drawImage(image, 0, 0, width, height, null);
    graphics.dispose();
    return smaller;
  }
}
