package dev.assay.internal.heif;

import dev.assay.internal.container.ByteReader;
import dev.assay.internal.container.IsoBoxes;
import dev.assay.spi.Block;
import dev.assay.spi.DamagedException;
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
 * <p>The file is read as FFmpeg reads it: whatever box lists items, references and properties
 * counts, in any {@code meta} box and in the order of the file; properties number those of their
 * own list, and hold for items that are listed before them.
 */
public final class HeifTiles {

  private static final int FULL_BOX = 4;

  /** So that the sizes of a whole row add up to less than FFmpeg counts to. */
  private static final long MAX_TILE_SIDE = 1 << 20;

  private static final int MAX_DEPTH = 8;

  private static final Set<String> CONTAINERS =
      Set.of(
          "moov", "trak", "edts", "udta", "mdia", "minf", "stbl", "mvex", "moof", "traf", "sinf",
          "schi");

  private final ByteReader bytes;
  private final Set<Long> parts = new HashSet<>();
  private final Map<Long, Boolean> sized = new HashMap<>();
  private boolean listed;

  private HeifTiles(ByteReader bytes) {
    this.bytes = bytes;
  }

  /**
   * Checks a file of ISO boxes, of any kind.
   *
   * @throws DamagedException if a part has no size, or the file has more boxes than are read
   */
  public static void requireSizes(ByteReader bytes) throws IOException, DamagedException {
    HeifTiles tiles = new HeifTiles(bytes);
    tiles.read(IsoBoxes.of(bytes), 0);
    for (long part : tiles.parts) {
      if (!tiles.sized.getOrDefault(part, false)) {
        throw new DamagedException("A part of the picture has no size.");
      }
    }
  }

  private void read(IsoBoxes boxes, int depth) throws IOException, DamagedException {
    for (Block box = next(boxes); box != null; box = next(boxes)) {
      switch (box.type()) {
        case "meta" -> within(box, handler(box), depth);
        case "iinf" -> listed = true;
        case "iref" -> references(box);
        case "iprp" -> properties(box);
        default -> {
          if (CONTAINERS.contains(box.type())) {
            within(box, box.offset(), depth);
          }
        }
      }
    }
  }

  private void within(Block box, long start, int depth) throws IOException, DamagedException {
    if (depth < MAX_DEPTH) {
      read(new IsoBoxes(bytes, start, box.end()), depth + 1);
    }
  }

  /** The next box; none after one that is broken, where FFmpeg stops too. */
  private @Nullable Block next(IsoBoxes boxes) throws IOException, DamagedException {
    try {
      return boxes.next();
    } catch (DamagedException e) {
      if (bytes.budget().spent()) {
        throw e;
      }
      return null;
    }
  }

  /** Where the boxes within begin: QuickTime has no version before them. */
  private long handler(Block meta) throws IOException, DamagedException {
    for (long at = meta.offset(); at + 8 <= meta.end(); at += 4) {
      bytes.budget().step();
      if (bytes.fourCc(at + 4).equals("hdlr")) {
        return at;
      }
    }
    return meta.end();
  }

  private void references(Block box) throws IOException, DamagedException {
    int width = bytes.u8(box.offset()) == 0 ? 2 : 4;
    IsoBoxes references = new IsoBoxes(bytes, box.offset() + FULL_BOX, box.end());
    for (Block each = next(references); each != null; each = next(references)) {
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
    List<Block> numbered = new ArrayList<>();
    IsoBoxes inside = new IsoBoxes(bytes, box.offset(), box.end());
    for (Block each = next(inside); each != null; each = next(inside)) {
      if (each.is("ipco")) {
        IsoBoxes all = new IsoBoxes(bytes, each.offset(), each.end());
        for (Block property = next(all); property != null; property = next(all)) {
          numbered.add(property);
        }
      } else if (each.is("ipma") && listed) {
        associations(each, numbered);
      }
    }
  }

  /** Notes of each item whether it has a size; one of several that is none counts. */
  private void associations(Block box, List<Block> numbered) throws IOException, DamagedException {
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
        if (number >= 1 && number <= numbered.size() && numbered.get(number - 1).is("ispe")) {
          sized.merge(id, isSize(numbered.get(number - 1)), Boolean::logicalAnd);
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
