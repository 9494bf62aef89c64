package dev.assay.internal.metadata;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.assay.internal.container.ByteReader;
import dev.assay.internal.container.FlvTags;
import dev.assay.spi.Block;
import dev.assay.spi.DamagedException;
import java.io.IOException;

/** FLV: the text properties of the first script tag, {@code onMetaData} (AMF 0). */
final class FlvReader {

  private static final int NUMBER = 0;
  private static final int BOOLEAN = 1;
  private static final int STRING = 2;
  private static final int ECMA_ARRAY = 8;

  /** The script tag comes first; more are not waited for. */
  private static final int MAX_TAGS = 8;

  private FlvReader() {}

  static void read(ByteReader bytes, Findings findings) throws IOException, DamagedException {
    FlvTags tags = new FlvTags(bytes);
    Block tag = tags.next();
    for (int i = 0; tag != null && i < MAX_TAGS; i++) {
      if (tag.is(FlvTags.SCRIPT)) {
        properties(bytes, tag, findings);
        return;
      }
      tag = tags.next();
    }
  }

  /**
   * A string, the event's name, then an array of names and values, read up to the first nested
   * value.
   */
  private static void properties(ByteReader bytes, Block tag, Findings findings)
      throws IOException, DamagedException {
    long at = tag.offset();
    if (bytes.u8(at) != STRING) {
      return;
    }
    at += 3 + bytes.u16(at + 1);
    boolean array = bytes.u8(at) == ECMA_ARRAY;
    at += array ? 5 : 1;
    while (at + 3 < tag.end()) {
      findings.step();
      int length = bytes.u16(at);
      String name = new String(bytes.read(at + 2, length), UTF_8);
      at += 2 + length;
      int type = bytes.u8(at);
      if (type == STRING) {
        int size = bytes.u16(at + 1);
        findings.add(Carrier.FLV_PROPERTY, name, new String(bytes.read(at + 3, size), UTF_8));
        at += 3 + size;
      } else if (type == NUMBER) {
        at += 9;
      } else if (type == BOOLEAN) {
        at += 2;
      } else {
        return;
      }
    }
  }
}
