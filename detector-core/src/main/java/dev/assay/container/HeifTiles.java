package dev.assay.container;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether the parts of derived pictures of a HEIF or AVIF file have a size, as each must (ISO/IEC
 * 23008-12, 6.5.3). FFmpeg puts grids together before it gives control back, and with parts of no
 * width and height it never comes to an end.
 *
 * <p>Lists of items are looked for where FFmpeg looks for them: in every {@code meta} box, from its
 * {@code hdlr} box on.
 */
public final class HeifTiles {

  private static final int FULL_BOX = 4;

  /** So that the sizes of a whole row add up to less than FFmpeg counts to. */
  private static final long MAX_TILE_SIDE = 1 << 20;

  private static final int MAX_DEPTH = 8;
  private static final Set<String> HOLD_META =
      Set.of("moov", "trak", "udta", "mdia", "minf", "stbl", "moof", "traf", "meta");

  private final ByteReader bytes;
  private final Set<Long> parts = new HashSet<>();
  private final List<Block> properties = new ArrayList<>();
  private final List<Block> associations = new ArrayList<>();

  private HeifTiles(ByteReader bytes) {
    this.bytes = bytes;
  }

  /**
   * Checks a file of ISO boxes, of any kind.
   *
   * @throws DamagedException if a part has no size, or the file has more boxes than are read
   */
  public static void requireSizes(ByteReader bytes) throws IOException, DamagedException {
    requireSizes(bytes, IsoBoxes.of(bytes), 0);
  }

  private static void requireSizes(ByteReader bytes, IsoBoxes boxes, int depth)
      throws IOException, DamagedException {
    for (Block box = next(bytes, boxes); box != null; box = next(bytes, boxes)) {
      if (HOLD_META.contains(box.type()) && depth < MAX_DEPTH) {
        long start = box.is("meta") ? handler(bytes, box) : box.offset();
        if (box.is("meta")) {
          new HeifTiles(bytes).check(new IsoBoxes(bytes, start, box.end()));
        }
        requireSizes(bytes, new IsoBoxes(bytes, start, box.end()), depth + 1);
      }
    }
  }

  /** The next box; none after one that is broken, where FFmpeg stops too. */
  private static @Nullable Block next(ByteReader bytes, IsoBoxes boxes)
      throws IOException, DamagedException {
    try {
      return boxes.next();
    } catch (DamagedException e) {
      if (bytes.budget().spent()) {
        throw e;
      }
      return null;
    }
  }

  /** QuickTime's box has no version before it. */
  private static long handler(ByteReader bytes, Block meta) throws IOException, DamagedException {
    for (long at = meta.offset(); at + 8 <= meta.end(); at += 4) {
      bytes.budget().step();
      if (bytes.fourCc(at + 4).equals("hdlr")) {
        return at;
      }
    }
    return meta.end();
  }

  private void check(IsoBoxes meta) throws IOException, DamagedException {
    for (Block box = next(bytes, meta); box != null; box = next(bytes, meta)) {
      if (box.is("iref")) {
        references(box);
      } else if (box.is("iprp")) {
        properties(box);
      }
    }
    if (parts.isEmpty()) {
      return;
    }
    Map<Long, Boolean> sized = new HashMap<>();
    for (Block box : associations) {
      associations(box, sized);
    }
    for (long part : parts) {
      if (!sized.getOrDefault(part, false)) {
        throw new DamagedException("A part of the picture has no size.");
      }
    }
  }

  private void references(Block box) throws IOException, DamagedException {
    int width = bytes.u8(box.offset()) == 0 ? 2 : 4;
    IsoBoxes references = new IsoBoxes(bytes, box.offset() + FULL_BOX, box.end());
    for (Block each = next(bytes, references); each != null; each = next(bytes, references)) {
      if (each.is("dimg")) {
        int count = bytes.u16(each.offset() + width);
        for (int i = 0; i < count; i++) {
          bytes.budget().step();
          parts.add(id(each.offset() + width + 2 + (long) width * i, width));
        }
      }
    }
  }

  private void properties(Block box) throws IOException, DamagedException {
    IsoBoxes inside = new IsoBoxes(bytes, box.offset(), box.end());
    for (Block each = next(bytes, inside); each != null; each = next(bytes, inside)) {
      if (each.is("ipma")) {
        associations.add(each);
      } else if (each.is("ipco")) {
        IsoBoxes all = new IsoBoxes(bytes, each.offset(), each.end());
        for (Block property = next(bytes, all); property != null; property = next(bytes, all)) {
          properties.add(property);
        }
      }
    }
  }

  /** Notes of each item whether it has a size; one of several that is none counts. */
  private void associations(Block box, Map<Long, Boolean> sized)
      throws IOException, DamagedException {
    int width = bytes.u8(box.offset()) == 0 ? 2 : 4;
    int numberWidth = (bytes.u8(box.offset() + 3) & 1) == 0 ? 1 : 2;
    long count = bytes.u32(box.offset() + FULL_BOX);
    long at = box.offset() + FULL_BOX + 4;
    for (long i = 0; i < count && at < box.end(); i++) {
      long id = id(at, width);
      int many = bytes.u8(at + width);
      at += width + 1;
      for (int k = 0; k < many; k++) {
        bytes.budget().step();
        int number = numberWidth == 2 ? bytes.u16(at) & 0x7fff : bytes.u8(at) & 0x7f;
        at += numberWidth;
        if (number >= 1 && number <= properties.size() && properties.get(number - 1).is("ispe")) {
          sized.merge(id, isSize(properties.get(number - 1)), Boolean::logicalAnd);
        }
      }
    }
  }

  private boolean isSize(Block property) throws IOException, DamagedException {
    long width = bytes.u32(property.offset() + FULL_BOX);
    long height = bytes.u32(property.offset() + FULL_BOX + 4);
    return width > 0 && height > 0 && width <= MAX_TILE_SIDE && height <= MAX_TILE_SIDE;
  }

  private long id(long at, int width) throws IOException, DamagedException {
    return width == 2 ? bytes.u16(at) : bytes.u32(at);
  }
}
