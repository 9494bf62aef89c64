package dev.assay.internal.media;

/** A frame in {@value #WIDTH} by {@value #HEIGHT} grey levels: enough to tell shots apart. */
final class Thumbnail {

  static final int WIDTH = 32;
  static final int HEIGHT = 18;

  /** Mean difference, in grey levels, from which two frames are of two shots. */
  private static final double CUT = 24;

  /** Mean difference of neighbours, in grey levels, below which a frame shows nothing. */
  private static final double BLANK = 1;

  private final long time;
  private final byte[] grey;

  /**
   * Takes the pixels.
   *
   * @param time stamp of the frame, as its stream counts
   * @param grey row by row, each 0 to 255 unsigned
   */
  Thumbnail(long time, byte[] grey) {
    this.time = time;
    this.grey = grey;
  }

  long time() {
    return time;
  }

  /** Whether a cut lies between the frames, or as large a change. */
  boolean cutFrom(Thumbnail other) {
    long sum = 0;
    for (int i = 0; i < grey.length; i++) {
      sum += Math.abs(level(i) - other.level(i));
    }
    return sum >= CUT * grey.length;
  }

  /** Whether it shows nothing: a fade, or one colour. */
  boolean blank() {
    long sum = 0;
    for (int i = 0; i + 1 < grey.length; i++) {
      if ((i + 1) % WIDTH != 0) {
        sum += Math.abs(level(i) - level(i + 1));
      }
    }
    return sum < BLANK * grey.length;
  }

  private int level(int place) {
    return grey[place] & 0xFF;
  }
}
