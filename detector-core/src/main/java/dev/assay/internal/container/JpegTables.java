package dev.assay.internal.container;

import dev.assay.spi.Block;
import dev.assay.spi.DamagedException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The quantisation tables of a JPEG (ITU-T T.81, B.2.4.1) and the size that its frame states: what
 * tells one encoder from another.
 */
public final class JpegTables {

  private static final int SIZE = 64;
  private static final int MAX_TABLES = 4;

  /** Where the coefficients of a table lie in the file: T.81, figure 5. */
  private static final int[] ZIGZAG = {
    0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20,
    13, 6, 7, 14, 21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59,
    52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63
  };

  /** The luminance table of T.81, annex K, row by row. */
  private static final int[] STANDARD = {
    16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56,
    14, 17, 22, 29, 51, 87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113,
    92, 49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99
  };

  /** The first eight coefficients, in the order of the file, of tables of Adobe's programs. */
  private static final int[][] ADOBE = {
    {8, 6, 6, 18, 7, 18, 24, 15},
    {32, 33, 33, 51, 36, 51, 81, 48},
    {10, 7, 7, 11, 8, 11, 18, 10},
    {6, 4, 4, 4, 5, 4, 6, 5},
    {4, 3, 3, 3, 3, 3, 4, 3},
    {18, 14, 14, 14, 16, 14, 21, 16},
    {18, 14, 14, 22, 16, 22, 35, 21},
    {12, 8, 8, 27, 10, 27, 36, 23}
  };

  private final int[][] tables = new int[MAX_TABLES][];
  private int width;
  private int height;

  private JpegTables() {}

  /** Reads the tables before the first scan of a JPEG that begins a file. */
  public static JpegTables of(ByteReader bytes) throws IOException, DamagedException {
    JpegTables result = new JpegTables();
    JpegSegments segments = new JpegSegments(bytes, 0);
    for (Block block = segments.next(); block != null; block = segments.next()) {
      if (block.is("SOS") || block.is("EOI")) {
        break;
      }
      if (block.is("DB")) {
        result.read(bytes.read(block.offset(), (int) block.length()));
      } else if (block.type().startsWith("SOF") && block.length() >= 5 && result.width == 0) {
        result.height = bytes.u16(block.offset() + 1);
        result.width = bytes.u16(block.offset() + 3);
      }
    }
    return result;
  }

  private void read(byte[] segment) {
    for (int at = 0; at < segment.length; ) {
      int number = segment[at] & 15;
      int wide = (segment[at] & 0xFF) >> 4 == 0 ? 1 : 2;
      at++;
      if (number >= MAX_TABLES || at + SIZE * wide > segment.length) {
        return;
      }
      int[] table = new int[SIZE];
      for (int i = 0; i < SIZE; i++, at += wide) {
        table[i] =
            wide == 1 ? segment[at] & 0xFF : (segment[at] & 0xFF) << 8 | (segment[at + 1] & 0xFF);
      }
      tables[number] = table;
    }
  }

  /** Width that the frame states, in pixels; 0 where there is none. */
  public int width() {
    return width;
  }

  /** Height that the frame states, in pixels; 0 where there is none. */
  public int height() {
    return height;
  }

  /** The luminance table, row by row. */
  public Optional<int[]> luminance() {
    int @Nullable [] table = tables[0];
    if (table == null) {
      return Optional.empty();
    }
    int[] rows = new int[SIZE];
    for (int i = 0; i < SIZE; i++) {
      rows[ZIGZAG[i]] = table[i];
    }
    return Optional.of(rows);
  }

  /**
   * The quality from 1 to 100 at which the Independent JPEG Group's library writes the luminance
   * table; empty where it writes no such table. Many cameras use the same tables.
   */
  public OptionalInt libraryQuality() {
    Optional<int[]> table = luminance();
    for (int quality = 1; table.isPresent() && quality <= 100; quality++) {
      if (Arrays.equals(table.get(), scaled(quality))) {
        return OptionalInt.of(quality);
      }
    }
    return OptionalInt.empty();
  }

  private static int[] scaled(int quality) {
    int scale = quality < 50 ? 5000 / quality : 200 - 2 * quality;
    return Arrays.stream(STANDARD)
        .map(value -> Math.max(1, Math.min(255, (value * scale + 50) / 100)))
        .toArray();
  }

  /** Whether the luminance table is one that was met in files of Adobe's programs. */
  public boolean adobe() {
    int @Nullable [] table = tables[0];
    return table != null
        && Arrays.stream(ADOBE).anyMatch(known -> Arrays.equals(known, Arrays.copyOf(table, 8)));
  }
}
