package dev.assay;

/**
 * The samples of a still picture just as its file codes them, for marks that lie in their last
 * bits: nothing is composited, turned or converted.
 *
 * @param width in pixels
 * @param height in pixels
 * @param channels 3 (red, green, blue) or 4 (with transparency, colours not multiplied by it)
 * @param samples {@code width * height * channels} bytes, row by row, red first, unsigned
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares pictures.
public record CodedPicture(int width, int height, int channels, byte[] samples) {

  public CodedPicture {
    if (samples.length != (long) width * height * channels) {
      throw new IllegalArgumentException("samples do not fit " + width + " x " + height);
    }
  }
}
