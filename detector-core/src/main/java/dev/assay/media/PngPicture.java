package dev.assay.media;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.assay.FailureCode;
import dev.assay.MediaException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/**
 * The part of a PNG (ISO/IEC 15948) that holds its pixels: the critical chunks, checked.
 *
 * <p>libpng prints its complaints about colour profiles and broken checksums past us; it gets
 * nothing to complain about, and less to be attacked through.
 */
final class PngPicture {

  private static final int SIGNATURE = 8;
  private static final int IHDR = 0x49484452;
  private static final int IDAT = 0x49444154;
  private static final int IEND = 0x49454e44;

  private PngPicture() {}

  /**
   * Copies a PNG without its ancillary chunks.
   *
   * @param content the whole file
   * @throws MediaException if a critical chunk is damaged or missing
   */
  static byte[] of(byte[] content) throws MediaException {
    ByteBuffer bytes = ByteBuffer.wrap(content);
    ByteArrayOutputStream picture = new ByteArrayOutputStream(content.length);
    picture.write(content, 0, SIGNATURE);
    boolean data = false;
    for (long at = SIGNATURE; at + 12 <= content.length; ) {
      long length = bytes.getInt((int) at) & 0xffffffffL;
      int type = bytes.getInt((int) at + 4);
      if (at + 12 + length > content.length) {
        break;
      }
      if ((type & 0x20000000) == 0) {
        require(
            checksum(content, (int) at + 4, (int) length + 4)
                == bytes.getInt((int) (at + 8 + length)),
            "The checksum of its chunk " + name(content, (int) at + 4) + " is wrong.");
        require(at > SIGNATURE || (type == IHDR && header(bytes)), "Its header makes no sense.");
        picture.write(content, (int) at, (int) length + 12);
        data |= type == IDAT;
      }
      if (type == IEND) {
        require(data, "It holds no picture.");
        return picture.toByteArray();
      }
      at += 12 + length;
    }
    throw new MediaException(FailureCode.CORRUPT, "It ends before its picture does.");
  }

  /** Whether depth, colour type and the other fields are of those that the standard knows. */
  private static boolean header(ByteBuffer bytes) {
    int depth = bytes.get(24);
    boolean known =
        switch (bytes.get(25)) {
          case 0 -> depth == 1 || depth == 2 || depth == 4 || depth == 8 || depth == 16;
          case 3 -> depth == 1 || depth == 2 || depth == 4 || depth == 8;
          case 2, 4, 6 -> depth == 8 || depth == 16;
          default -> false;
        };
    return known
        && bytes.getInt(8) == 13
        && bytes.get(26) == 0
        && bytes.get(27) == 0
        && bytes.get(28) >= 0
        && bytes.get(28) <= 1;
  }

  private static int checksum(byte[] content, int from, int count) {
    CRC32 crc = new CRC32();
    crc.update(content, from, count);
    return (int) crc.getValue();
  }

  private static String name(byte[] content, int at) {
    return new String(content, at, 4, ISO_8859_1);
  }

  private static void require(boolean condition, String message) throws MediaException {
    if (!condition) {
      throw new MediaException(FailureCode.CORRUPT, message);
    }
  }
}
