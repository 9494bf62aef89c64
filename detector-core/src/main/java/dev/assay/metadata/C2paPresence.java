package dev.assay.metadata;

import dev.assay.container.Block;
import dev.assay.container.ByteReader;
import dev.assay.container.DamagedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A C2PA manifest store as found, not validated.
 *
 * @param carrier the container's structure that holds it, for a sentence
 * @param bytes its size in bytes
 * @param aiSourceTypes the digital source types of its text that name a generative model
 */
public record C2paPresence(String carrier, long bytes, List<DigitalSourceType> aiSourceTypes) {

  /** Most bytes of a store that are searched for source types. */
  static final int MAX_SEARCHED_BYTES = 32 << 20;

  public C2paPresence {
    aiSourceTypes = List.copyOf(aiSourceTypes);
  }

  /** A store that is a block of its own. */
  static C2paPresence at(String carrier, ByteReader bytes, Block block)
      throws IOException, DamagedException {
    return of(carrier, block.length(), bytes.head(block.offset(), searched(block.length())));
  }

  static int searched(long length) {
    return (int) Math.min(length, MAX_SEARCHED_BYTES);
  }

  /**
   * Searches a store's text for source types: a JUMBF box keeps the strings of its CBOR and JSON as
   * they are, so that no parser is needed to see them.
   */
  static C2paPresence of(String carrier, long size, byte[] store) {
    List<DigitalSourceType> found = new ArrayList<>();
    for (DigitalSourceType type : DigitalSourceType.values()) {
      byte[] wanted = ("digitalsourcetype/" + type.term()).getBytes(StandardCharsets.US_ASCII);
      if (contains(store, wanted)) {
        found.add(type);
      }
    }
    return new C2paPresence(carrier, size, found);
  }

  private static boolean contains(byte[] haystack, byte[] needle) {
    for (int i = 0; i <= haystack.length - needle.length; i++) {
      if (haystack[i] == needle[0]
          && Arrays.equals(haystack, i, i + needle.length, needle, 0, needle.length)) {
        return true;
      }
    }
    return false;
  }
}
