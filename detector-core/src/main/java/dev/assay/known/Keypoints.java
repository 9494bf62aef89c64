package dev.assay.known;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Points of a picture that are found again in its copies, each with what it looks like around it in
 * 256 bits (ORB, Rublee and others 2011), the strongest first. Places are in pixels of the picture
 * made so small or large that its longer side has {@value #SIDE} pixels, without its margins.
 */
public final class Keypoints {

  /** Longer side of the picture in which they lie. */
  public static final int SIDE = 512;

  /** Points of a picture that is looked up, at most. */
  public static final int MAX_POINTS = 512;

  /** Points that an index keeps of a picture, at most. */
  public static final int MAX_KEPT = 128;

  /** Bytes of what a point looks like. */
  public static final int DESCRIPTOR_BYTES = 32;

  /** Of a grid into which the kept points are spread, along a side. */
  private static final int CELLS = 4;

  private static final int LIMBS = DESCRIPTOR_BYTES / Long.BYTES;
  private static final int PLACE_BYTES = 2 * Short.BYTES;

  /** In quarters of a pixel. */
  private static final int STEPS = 4;

  private final int width;
  private final int height;
  private final short[] places;
  private final long[] descriptors;

  private Keypoints(int width, int height, short[] places, long[] descriptors) {
    this.width = width;
    this.height = height;
    this.places = places;
    this.descriptors = descriptors;
  }

  /** Takes points one after the other. */
  public static final class Builder {

    private final int width;
    private final int height;
    private final short[] places = new short[2 * MAX_POINTS];
    private final long[] descriptors = new long[LIMBS * MAX_POINTS];
    private int count;

    /** Those of a picture of this size. */
    public Builder(int width, int height) {
      if (width < 1 || height < 1 || Math.max(width, height) > SIDE) {
        throw new IllegalArgumentException("a picture of " + width + " x " + height);
      }
      this.width = width;
      this.height = height;
    }

    /**
     * Adds a point; more than {@value Keypoints#MAX_POINTS} are left out.
     *
     * @param descriptor {@value Keypoints#DESCRIPTOR_BYTES} bytes
     */
    public void add(double x, double y, ByteBuffer descriptor) {
      if (count == MAX_POINTS) {
        return;
      }
      places[2 * count] = place(x, width);
      places[2 * count + 1] = place(y, height);
      descriptor
          .duplicate()
          .order(ByteOrder.LITTLE_ENDIAN)
          .asLongBuffer()
          .get(descriptors, LIMBS * count, LIMBS);
      count++;
    }

    private static short place(double value, int most) {
      return (short) Math.round(Math.max(0, Math.min(most, value)) * STEPS);
    }

    /** The points that were added. */
    public Keypoints build() {
      return new Keypoints(
          width,
          height,
          Arrays.copyOf(places, 2 * count),
          Arrays.copyOf(descriptors, LIMBS * count));
    }
  }

  /** Width of the picture in which they lie, at most {@value #SIDE}. */
  public int width() {
    return width;
  }

  /** Height of the picture in which they lie, at most {@value #SIDE}. */
  public int height() {
    return height;
  }

  /** How many there are. */
  public int count() {
    return places.length / 2;
  }

  double x(int point) {
    return (double) places[2 * point] / STEPS;
  }

  double y(int point) {
    return (double) places[2 * point + 1] / STEPS;
  }

  /** In how many bits two points look different, 0 to 256. */
  int distance(int point, Keypoints other, int otherPoint) {
    int a = LIMBS * point;
    int b = LIMBS * otherPoint;
    return Long.bitCount(descriptors[a] ^ other.descriptors[b])
        + Long.bitCount(descriptors[a + 1] ^ other.descriptors[b + 1])
        + Long.bitCount(descriptors[a + 2] ^ other.descriptors[b + 2])
        + Long.bitCount(descriptors[a + 3] ^ other.descriptors[b + 3]);
  }

  /**
   * Those that an index keeps: from each cell of a grid its strongest, then from each the next, so
   * that a part of the picture has some of them.
   */
  public Keypoints kept() {
    if (count() <= MAX_KEPT) {
      return this;
    }
    int[] taken = new int[CELLS * CELLS];
    long[] order = new long[count()];
    for (int i = 0; i < order.length; i++) {
      int column = Math.min(CELLS - 1, (int) (x(i) * CELLS / width));
      int row = Math.min(CELLS - 1, (int) (y(i) * CELLS / height));
      order[i] = ((long) taken[row * CELLS + column]++ << Integer.SIZE) | i;
    }
    Arrays.sort(order);
    short[] keptPlaces = new short[2 * MAX_KEPT];
    long[] keptDescriptors = new long[LIMBS * MAX_KEPT];
    for (int i = 0; i < MAX_KEPT; i++) {
      int from = (int) order[i];
      System.arraycopy(places, 2 * from, keptPlaces, 2 * i, 2);
      System.arraycopy(descriptors, LIMBS * from, keptDescriptors, LIMBS * i, LIMBS);
    }
    return new Keypoints(width, height, keptPlaces, keptDescriptors);
  }

  /** As {@link #read} reads them. */
  public byte[] bytes() {
    ByteBuffer bytes =
        ByteBuffer.allocate(2 * Short.BYTES + count() * (PLACE_BYTES + DESCRIPTOR_BYTES))
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.putShort((short) width).putShort((short) height);
    for (short place : places) {
      bytes.putShort(place);
    }
    for (long limb : descriptors) {
      bytes.putLong(limb);
    }
    return bytes.array();
  }

  /**
   * Reads what {@link #bytes} wrote.
   *
   * @throws IllegalArgumentException if it is something else
   */
  public static Keypoints read(byte[] content) {
    int point = PLACE_BYTES + DESCRIPTOR_BYTES;
    int count = (content.length - 2 * Short.BYTES) / point;
    if (content.length < 2 * Short.BYTES
        || count > MAX_POINTS
        || content.length != 2 * Short.BYTES + count * point) {
      throw new IllegalArgumentException("key points in " + content.length + " bytes");
    }
    ByteBuffer bytes = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    int width = bytes.getShort();
    int height = bytes.getShort();
    if (width < 1 || height < 1 || width > SIDE || height > SIDE) {
      throw new IllegalArgumentException("key points of " + width + " x " + height);
    }
    short[] places = new short[2 * count];
    bytes.asShortBuffer().get(places);
    for (int i = 0; i < places.length; i++) {
      if (places[i] < 0 || places[i] > STEPS * (i % 2 == 0 ? width : height)) {
        throw new IllegalArgumentException("a key point that lies outside its picture");
      }
    }
    long[] descriptors = new long[LIMBS * count];
    bytes.position(bytes.position() + places.length * Short.BYTES).asLongBuffer().get(descriptors);
    return new Keypoints(width, height, places, descriptors);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Keypoints points
        && width == points.width
        && height == points.height
        && Arrays.equals(places, points.places)
        && Arrays.equals(descriptors, points.descriptors);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(places) + Arrays.hashCode(descriptors);
  }
}
