package dev.assay.internal.container;

import dev.assay.Sentence;
import dev.assay.spi.Block;
import dev.assay.spi.DamagedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The further pictures of a JPEG, by the index that cameras and phones write (CIPA DC-007,
 * Multi-Picture Format): pictures of their own, and parts of the first one.
 *
 * @param entries those after the first picture
 */
public record MultiPicture(List<Entry> entries) {

  /** What an entry of the index is. */
  public enum Role {
    /** A picture of its own: the other eye, the next of a panorama. */
    PICTURE,
    /** A smaller copy of the first. */
    THUMBNAIL,
    /** What brightens the first on a screen of high dynamic range. */
    GAIN_MAP,
    /** Distances, or a mask of what stands in front. */
    DEPTH,
    /** Nothing: no picture begins where the index points. */
    MISSING
  }

  /**
   * One entry.
   *
   * @param offset where it begins in the file
   */
  public record Entry(long offset, Role role) {}

  private static final String MARK = "MPF\0";
  private static final int MP_ENTRIES = 0xB002;
  private static final int ENTRY_BYTES = 16;
  private static final int MAX_ENTRIES = 1000;
  private static final int TYPE = 0xFFFFFF;
  private static final int LARGE_THUMBNAIL_VGA = 0x010001;
  private static final int LARGE_THUMBNAIL_FULL_HD = 0x010002;
  private static final String XMP = "http://ns.adobe.com/xap/1.0/";
  private static final String ISO_GAIN_MAP = "urn:iso:std:iso:ts:21496:-1";

  public MultiPicture {
    entries = List.copyOf(entries);
  }

  /** Reads the index; damage leaves what was read before it. */
  public static MultiPicture of(ByteReader bytes) throws IOException {
    List<Entry> entries = new ArrayList<>();
    try {
      BlockWalker segments = new JpegSegments(bytes, 0);
      for (Block each = segments.next(); each != null && !each.is("SOS"); each = segments.next()) {
        if (each.is("APP2") && bytes.has(each.offset(), MARK)) {
          read(bytes, each.offset() + MARK.length(), entries);
        }
      }
    } catch (DamagedException e) {
      // What comes after the damage is not counted.
    }
    return new MultiPicture(entries);
  }

  private static void read(ByteReader bytes, long start, List<Entry> entries)
      throws IOException, DamagedException {
    TiffDirectory.Structure tiff = TiffDirectory.Structure.at(bytes, start);
    TiffDirectory.Entry list = tiff.first().entry(MP_ENTRIES).orElse(null);
    if (list == null) {
      return;
    }
    // The first entry is the picture that the file begins with.
    for (long at = ENTRY_BYTES; at + ENTRY_BYTES <= list.length(); at += ENTRY_BYTES) {
      if (entries.size() >= MAX_ENTRIES) {
        return;
      }
      bytes.budget().step();
      long attributes = u32(bytes, tiff, list.offset() + at);
      long offset = start + u32(bytes, tiff, list.offset() + at + 8);
      int type = (int) (attributes & TYPE);
      boolean thumbnail = type == LARGE_THUMBNAIL_VGA || type == LARGE_THUMBNAIL_FULL_HD;
      Role role = role(bytes, offset);
      entries.add(new Entry(offset, thumbnail && role == Role.PICTURE ? Role.THUMBNAIL : role));
    }
  }

  private static long u32(ByteReader bytes, TiffDirectory.Structure tiff, long at)
      throws IOException, DamagedException {
    return tiff.littleEndian() ? bytes.u32LittleEndian(at) : bytes.u32(at);
  }

  /** What begins at an offset, by its own metadata. */
  public static Role role(ByteReader bytes, long offset) throws IOException {
    try {
      if (!bytes.has(offset, "\u00ff\u00d8\u00ff")) {
        return Role.MISSING;
      }
      BlockWalker segments = new JpegSegments(bytes, offset);
      for (Block each = segments.next(); each != null && !each.is("SOS"); each = segments.next()) {
        if (each.is("APP2") && bytes.has(each.offset(), ISO_GAIN_MAP)) {
          return Role.GAIN_MAP;
        }
        if (each.is("APP1") && bytes.has(each.offset(), XMP)) {
          Role role = byXmp(bytes.piece(Sentence.of("An XMP packet"), each));
          if (role != Role.PICTURE) {
            return role;
          }
        }
      }
      return Role.PICTURE;
    } catch (DamagedException e) {
      return offset < bytes.size() ? Role.PICTURE : Role.MISSING;
    }
  }

  private static Role byXmp(byte[] packet) {
    String text = new String(packet, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
    if (text.contains("hdrgm:version") || text.contains("hdrgainmap")) {
      return Role.GAIN_MAP;
    }
    boolean depth =
        text.contains("aux:depth")
            || text.contains("aux:disparity")
            || text.contains("portraiteffectsmatte")
            || text.contains("gdepth:");
    return depth ? Role.DEPTH : Role.PICTURE;
  }

  /** How many entries have a role. */
  public int count(Role role) {
    return (int) entries.stream().filter(entry -> entry.role() == role).count();
  }
}
