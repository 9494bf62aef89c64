package dev.assay.internal.heif;

import dev.assay.Sentence;
import dev.assay.internal.container.ByteReader;
import dev.assay.spi.Budget;
import dev.assay.spi.DamagedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The items of a HEIF file that hold EXIF and XMP, and where they lie (ISO 14496-12, 8.11). */
public final class HeifItems {

  private static final int MAX_ITEMS = 16_384;

  private final Map<Long, String> types = new HashMap<>();
  private final List<Item> located = new ArrayList<>();
  private long dataStart = -1;

  /**
   * An item's place.
   *
   * @param id its number
   * @param method 0: offsets count from the start of the file; 1: from the idat box
   * @param extents pairs of offset and length, in bytes
   */
  public record Item(long id, int method, List<long[]> extents) {}

  /** Reads iinf: the type of each item. */
  public void information(ByteReader bytes, long start, long end)
      throws IOException, DamagedException {
    boolean wideCount = bytes.u8(start) > 0;
    long offset = start + (wideCount ? 8 : 6);
    while (offset + 20 <= end && types.size() < MAX_ITEMS) {
      bytes.budget().step();
      long size = bytes.u32(offset);
      int version = bytes.u8(offset + 8);
      if (size < 20) {
        throw new DamagedException("The list of the file's items is broken.");
      }
      if (version >= 2) {
        boolean wideId = version > 2;
        long id = wideId ? bytes.u32(offset + 12) : bytes.u16(offset + 12);
        types.put(id, bytes.fourCc(offset + (wideId ? 18 : 16)));
      }
      offset += size;
    }
  }

  /** Reads iloc: the place of each item. */
  public void locations(ByteReader bytes, long start) throws IOException, DamagedException {
    int version = bytes.u8(start);
    int sizes = bytes.u16(start + 4);
    int offsetSize = sizes >> 12;
    int lengthSize = sizes >> 8 & 15;
    int baseSize = sizes >> 4 & 15;
    int indexSize = version > 0 ? sizes & 15 : 0;
    long offset = start + 6;
    long count = version < 2 ? bytes.u16(offset) : bytes.u32(offset);
    offset += version < 2 ? 2 : 4;
    for (long i = 0; i < count && i < MAX_ITEMS; i++) {
      bytes.budget().step();
      long id = version < 2 ? bytes.u16(offset) : bytes.u32(offset);
      offset += version < 2 ? 2 : 4;
      int method = 0;
      if (version > 0) {
        method = bytes.u16(offset) & 15;
        offset += 2;
      }
      offset += 2;
      long base = number(bytes, offset, baseSize);
      offset += baseSize;
      int extents = bytes.u16(offset);
      offset += 2;
      List<long[]> places = new ArrayList<>();
      for (int e = 0; e < extents; e++) {
        bytes.budget().step();
        offset += indexSize;
        long at = base + number(bytes, offset, offsetSize);
        offset += offsetSize;
        places.add(new long[] {at, number(bytes, offset, lengthSize)});
        offset += lengthSize;
      }
      located.add(new Item(id, method, places));
    }
  }

  /** Takes note of where the idat box's content starts. */
  public void data(long start) {
    dataStart = start;
  }

  /** The items that are EXIF, or of a MIME type and thereby perhaps XMP. */
  public List<Item> metadata() {
    return located.stream().filter(item -> isMetadata(types.getOrDefault(item.id(), ""))).toList();
  }

  /** The bytes of an item. */
  public byte[] content(ByteReader bytes, Item item) throws IOException, DamagedException {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (long[] extent : item.extents()) {
      long at = item.method() == 1 ? dataStart + extent[0] : extent[0];
      if (item.method() > 1 || extent[1] > Budget.MAX_PIECE_BYTES - content.size()) {
        throw new DamagedException("A metadata item lies beyond the bounds; it was not read.");
      }
      content.writeBytes(bytes.piece(Sentence.of("A metadata item"), at, extent[1]));
    }
    return content.toByteArray();
  }

  /** Whether an item is EXIF, and no XMP. */
  public boolean isExif(Item item) {
    return "Exif".equals(types.get(item.id()));
  }

  private static boolean isMetadata(String type) {
    return type.equals("Exif") || type.equals("mime");
  }

  private static long number(ByteReader bytes, long offset, int size)
      throws IOException, DamagedException {
    return switch (size) {
      case 0 -> 0;
      case 4 -> bytes.u32(offset);
      case 8 -> bytes.u64(offset);
      default -> throw new DamagedException("The places of the file's items are broken.");
    };
  }
}
