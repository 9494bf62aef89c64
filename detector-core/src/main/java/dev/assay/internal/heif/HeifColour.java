package dev.assay.internal.heif;

import dev.assay.Sentence;
import dev.assay.internal.container.ByteReader;
import dev.assay.internal.container.IsoBoxes;
import dev.assay.spi.Block;
import dev.assay.spi.DamagedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a HEIF or AVIF file says of the colours of its primary item (ISO/IEC 23008-12, 6.5.5): the
 * {@code colr} properties that are associated with it.
 *
 * @param profile an ICC profile
 * @param codes code points of ITU-T H.273
 */
public record HeifColour(Optional<byte[]> profile, Optional<Codes> codes) {

  /** Primaries and transfer function, by ITU-T H.273. */
  public record Codes(int primaries, int transfer) {}

  private static final int FULL_BOX = 4;

  /** Reads them; empty where there are none. */
  public static HeifColour of(ByteReader bytes) throws IOException, DamagedException {
    IsoBoxes top = IsoBoxes.of(bytes);
    for (Block box = top.next(); box != null; box = top.next()) {
      if (box.is("meta")) {
        return new Reading(bytes).of(box);
      }
    }
    return new HeifColour(Optional.empty(), Optional.empty());
  }

  private static final class Reading {

    private final ByteReader bytes;
    private final List<Block> properties = new ArrayList<>();
    private final Set<Integer> ofPrimary = new HashSet<>();
    private long primary = -1;

    Reading(ByteReader bytes) {
      this.bytes = bytes;
    }

    HeifColour of(Block meta) throws IOException, DamagedException {
      List<Block> associations = new ArrayList<>();
      IsoBoxes inside = new IsoBoxes(bytes, meta.offset() + FULL_BOX, meta.end());
      for (Block box = inside.next(); box != null; box = inside.next()) {
        if (box.is("pitm")) {
          long at = box.offset() + FULL_BOX;
          primary = bytes.u8(box.offset()) == 0 ? bytes.u16(at) : bytes.u32(at);
        } else if (box.is("iprp")) {
          properties(box, associations);
        }
      }
      for (Block box : associations) {
        associations(box);
      }
      return chosen();
    }

    private void properties(Block box, List<Block> associations)
        throws IOException, DamagedException {
      IsoBoxes inside = new IsoBoxes(bytes, box.offset(), box.end());
      for (Block each = inside.next(); each != null; each = inside.next()) {
        if (each.is("ipma")) {
          associations.add(each);
        } else if (each.is("ipco")) {
          IsoBoxes all = new IsoBoxes(bytes, each.offset(), each.end());
          for (Block property = all.next(); property != null; property = all.next()) {
            properties.add(property);
          }
        }
      }
    }

    /** Numbers of properties, from 1, by item. */
    private void associations(Block box) throws IOException, DamagedException {
      boolean wideId = bytes.u8(box.offset()) > 0;
      boolean wideNumber = (bytes.u8(box.offset() + 3) & 1) != 0;
      long count = bytes.u32(box.offset() + FULL_BOX);
      long at = box.offset() + FULL_BOX + 4;
      for (long i = 0; i < count && at < box.end(); i++) {
        long id = wideId ? bytes.u32(at) : bytes.u16(at);
        at += wideId ? 4 : 2;
        int many = bytes.u8(at++);
        for (int k = 0; k < many; k++) {
          bytes.budget().step();
          int number = wideNumber ? bytes.u16(at) & 0x7fff : bytes.u8(at) & 0x7f;
          at += wideNumber ? 2 : 1;
          if (id == primary) {
            ofPrimary.add(number);
          }
        }
      }
    }

    private HeifColour chosen() throws IOException, DamagedException {
      Optional<byte[]> profile = Optional.empty();
      Optional<Codes> codes = Optional.empty();
      for (int i = 0; i < properties.size(); i++) {
        Block property = properties.get(i);
        if (!property.is("colr") || !ofPrimary.contains(i + 1) || property.length() < 8) {
          continue;
        }
        String type = bytes.fourCc(property.offset());
        if (type.equals("nclx")) {
          codes =
              Optional.of(
                  new Codes(bytes.u16(property.offset() + 4), bytes.u16(property.offset() + 6)));
        } else if (type.equals("prof") || type.equals("rICC")) {
          profile =
              Optional.of(
                  bytes.piece(
                      Sentence.of("A colour profile"),
                      property.offset() + 4,
                      property.length() - 4));
        }
      }
      return new HeifColour(profile, codes);
    }
  }
}
