package dev.assay.internal.media;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Writes a picture the way phones do, after ISO/IEC 23008-12: a grid of two by two tiles, cropped
 * and turned. The tile is coded in AV1, because FFmpeg can encode that.
 */
final class TestGrid {

  private static final int GRID = 1;
  private static final int TILES = 4;

  private TestGrid() {}

  /**
   * Puts four times the same tile into a file.
   *
   * @param still an AVIF as FFmpeg writes it
   * @param side width and height of its picture
   * @param width of the whole before it is turned, at most two sides
   * @param height of the whole before it is turned, at most two sides
   * @param quarters turns counterclockwise by 90 degrees
   */
  static byte[] of(byte[] still, int side, int width, int height, int quarters) {
    byte[] configuration = payload(still, "av1C");
    byte[] tile = payload(still, "mdat");
    byte[] grid =
        ByteBuffer.allocate(8)
            .putInt(0x00000101)
            .putShort((short) width)
            .putShort((short) height)
            .array();
    byte[] type = box("ftyp", text("avif"), new byte[4], text("avifmif1"));
    int meta = meta(configuration, side, width, height, quarters, 0, tile.length).length;
    int data = type.length + meta + 8;
    return join(
        type,
        meta(configuration, side, width, height, quarters, data, tile.length),
        box("mdat", grid, tile));
  }

  private static byte[] meta(
      byte[] configuration, int side, int width, int height, int quarters, int data, int tile) {
    ByteBuffer places = ByteBuffer.allocate(8 + 14 * (1 + TILES));
    places.putInt(0).putShort((short) 0x4400).putShort((short) (1 + TILES));
    place(places, GRID, data, 8);
    ByteArrayOutputStream items = new ByteArrayOutputStream();
    items.writeBytes(ByteBuffer.allocate(6).putInt(0).putShort((short) (1 + TILES)).array());
    items.writeBytes(item(GRID, "grid"));
    ByteBuffer references = ByteBuffer.allocate(4 + 2 * TILES);
    references.putShort((short) GRID).putShort((short) TILES);
    ByteArrayOutputStream properties = new ByteArrayOutputStream();
    properties.writeBytes(ByteBuffer.allocate(8).putInt(0).putInt(1 + TILES).array());
    properties.writeBytes(new byte[] {0, GRID, 2, 3, (byte) 0x84});
    for (int id = GRID + 1; id <= GRID + TILES; id++) {
      place(places, id, data + 8, tile);
      items.writeBytes(item(id, "av01"));
      references.putShort((short) id);
      properties.writeBytes(new byte[] {0, (byte) id, 2, 1, (byte) 0x82});
    }
    return box(
        "meta",
        new byte[4],
        box("hdlr", new byte[8], text("pict"), new byte[13]),
        box("pitm", new byte[4], new byte[] {0, GRID}),
        box("iloc", places.array()),
        box("iinf", items.toByteArray()),
        box("iref", new byte[4], box("dimg", references.array())),
        box(
            "iprp",
            box(
                "ipco",
                extent(side, side),
                box("av1C", configuration),
                extent(width, height),
                box("irot", new byte[] {(byte) quarters})),
            box("ipma", properties.toByteArray())));
  }

  private static void place(ByteBuffer places, int id, int offset, int length) {
    places.putShort((short) id).putShort((short) 0).putShort((short) 1);
    places.putInt(offset).putInt(length);
  }

  private static byte[] item(int id, String type) {
    return box("infe", new byte[] {2, 0, 0, 0, 0, (byte) id, 0, 0}, text(type), new byte[1]);
  }

  private static byte[] extent(int width, int height) {
    return box("ispe", ByteBuffer.allocate(12).putInt(0).putInt(width).putInt(height).array());
  }

  private static byte[] payload(byte[] file, String type) {
    int at = new String(file, ISO_8859_1).indexOf(type);
    int size = ByteBuffer.wrap(file).getInt(at - 4);
    return Arrays.copyOfRange(file, at + 4, at - 4 + size);
  }

  private static byte[] box(String type, byte[]... content) {
    byte[] whole = join(content);
    return join(ByteBuffer.allocate(4).putInt(8 + whole.length).array(), text(type), whole);
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      bytes.writeBytes(part);
    }
    return bytes.toByteArray();
  }

  private static byte[] text(String value) {
    return value.getBytes(ISO_8859_1);
  }
}
