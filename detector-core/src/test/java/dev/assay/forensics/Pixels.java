package dev.assay.forensics;

import dev.assay.spi.Picture;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;

/** A picture of an image in memory. */
record Pixels(BufferedImage image) implements Picture {
  @Override
  public int width() {
    return image.getWidth();
  }

  @Override
  public int height() {
    return image.getHeight();
  }

  @Override
  public byte[] rgb(int x, int y, int width, int height) {
    return rgb(x, y, width, height, width, height);
  }

  @Override
  public byte[] rgb(int x, int y, int width, int height, int toWidth, int toHeight) {
    BufferedImage part = image.getSubimage(x, y, width, height);
    BufferedImage scaled = new BufferedImage(toWidth, toHeight, BufferedImage.TYPE_3BYTE_BGR);
    var graphics = scaled.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.drawImage(part, 0, 0, toWidth, toHeight, null);
    graphics.dispose();
    return Images.rgb(scaled);
  }
}
