package dev.assay.internal.media;

import dev.assay.internal.container.ByteReader;
import dev.assay.internal.container.IsoBoxes;
import dev.assay.spi.Block;
import dev.assay.spi.DamagedException;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/**
 * Common encryption in ISO base media (ISO/IEC 23001-7): sample entries of the type {@code encv}.
 */
final class Encryption {

  private static final Set<String> HOLDERS = Set.of("moov", "trak", "mdia", "minf", "stbl");
  private static final int FULL_BOX_AND_COUNT = 8;

  private Encryption() {}

  /** The type of the first encrypted sample entry, if there is one. */
  static Optional<String> scheme(ByteReader bytes) throws IOException, DamagedException {
    return within(bytes, IsoBoxes.of(bytes), 0);
  }

  private static Optional<String> within(ByteReader bytes, IsoBoxes boxes, int depth)
      throws IOException, DamagedException {
    for (Block box = boxes.next(); box != null; box = boxes.next()) {
      Optional<String> found = Optional.empty();
      if (HOLDERS.contains(box.type()) && depth < HOLDERS.size()) {
        found = within(bytes, IsoBoxes.within(bytes, box), depth + 1);
      } else if (box.is("stsd") && box.length() > FULL_BOX_AND_COUNT) {
        Block entry = new IsoBoxes(bytes, box.offset() + FULL_BOX_AND_COUNT, box.end()).next();
        found =
            Optional.ofNullable(entry)
                .map(Block::type)
                .filter(type -> type.equals("encv") || type.equals("drmi"));
      }
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }
}
