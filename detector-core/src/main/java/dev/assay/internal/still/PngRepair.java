package dev.assay.internal.still;

import dev.assay.FailureCode;
import dev.assay.MediaException;
import dev.assay.internal.container.ByteReader;
import dev.assay.internal.container.Compression;
import dev.assay.internal.container.PngChunks;
import dev.assay.internal.still.StillFormat.Decodable;
import dev.assay.spi.Block;
import dev.assay.spi.DamagedException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * The part of a PNG (ISO/IEC 15948) that holds its pixels: the critical chunks and their
 * transparency, checked, and repaired where a file is cut off or a checksum is wrong: browsers show
 * such pictures as far as they go.
 *
 * <p>libpng prints its complaints about colour profiles and broken checksums to standard error; it
 * gets nothing to complain about, and less to be attacked through.
 */
final class PngRepair {

  private static final int ANCILLARY = 0x20;
  private static final int HEAD = 8;
  private static final int CHECKSUM = 4;

  private static final String CUT =
      "The file ends before its picture does; what is missing was left black, and it was judged"
          + " with the rest.";
  private static final String CHECKSUM_WRONG =
      "A checksum in the file is wrong: it was damaged, or changed by hand. What could be read was"
          + " judged.";

  private PngRepair() {}

  /** One pass of an interlaced picture: where it begins, and its steps. */
  private record Pass(int x, int y, int stepX, int stepY) {}

  private static final List<Pass> ADAM7 =
      List.of(
          new Pass(0, 0, 8, 8),
          new Pass(4, 0, 8, 8),
          new Pass(0, 4, 4, 8),
          new Pass(2, 0, 4, 4),
          new Pass(0, 2, 2, 4),
          new Pass(1, 0, 2, 2),
          new Pass(0, 1, 1, 2));

  private static final List<Pass> ONE_PASS = List.of(new Pass(0, 0, 1, 1));

  /**
   * Copies a PNG without its ancillary chunks but {@code tRNS}.
   *
   * @param content the whole file
   * @throws MediaException if its header is damaged, or it holds nothing of a picture
   */
  static Decodable of(byte[] content, ByteReader bytes) throws MediaException, IOException {
    return new Reading(content, bytes).read();
  }

  private static final class Reading {

    private final byte[] content;
    private final ByteReader bytes;
    private final ByteArrayOutputStream before;
    private final List<InputStream> data = new ArrayList<>();
    private final ByteArrayOutputStream asCoded;
    private int colourType;
    private long palette;
    private long header = -1;
    private boolean sound = true;
    private boolean ended;

    Reading(byte[] content, ByteReader bytes) {
      this.content = content;
      this.bytes = bytes;
      this.before = new ByteArrayOutputStream();
      this.asCoded = new ByteArrayOutputStream(content.length);
      before.write(content, 0, Math.min(content.length, PngChunks.SIGNATURE));
    }

    Decodable read() throws MediaException, IOException {
      try {
        PngChunks chunks = new PngChunks(bytes);
        for (Block chunk = chunks.next(); chunk != null && !ended; chunk = chunks.next()) {
          if (chunk.offset() + chunk.length() + CHECKSUM > content.length) {
            cutOff(chunk);
            break;
          }
          whole(chunk);
        }
      } catch (DamagedException e) {
        // Like a file that ends there.
      }
      require(header >= 0, "It is a PNG without a header.");
      require(!data.isEmpty(), "It ends before its picture does.");
      if (ended && sound) {
        return result(asCoded, "");
      }
      return result(recoded(), ended ? CHECKSUM_WRONG : CUT);
    }

    private Decodable result(ByteArrayOutputStream pixels, String fault) throws IOException {
      ByteArrayOutputStream all =
          new ByteArrayOutputStream(before.size() + pixels.size() + HEAD + CHECKSUM);
      before.writeTo(all);
      pixels.writeTo(all);
      chunk(all, "IEND", new byte[0]);
      return new Decodable(all.toByteArray(), fault);
    }

    private void whole(Block chunk) throws MediaException, IOException, DamagedException {
      int start = (int) chunk.offset();
      int length = (int) chunk.length();
      boolean critical = (chunk.type().charAt(0) & ANCILLARY) == 0;
      boolean right = checksum(content, start, length) == bytes.u32(chunk.end());
      if (chunk.is("IHDR") && header < 0) {
        require(right, "The checksum of its chunk IHDR is wrong.");
        require(header(bytes, chunk), "Its header is invalid.");
        header = chunk.offset();
        colourType = bytes.u8(header + 9);
      } else if (chunk.is("PLTE")) {
        palette = chunk.length() / 3;
      }
      sound &= right || !critical;
      if (chunk.is("IEND")) {
        ended = true;
      } else if (chunk.is("IDAT")) {
        data.add(new ByteArrayInputStream(content, start, length));
        asCoded.write(content, start - HEAD, length + HEAD + CHECKSUM);
      } else if (critical || (right && transparency(chunk))) {
        chunk(before, chunk.type(), bytes.read(chunk.offset(), length));
      }
    }

