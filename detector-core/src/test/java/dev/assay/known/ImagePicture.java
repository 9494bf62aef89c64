package dev.assay.known;

import dev.assay.spi.Picture;
import java.awt.Image;
import java.awt.image.BufferedImage;

/** A picture of the JDK's, as examiners see pictures. */
record ImagePicture(BufferedImage image) implements Picture {

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
    BufferedImage copy = new BufferedImage(toWidth, toHeight, BufferedImage.TYPE_INT_RGB);
    Image scaled =
        width == toWidth && height == toHeight
            ? part
            : part.getScaledInstance(toWidth, toHeight, Image.SCALE_AREA_AVERAGING);
    copy.createGraphics().drawImage(scaled, 0, 0, null);
    byte[] rgb = new byte[3 * toWidth * toHeight];
    for (int i = 0; i < toWidth * toHeight; i++) {
      int pixel = copy.getRGB(i % toWidth, i / toWidth);
      rgb[3 * i] = (byte) (pixel >> 16);
      rgb[3 * i + 1] = (byte) (pixel >> 8);
      rgb[3 * i + 2] = (byte) pixel;
    }
    return rgb;
  }
}
