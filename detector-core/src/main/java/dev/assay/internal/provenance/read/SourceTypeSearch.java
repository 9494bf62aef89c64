package dev.assay.internal.provenance.read;

import dev.assay.internal.metadata.DigitalSourceType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Searches the bytes of a store for digital source types: JUMBF keeps the strings of CBOR and JSON
 * as they are, so that a store that is too damaged to be read still shows them.
 */
public final class SourceTypeSearch {

  private SourceTypeSearch() {}

  public static List<DigitalSourceType> of(byte[] store) {
    List<DigitalSourceType> found = new ArrayList<>();
    for (DigitalSourceType type : DigitalSourceType.values()) {
      byte[] wanted = ("digitalsourcetype/" + type.term()).getBytes(StandardCharsets.US_ASCII);
      if (contains(store, wanted)) {
        found.add(type);
      }
    }
    return found;
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