    /** As much of the last chunk as there is. */
    private void cutOff(Block chunk) {
      if (chunk.is("IDAT") && chunk.offset() < content.length) {
        int start = (int) chunk.offset();
        data.add(new ByteArrayInputStream(content, start, content.length - start));
      }
    }

    private boolean transparency(Block chunk) {
      if (!chunk.is("tRNS") || !data.isEmpty()) {
        return false;
      }
      return switch (colourType) {
        case 0 -> chunk.length() == 2;
        case 2 -> chunk.length() == 6;
        case 3 -> chunk.length() >= 1 && chunk.length() <= palette;
        default -> false;
      };
    }

    /** The pixels compressed anew: what there is, and zeros for what is missing. */
    private ByteArrayOutputStream recoded() throws MediaException, IOException {
      ByteArrayOutputStream packed = new ByteArrayOutputStream();
      long missing = expected();
      Deflater fast = new Deflater(Deflater.BEST_SPEED);
      try (InputStream in =
              Compression.ZLIB.open(
                  new SequenceInputStream(Collections.enumeration(data)), bytes.budget());
          DeflaterOutputStream out = new DeflaterOutputStream(packed, fast)) {
        byte[] buffer = new byte[1 << 16];
        boolean any = false;
        while (missing > 0) {
          int count = some(in, buffer, missing);
          if (count <= 0) {
            break;
          }
          bytes.budget().checkTime();
          any = true;
          out.write(buffer, 0, count);
          missing -= count;
        }
        require(any, "It ends before its picture does.");
        byte[] zeros = new byte[1 << 16];
        while (missing > 0) {
          int count = (int) Math.min(zeros.length, missing);
          out.write(zeros, 0, count);
          missing -= count;
        }
      } finally {
        fast.end();
      }
      ByteArrayOutputStream pixels = new ByteArrayOutputStream(packed.size() + HEAD + CHECKSUM);
      chunk(pixels, "IDAT", packed.toByteArray());
      return pixels;
    }

    /** The next bytes; none at the end, and where the rest is damaged. */
    private static int some(InputStream in, byte[] buffer, long most) {
      try {
        return in.read(buffer, 0, (int) Math.min(buffer.length, most));
      } catch (IOException e) {
        return -1;
      }
    }

    /** Bytes of all rows, each with the number of its filter before it. */
    private long expected() throws IOException {
      try {
        long width = bytes.u32(header);
        long height = bytes.u32(header + 4);
        int samples =
            switch (colourType) {
              case 2 -> 3;
              case 4 -> 2;
              case 6 -> 4;
              default -> 1;
            };
        long bits = (long) samples * bytes.u8(header + 8);
        long all = 0;
        for (Pass pass : bytes.u8(header + 12) == 1 ? ADAM7 : ONE_PASS) {
          long columns = Math.max(0, (width - pass.x() + pass.stepX() - 1) / pass.stepX());
          long rows = Math.max(0, (height - pass.y() + pass.stepY() - 1) / pass.stepY());
          all += columns == 0 ? 0 : rows * (1 + (columns * bits + 7) / 8);
        }
        return all;
      } catch (DamagedException e) {
        throw new IOException("the file became shorter while it was read", e);
      }
    }
  }

  private static void chunk(ByteArrayOutputStream out, String type, byte[] data) {
    byte[] whole =
        ByteBuffer.allocate(HEAD + data.length + CHECKSUM)
            .putInt(data.length)
            .put(type.getBytes(StandardCharsets.ISO_8859_1))
            .put(data)
            .array();
    int checksum = (int) checksum(whole, HEAD, data.length);
    ByteBuffer.wrap(whole).putInt(HEAD + data.length, checksum);
    out.writeBytes(whole);
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

  /** Of a chunk's type, which stands before its content, and its content. */
  private static long checksum(byte[] content, int start, int length) {
    CRC32 crc = new CRC32();
    crc.update(content, start - 4, length + 4);
    return crc.getValue();
  }

  private static void require(boolean condition, String message) throws MediaException {
    if (!condition) {
      throw new MediaException(FailureCode.CORRUPT, message);
    }
  }
}
