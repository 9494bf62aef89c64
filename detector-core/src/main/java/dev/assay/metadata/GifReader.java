package dev.assay.metadata;

import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** GIF: comment extensions, XMP and C2PA application extensions (GIF89a; XMP part 3, 1.1.2). */
final class GifReader {

  private GifReader() {}

  static void read(MediaBytes bytes, Findings findings) throws IOException, DamagedException {
    long offset = 13 + colourTable(bytes.u8(10));
    while (offset < bytes.size()) {
      findings.step();
      int block = bytes.u8(offset);
      if (block == 0x3B) {
        return;
      } else if (block == 0x2C) {
        // Ten bytes of descriptor, the local colour table, one byte of code size, then the data.
        offset += 11 + colourTable(bytes.u8(offset + 9));
        offset = skipSubBlocks(bytes, offset, findings);
      } else if (block == 0x21) {
        offset = extension(bytes, offset, findings);
      } else {
        throw new DamagedException("The GIF blocks are broken; the rest was not read.");
      }
    }
  }

  private static long extension(MediaBytes bytes, long offset, Findings findings)
      throws IOException, DamagedException {
    int label = bytes.u8(offset + 1);
    long data = offset + 2;
    if (label == 0xFE) {
      byte[] comment = subBlocks(bytes, data, findings);
      findings.attempt(() -> findings.add(Carrier.GIF_COMMENT, "", Text.lenient(comment)));
    } else if (label == 0xFF && bytes.has(offset, "!\u00ff\u000bXMP DataXMP")) {
      // The packet lies there as it is; the magic trailer behind it lets readers skip it.
      ByteArrayOutputStream packet = new ByteArrayOutputStream();
      long at = offset + 14;
      int value = bytes.u8(at);
      while (value > 1 && packet.size() < Findings.VALUE_BYTES) {
        packet.write(value);
        value = bytes.u8(++at);
      }
      findings.attempt(() -> XmpReader.read(packet.toByteArray(), findings));
    } else if (label == 0xFF && bytes.has(offset, "!\u00ff\u000bC2PA_GIF")) {
      byte[] store = subBlocks(bytes, offset + 14, findings);
      findings.c2paPresence(C2paPresence.of("GIF extension C2PA_GIF", store.length, store));
    }
    return skipSubBlocks(bytes, data, findings);
  }

  private static byte[] subBlocks(MediaBytes bytes, long start, Findings findings)
      throws IOException, DamagedException {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    long offset = start;
    int size = bytes.u8(offset);
    while (size > 0 && data.size() < Findings.VALUE_BYTES) {
      findings.step();
      data.writeBytes(bytes.read(offset + 1, size));
      offset += 1L + size;
      size = bytes.u8(offset);
    }
    return data.toByteArray();
  }

  private static long skipSubBlocks(MediaBytes bytes, long start, Findings findings)
      throws IOException, DamagedException {
    long offset = start;
    int size = bytes.u8(offset);
    while (size > 0) {
      findings.step();
      offset += 1L + size;
      size = bytes.u8(offset);
    }
    return offset + 1;
  }

  private static long colourTable(int packed) {
    return (packed & 0x80) == 0 ? 0 : 3L << ((packed & 7) + 1);
  }
}
