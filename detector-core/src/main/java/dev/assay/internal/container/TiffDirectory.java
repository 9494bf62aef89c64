package dev.assay.internal.container;

import dev.assay.spi.DamagedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One directory of a TIFF file or an EXIF block (TIFF 6.0; BigTIFF with 64-bit offsets).
 *
 * @param entries in the order of the file; those that point beyond its end are left out
 * @param next offset of the next directory; 0 if there is none
 * @param whole whether every entry was read
 */
public record TiffDirectory(List<Entry> entries, long next, boolean whole) {

  private static final int MAX_ENTRIES = 65_535;
  private static final int[] TYPE_BYTES = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8};

  /**
   * One field.
   *
   * @param tag its number
   * @param type TIFF's number of its type
   * @param count of values
   * @param offset where its values begin
   * @param length of all values, in bytes
   */
  public record Entry(int tag, int type, long count, long offset, long length) {}

  /** A TIFF structure: its bytes, where it begins, and its byte order. */
  public static final class Structure {

    private final ByteReader bytes;
    private final long start;
    private final boolean little;
    private final boolean big;

    private Structure(ByteReader bytes, long start, boolean little, boolean big) {
      this.bytes = bytes;
      this.start = start;
      this.little = little;
      this.big = big;
    }

    /**
     * Reads the head of a structure.
     *
     * @param start where it begins; offsets count from there
     * @throws DamagedException if there is none
     */
    public static Structure at(ByteReader bytes, long start) throws IOException, DamagedException {
      boolean little = bytes.has(start, "II");
      if (!little && !bytes.has(start, "MM")) {
        throw new DamagedException("The EXIF directory is broken; none of its fields were read.");
      }
      Structure plain = new Structure(bytes, start, little, false);
      boolean big = plain.u16(2) == 43;
      return new Structure(bytes, start, little, big);
    }

    /** Whether numbers begin with their least significant byte. */
    public boolean littleEndian() {
      return little;
    }

    /** The first directory. */
    public TiffDirectory first() throws IOException, DamagedException {
      return directory(big ? u64(8) : u32(4));
    }

    /** The directory at an offset from the start of the structure. */
    public TiffDirectory directory(long at) throws IOException, DamagedException {
      long count = big ? u64(at) : u16(at);
      long offset = at + (big ? 8 : 2);
      int width = big ? 20 : 12;
      if (count < 0 || count > MAX_ENTRIES) {
        throw new DamagedException("A TIFF directory is broken; it was not read.");
      }
      List<Entry> entries = new ArrayList<>();
      boolean whole = start + offset + count * width <= bytes.size();
      for (long i = 0; i < count && start + offset + width <= bytes.size(); i++) {
        bytes.budget().step();
        Entry entry = entry(offset);
        boolean inside = entry.length() >= 0 && entry.offset() <= bytes.size() - entry.length();
        if (inside) {
          entries.add(entry);
        }
        whole &= inside;
        offset += width;
      }
      boolean more = start + offset + (big ? 8 : 4) <= bytes.size();
      return new TiffDirectory(entries, more ? (big ? u64(offset) : u32(offset)) : 0, whole);
    }

    private Entry entry(long at) throws IOException, DamagedException {
      int type = u16(at + 2);
      long count = big ? u64(at + 4) : u32(at + 4);
      long unit = type < TYPE_BYTES.length ? TYPE_BYTES[type] : 0;
      long length = unit == 0 || count > Integer.MAX_VALUE ? -1 : unit * count;
      long value = at + (big ? 12 : 8);
      int room = big ? 8 : 4;
      long offset = length <= room ? start + value : start + (big ? u64(value) : u32(value));
      return new Entry(u16(at), type, count, offset, offset < 0 ? -1 : length);
    }

    /** The first value of an entry as a whole number; -1 where it is none. */
    public long number(Entry entry) throws IOException, DamagedException {
      if (entry.length() < 1) {
        return -1;
      }
      long at = entry.offset() - start;
      return switch (entry.type()) {
        case 1, 7 -> bytes.u8(entry.offset());
        case 3 -> u16(at);
        case 4, 13 -> u32(at);
        case 16, 18 -> u64(at);
        default -> -1;
      };
    }

    private int u16(long at) throws IOException, DamagedException {
      int value = bytes.u16(start + at);
      return little ? (value & 0xFF) << 8 | value >> 8 : value;
    }

    private long u32(long at) throws IOException, DamagedException {
      return little ? bytes.u32LittleEndian(start + at) : bytes.u32(start + at);
    }

    private long u64(long at) throws IOException, DamagedException {
      return little ? bytes.u64LittleEndian(start + at) : bytes.u64(start + at);
    }
  }

  public TiffDirectory {
    entries = List.copyOf(entries);
  }

  /** The first entry of that tag. */
  public Optional<Entry> entry(int tag) {
    return entries.stream().filter(e -> e.tag() == tag).findFirst();
  }

  /** The first value of that tag as a whole number, or another number where there is none. */
  public long number(Structure structure, int tag, long otherwise)
      throws IOException, DamagedException {
    Optional<Entry> found = entry(tag);
    return found.isPresent() ? structure.number(found.get()) : otherwise;
  }
}
