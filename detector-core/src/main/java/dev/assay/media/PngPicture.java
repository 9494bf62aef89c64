package dev.assay.media;

import dev.assay.FailureCode;
import dev.assay.MediaException;
import dev.assay.container.Block;
import dev.assay.container.ByteReader;
import dev.assay.container.DamagedException;
import dev.assay.container.PngChunks;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.CRC32;

/**
 * The part of a PNG (ISO/IEC 15948) that holds its pixels: the critical chunks and their
 * transparency, checked.
 *
 * <p>libpng prints its complaints about colour profiles and broken checksums to standard error; it
 * gets nothing to complain about, and less to be attacked through.
 */
final class PngPicture {

  private static final int ANCILLARY = 0x20;

  private PngPicture() {}

  /**
   * Copies a PNG without its ancillary chunks but {@code tRNS}.
   *
   * @param content the whole file
   * @throws MediaException if a critical chunk is damaged or missing
   */
  static byte[] decodable(byte[] content, ByteReader bytes) throws MediaException, IOException {
    ByteArrayOutputStream picture = new ByteArrayOutputStream(content.length);
    picture.write(content, 0, PngChunks.SIGNATURE);
    boolean data = false;
    int colourType = 0;
    long palette = 0;
    try {
      PngChunks chunks = new PngChunks(bytes);
      for (Block chunk = chunks.next(); chunk != null; chunk = chunks.next()) {
        if (chunk.end() + 4 > content.length) {
          break;
        }
        boolean critical = (chunk.type().charAt(0) & ANCILLARY) == 0;
        boolean sound = checksum(content, chunk) == bytes.u32(chunk.end());
        require(sound || !critical, "The checksum of its chunk " + chunk.type() + " is wrong.");
        if (chunk.is("IHDR")) {
          require(header(bytes, chunk), "Its header is invalid.");
          colourType = bytes.u8(chunk.offset() + 9);
        } else if (chunk.is("PLTE")) {
          palette = chunk.length() / 3;
        }
        boolean transparency =
            chunk.is("tRNS") && sound && !data && transparency(colourType, palette, chunk.length());
        if (critical || transparency) {
          int start = (int) chunk.offset() - 8;
          picture.write(content, start, (int) chunk.length() + 12);
        }
        data |= chunk.is("IDAT");
        if (chunk.is("IEND")) {
          require(data, "It holds no picture.");
          return picture.toByteArray();
        }
      }
    } catch (DamagedException e) {
      // Like a file that ends there.
    }
    throw new MediaException(FailureCode.CORRUPT, "It ends before its picture does.");
  }

  /** Whether depth, colour type and the other fields are of those that the standard knows. */
  private static boolean header(ByteReader bytes, Block chunk)
      throws IOException, DamagedException {
    long at = chunk.offset();
    int depth = bytes.u8(at + 8);
    boolean known =
        switch (bytes.u8(at + 9)) {
          case 0 -> depth == 1 || depth == 2 || depth == 4 || depth == 8 || depth == 16;
          case 3 -> depth == 1 || depth == 2 || depth == 4 || depth == 8;
          case 2, 4, 6 -> depth == 8 || depth == 16;
          default -> false;
        };
    return known
        && chunk.length() == 13
        && bytes.u8(at + 10) == 0
        && bytes.u8(at + 11) == 0
        && bytes.u8(at + 12) <= 1;
  }

  /** Whether transparency is of the length that the standard has for the colour type. */
  private static boolean transparency(int colourType, long palette, long length) {
    return switch (colourType) {
      case 0 -> length == 2;
      case 2 -> length == 6;
      case 3 -> length >= 1 && length <= palette;
      default -> false;
    };
  }

  private static long checksum(byte[] content, Block chunk) {
    CRC32 crc = new CRC32();
    crc.update(content, (int) chunk.offset() - 4, (int) chunk.length() + 4);
    return crc.getValue();
  }

  private static void require(boolean condition, String message) throws MediaException {
    if (!condition) {
      throw new MediaException(FailureCode.CORRUPT, message);
    }
  }
}
