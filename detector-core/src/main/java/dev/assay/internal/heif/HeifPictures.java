package dev.assay.internal.heif;

import dev.assay.internal.container.ByteReader;
import dev.assay.internal.container.IsoBoxes;
import dev.assay.spi.Block;
import dev.assay.spi.DamagedException;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/**
 * How many pictures a HEIF or AVIF file shows (ISO/IEC 23008-12): coded images, grids and overlays
 * that are not hidden, no part of another, no thumbnail and no auxiliary picture.
 */
public final class HeifPictures {

  private static final int FULL_BOX = 4;
  private static final Set<String> PICTURES =
      Set.of("hvc1", "av01", "avc1", "vvc1", "jpeg", "j2k1", "grid", "iovl", "tmap", "unci");

  private final ByteReader bytes;
  private final Set<Long> shown = new HashSet<>();
  private final Set<Long> parts = new HashSet<>();

  private HeifPictures(ByteReader bytes) {
    this.bytes = bytes;
  }

  /** Counts them; 1 where the file's list of items cannot be read. */
  public static int count(ByteReader bytes) throws IOException {
    HeifPictures pictures = new HeifPictures(bytes);
    try {
      pictures.read();
    } catch (DamagedException e) {
      // What was read before the damage counts.
    }
    pictures.shown.removeAll(pictures.parts);
    return Math.max(1, pictures.shown.size());
  }

  private void read() throws IOException, DamagedException {
    IsoBoxes top = IsoBoxes.of(bytes);
    for (Block box = top.next(); box != null; box = top.next()) {
      if (box.is("meta")) {
        IsoBoxes inside = new IsoBoxes(bytes, box.offset() + FULL_BOX, box.end());
        for (Block inner = inside.next(); inner != null; inner = inside.next()) {
          if (inner.is("iinf")) {
            items(inner);
          } else if (inner.is("iref")) {
            references(inner);
          }
        }
      }
    }
  }

  private void items(Block list) throws IOException, DamagedException {
    long first = list.offset() + FULL_BOX + (bytes.u8(list.offset()) == 0 ? 2 : 4);
    IsoBoxes entries = new IsoBoxes(bytes, first, list.end());
    for (Block entry = entries.next(); entry != null; entry = entries.next()) {
      int version = bytes.u8(entry.offset());
      boolean hidden = (bytes.u8(entry.offset() + 3) & 1) != 0;
      if (version < 2 || hidden) {
        continue;
      }
      long at = entry.offset() + FULL_BOX;
      long id = version == 2 ? bytes.u16(at) : bytes.u32(at);
      if (PICTURES.contains(bytes.fourCc(at + (version == 2 ? 4 : 6)))) {
        shown.add(id);
      }
    }
  }

  /** From an item to others: a derived picture to its parts; a thumbnail to what it shows. */
  private void references(Block box) throws IOException, DamagedException {
    int width = bytes.u8(box.offset()) == 0 ? 2 : 4;
    IsoBoxes references = new IsoBoxes(bytes, box.offset() + FULL_BOX, box.end());
    for (Block each = references.next(); each != null; each = references.next()) {
      if (each.is("thmb") || each.is("auxl") || each.is("cdsc")) {
        parts.add(id(each.offset(), width));
      } else if (each.is("dimg")) {
        int count = bytes.u16(each.offset() + width);
        for (int i = 0; i < count; i++) {
          bytes.budget().step();
          parts.add(id(each.offset() + width + 2 + (long) width * i, width));
        }
      }
    }
  }

  private long id(long at, int width) throws IOException, DamagedException {
    return width == 2 ? bytes.u16(at) : bytes.u32(at);
  }
}
