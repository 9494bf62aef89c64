package dev.assay.metadata;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Takes what the readers of one file find, and holds it to the bounds.
 *
 * <p>Work is bounded by counting steps, not by the clock, so that the same file gives the same
 * report on every machine.
 */
final class Findings {

  /** Most bytes that one value may take, inflated. */
  static final int VALUE_BYTES = 4 << 20;

  private static final long COPIED_BYTES = 64L << 20;
  private static final int TOTAL_CHARS = 16 << 20;
  private static final int FIELDS = 4_096;
  // Photoshop lists each layer's text and each ancestor of a document, by the thousand.
  private static final int PER_NAME = 256;
  private static final int STEPS = 1_000_000;
  private static final int SENTENCES = 8;

  private final List<MetadataField> fields = new ArrayList<>();
  private final Map<String, Integer> perName = new HashMap<>();
  private final Set<String> damage = new LinkedHashSet<>();
  private Optional<C2paPresence> c2paPresence = Optional.empty();
  private long copied;
  private int chars;
  private int steps;

  /** Adds a field unless it is blank or the list of its name is long enough. */
  void add(Carrier carrier, String name, String value) throws DamagedException {
    if (value.isBlank() || perName.merge(carrier + name, 1, Integer::sum) > PER_NAME) {
      return;
    }
    chars += name.length() + value.length();
    if (fields.size() >= FIELDS || chars > TOTAL_CHARS) {
      throw new DamagedException(
          "The file holds more metadata than the bound of "
              + FIELDS
              + " fields and "
              + (TOTAL_CHARS >> 20)
              + " million characters; the rest was not read.");
    }
    fields.add(new MetadataField(carrier, name, value));
  }

  /** Takes note of a piece that could not be read. */
  void damaged(DamagedException cause) {
    if (damage.size() < SENTENCES) {
      damage.add(cause.sentence());
    }
  }

  /** Takes note of the manifest store; the first one counts. */
  void c2paPresence(C2paPresence store) {
    if (c2paPresence.isEmpty()) {
      c2paPresence = Optional.of(store);
    }
  }

  /** Counts one box, chunk, block or element. */
  void step() throws DamagedException {
    if (++steps > STEPS) {
      throw new DamagedException(
          "The file has more than " + STEPS + " parts; the metadata behind them was not read.");
    }
  }

  /**
   * Counts bytes that are copied because an entry points at them: many entries can point at the
   * same ones.
   */
  void copy(long bytes) throws DamagedException {
    copied += bytes;
    if (copied > COPIED_BYTES) {
      throw new DamagedException(
          "The entries of the metadata point at more than "
              + (COPIED_BYTES >> 20)
              + " MiB together; the rest was not read.");
    }
  }

  /** A piece of metadata that is read on its own: its damage does not touch the others. */
  interface Piece {
    void read() throws DamagedException, java.io.IOException;
  }

  /** Reads a piece, and takes note if it is damaged. */
  void attempt(Piece piece) throws java.io.IOException {
    try {
      piece.read();
    } catch (DamagedException e) {
      damaged(e);
    }
  }

  DeclaredMetadata result() {
    return new DeclaredMetadata(fields, c2paPresence, new ArrayList<>(damage));
  }
}
