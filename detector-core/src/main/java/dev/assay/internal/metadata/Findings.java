package dev.assay.internal.metadata;

import dev.assay.Sentence;
import dev.assay.internal.container.ByteReader;
import dev.assay.spi.Budget;
import dev.assay.spi.DamagedException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Takes what the readers of one file find, and holds it to the bounds. */
final class Findings {

  private static final int MAX_CHARS = 16 << 20;
  private static final int MAX_FIELDS = 4_096;
  // Photoshop lists each layer's text and each ancestor of a document, by the thousand.
  private static final int MAX_PER_NAME = 256;
  private static final int MAX_SENTENCES = 8;
  private static final int MAX_SEARCHED_CHARS = 4 << 20;

  private final List<MetadataField> fields = new ArrayList<>();
  private final Map<String, Integer> perName = new HashMap<>();
  private final Budget budget;
  private final Set<Sentence> damage = new LinkedHashSet<>();
  private int chars;
  private int searched;

  Findings(Budget budget) {
    this.budget = budget;
  }

  /** Adds a field unless it is blank or the list of its name is long enough. */
  void add(Carrier carrier, String name, String value) throws DamagedException {
    if (value.isBlank() || perName.merge(carrier + name, 1, Integer::sum) > MAX_PER_NAME) {
      return;
    }
    chars += name.length() + value.length();
    if (fields.size() >= MAX_FIELDS || chars > MAX_CHARS) {
      throw new DamagedException(
          Sentence.of(
              "The file holds more metadata than the bound of {0} fields and {1} million"
                  + " characters; the rest was not read.",
              MAX_FIELDS, MAX_CHARS >> 20));
    }
    fields.add(new MetadataField(carrier, name, value));
  }

  /** Takes note of a piece that could not be read. */
  void damaged(DamagedException cause) {
    if (damage.size() < MAX_SENTENCES) {
      damage.add(cause.sentence());
    }
  }

  /** Whether so much more text may be searched that no parser takes: searching is slow. */
  boolean maySearch(int length) throws DamagedException {
    budget.work(length / 16);
    searched += length;
    return searched <= MAX_SEARCHED_CHARS;
  }

  /** What reading is charged to. */
  Budget budget() {
    return budget;
  }

  /** Counts one block or element. */
  void step() throws DamagedException {
    budget.step();
  }

  /** A reader of bytes that were taken out of the file, charged to the same budget. */
  ByteReader reader(byte[] content) {
    return new ByteReader(content, budget);
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
    return new DeclaredMetadata(fields, new ArrayList<>(damage));
  }
}
