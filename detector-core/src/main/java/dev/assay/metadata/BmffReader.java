package dev.assay.metadata;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The ISO base media family: MP4 and MOV ({@code udta}, {@code ilst}, {@code keys}), HEIF and AVIF
 * (EXIF and XMP items), JPEG XL's boxes (ISO 14496-12, 23008-12, 18181-2; QuickTime File Format).
 */
final class BmffReader {

  private static final int MAX_NAME = 256;
  private static final String XMP_UUID =
      latin1(
          0xBE, 0x7A, 0xCF, 0xCB, 0x97, 0xA9, 0x42, 0xE8, 0x9C, 0x71, 0x99, 0x94, 0x91, 0xE3, 0xAF,
          0xAC);
  private static final String C2PA_UUID =
      latin1(
          0xD8, 0xFE, 0xC3, 0xD6, 0x1B, 0x0E, 0x48, 0x3C, 0x92, 0x97, 0x58, 0x28, 0x87, 0x7E, 0xC4,
          0x81);

  private BmffReader() {}

  /** A box; its content lies from start to end. */
  private record Box(String type, long start, long end) {
    long length() {
      return end - start;
    }
  }

  private interface Visitor {
    void visit(Box box) throws IOException, DamagedException;
  }

  static void read(MediaBytes bytes, Findings findings) throws IOException, DamagedException {
    boxes(bytes, 0, bytes.size(), findings, box -> top(bytes, box, findings));
  }

  /** Visits the boxes in a range; the damage of one does not end the walk. */
  private static void boxes(
      MediaBytes bytes, long start, long end, Findings findings, Visitor visitor)
      throws IOException, DamagedException {
    long offset = start;
    while (offset + 8 <= end) {
      findings.step();
      long size = bytes.u32(offset);
      long head = 8;
      if (size == 1) {
        size = bytes.u64(offset + 8);
        head = 16;
      } else if (size == 0) {
        size = end - offset;
      }
      if (size < head || size > end - offset) {
        throw new DamagedException(
            "A box of the container is longer than what holds it; the rest was not read.");
      }
      Box box = new Box(bytes.fourCc(offset + 4), offset + head, offset + size);
      findings.attempt(() -> visitor.visit(box));
      offset += size;
    }
  }

  private static void top(MediaBytes bytes, Box box, Findings findings)
      throws IOException, DamagedException {
    switch (box.type()) {
      case "moov" ->
          boxes(bytes, box.start(), box.end(), findings, b -> inMovie(bytes, b, findings));
      case "meta" -> meta(bytes, box, findings);
      case "uuid" -> uuid(bytes, box, findings);
      case "Exif" ->
          ExifReader.readPrefixed(bytes.piece("The box Exif", box.start(), box.length()), findings);
      case "xml " ->
          XmpReader.read(bytes.piece("The box xml", box.start(), box.length()), findings);
      case "jumb" -> {
        byte[] store = head(bytes, box.start(), box.length());
        if (new String(store, 0, Math.min(128, store.length), StandardCharsets.ISO_8859_1)
            .contains("c2pa")) {
          findings.c2paPresence(C2paPresence.of("JUMBF box", box.length(), store));
        }
      }
      default -> {}
    }
  }

  private static void inMovie(MediaBytes bytes, Box box, Findings findings)
      throws IOException, DamagedException {
    switch (box.type()) {
      case "udta" ->
          boxes(bytes, box.start(), box.end(), findings, b -> userData(bytes, b, findings));
      case "meta" -> meta(bytes, box, findings);
      case "uuid" -> uuid(bytes, box, findings);
      default -> {}
    }
  }

  private static void userData(MediaBytes bytes, Box box, Findings findings)
      throws IOException, DamagedException {
    if (box.type().equals("meta")) {
      meta(bytes, box, findings);
    } else if (box.type().equals("XMP_")) {
      XmpReader.read(bytes.piece("The box XMP_", box.start(), box.length()), findings);
    } else if (box.type().startsWith("\u00a9") && box.length() > 4) {
      // QuickTime's international text: a length, a language, then the text.
      int length = bytes.u16(box.start());
      if (length <= box.length() - 4) {
        findings.add(
            Carrier.MP4_TAG, box.type(), Text.lenient(bytes.read(box.start() + 4, length)));
      }
    }
  }

