package dev.assay.internal.metadata;

import static java.nio.charset.StandardCharsets.UTF_16LE;

import dev.assay.internal.container.AsfObjects;
import dev.assay.internal.container.ByteReader;
import dev.assay.spi.Block;
import dev.assay.spi.DamagedException;
import java.io.IOException;

/**
 * ASF (WMV, WMA): the content descriptions of the header (ASF specification 1.2, 3.10 and 3.11).
 */
final class AsfReader {

  private static final String[] NAMES = {"Title", "Author", "Copyright", "Description", "Rating"};
  private static final int TEXT = 0;

  private AsfReader() {}

  static void read(ByteReader bytes, Findings findings) throws IOException, DamagedException {
    AsfObjects objects = new AsfObjects(bytes);
    for (Block next = objects.next(); next != null; next = objects.next()) {
      Block object = next;
      if (object.is(AsfObjects.CONTENT_DESCRIPTION)) {
        findings.attempt(() -> description(bytes, object, findings));
      } else if (object.is(AsfObjects.EXTENDED_CONTENT_DESCRIPTION)) {
        findings.attempt(() -> extended(bytes, object, findings));
      }
    }
  }

  /** Five lengths, then the five texts. */
  private static void description(ByteReader bytes, Block object, Findings findings)
      throws IOException, DamagedException {
    long at = object.offset() + 2L * NAMES.length;
    for (int i = 0; i < NAMES.length; i++) {
      int length = u16(bytes, object.offset() + 2L * i);
      findings.add(Carrier.ASF_ATTRIBUTE, NAMES[i], text(bytes, at, length));
      at += length;
    }
  }

  /** A count, then name length, name, type, value length, value. */
  private static void extended(ByteReader bytes, Block object, Findings findings)
      throws IOException, DamagedException {
    int count = u16(bytes, object.offset());
    long at = object.offset() + 2;
    for (int i = 0; i < count; i++) {
      findings.step();
      int nameLength = u16(bytes, at);
      String name = text(bytes, at + 2, nameLength);
      at += 2 + nameLength;
      int type = u16(bytes, at);
      int length = u16(bytes, at + 2);
      if (type == TEXT) {
        findings.add(Carrier.ASF_ATTRIBUTE, name, text(bytes, at + 4, length));
      }
      at += 4 + length;
    }
  }

  private static String text(ByteReader bytes, long at, int length)
      throws IOException, DamagedException {
    String text = new String(bytes.read(at, length), UTF_16LE);
    int end = text.indexOf('\0');
    return end < 0 ? text : text.substring(0, end);
  }

  private static int u16(ByteReader bytes, long at) throws IOException, DamagedException {
    return bytes.u8(at) | bytes.u8(at + 1) << 8;
  }
}