  private static void uuid(MediaBytes bytes, Box box, Findings findings)
      throws IOException, DamagedException {
    long content = box.start() + 16;
    if (bytes.has(box.start(), XMP_UUID)) {
      XmpReader.read(bytes.piece("The uuid box of XMP", content, box.end() - content), findings);
    } else if (bytes.has(box.start(), C2PA_UUID) && bytes.has(content + 4, "manifest\0")) {
      findings.c2paPresence(
          C2paPresence.of(
              "uuid box", box.end() - content, head(bytes, content, box.end() - content)));
    }
  }

  /** The meta box: a full box in MP4 and HEIF, a plain one in QuickTime. */
  private static void meta(MediaBytes bytes, Box box, Findings findings)
      throws IOException, DamagedException {
    boolean plain = bytes.has(box.start() + 4, "hdlr");
    long start = plain ? box.start() : box.start() + 4;
    List<String> keys = new ArrayList<>();
    HeifItems items = new HeifItems();
    boxes(
        bytes,
        start,
        box.end(),
        findings,
        b -> {
          switch (b.type()) {
            case "keys" -> keys(bytes, b, keys, findings);
            case "ilst" ->
                boxes(bytes, b.start(), b.end(), findings, i -> item(bytes, i, keys, findings));
            case "iinf" -> items.information(bytes, b.start(), b.end(), findings);
            case "iloc" -> items.locations(bytes, b.start(), findings);
            case "idat" -> items.data(b.start());
            default -> {}
          }
        });
    for (HeifItems.Item item : items.metadata()) {
      findings.attempt(() -> items.read(bytes, item, findings));
    }
  }

  private static void keys(MediaBytes bytes, Box box, List<String> keys, Findings findings)
      throws IOException, DamagedException {
    long count = bytes.u32(box.start() + 4);
    long offset = box.start() + 8;
    for (long i = 0; i < count && offset + 8 <= box.end(); i++) {
      findings.step();
      long size = bytes.u32(offset);
      if (size < 8 || size > box.end() - offset) {
        throw new DamagedException("The names of the MP4 metadata items are broken.");
      }
      keys.add(name(bytes, offset + 8, size - 8));
      offset += size;
    }
  }

  private static String name(MediaBytes bytes, long start, long length)
      throws IOException, DamagedException {
    return Text.lenient(bytes.read(start, (int) Math.min(length, MAX_NAME)));
  }

  private static void item(MediaBytes bytes, Box box, List<String> keys, Findings findings)
      throws IOException, DamagedException {
    long index = bytes.u32(box.start() - 4);
    String[] name = {index >= 1 && index <= keys.size() ? keys.get((int) index - 1) : box.type()};
    boxes(
        bytes,
        box.start(),
        box.end(),
        findings,
        b -> {
          // iTunes' free-form items carry their name in a box beside the value.
          if (b.type().equals("name") && b.length() > 4) {
            name[0] = name(bytes, b.start() + 4, b.length() - 4);
          } else if (b.type().equals("data") && b.length() > 8) {
            long kind = bytes.u32(b.start());
            if (kind <= 1) {
              findings.add(
                  Carrier.MP4_TAG,
                  name[0],
                  Text.lenient(
                      bytes.piece(
                          "The MP4 metadata item '" + name[0] + "'",
                          b.start() + 8,
                          b.length() - 8)));
            }
          }
        });
  }

  private static byte[] head(MediaBytes bytes, long start, long length)
      throws IOException, DamagedException {
    return bytes.read(start, (int) Math.min(length, C2paPresence.SEARCHED_BYTES));
  }

  private static String latin1(int... values) {
    StringBuilder text = new StringBuilder();
    for (int value : values) {
      text.append((char) value);
    }
    return text.toString();
  }
}
