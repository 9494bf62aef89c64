package dev.assay.internal.metadata;

import dev.assay.Sentence;
import dev.assay.internal.container.ByteReader;
import dev.assay.internal.container.IsoBoxes;
import dev.assay.internal.heif.HeifItems;
import dev.assay.spi.Block;
import dev.assay.spi.DamagedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The ISO base media family: MP4 and MOV ({@code udta}, {@code ilst}, {@code keys}), HEIF and AVIF
 * (EXIF and XMP items), JPEG XL's boxes (ISO 14496-12, 23008-12, 18181-2; QuickTime File Format).
 */
final class IsoReader {

  private static final int MAX_NAME = 256;
  private static final String XMP_UUID =
      latin1(
          0xBE, 0x7A, 0xCF, 0xCB, 0x97, 0xA9, 0x42, 0xE8, 0x9C, 0x71, 0x99, 0x94, 0x91, 0xE3, 0xAF,
          0xAC);

  private IsoReader() {}

  private interface Visitor {
    void visit(Block box) throws IOException, DamagedException;
  }

  static void read(ByteReader bytes, Findings findings) throws IOException, DamagedException {
    each(IsoBoxes.of(bytes), findings, box -> top(bytes, box, findings));
  }

  /** Visits boxes; the damage of one does not end the walk. */
  private static void each(IsoBoxes boxes, Findings findings, Visitor visitor)
      throws IOException, DamagedException {
    for (Block next = boxes.next(); next != null; next = boxes.next()) {
      Block box = next;
      findings.attempt(() -> visitor.visit(box));
    }
  }

  private static void top(ByteReader bytes, Block box, Findings findings)
      throws IOException, DamagedException {
    switch (box.type()) {
      case "moov" -> each(IsoBoxes.within(bytes, box), findings, b -> inMovie(bytes, b, findings));
      case "meta" -> meta(bytes, box, findings);
      case "uuid" -> uuid(bytes, box, findings);
      case "Exif" ->
          ExifReader.readPrefixed(
              bytes.piece(Sentence.of("The box Exif"), box.offset(), box.length()), findings);
      case "xml " ->
          XmpReader.read(
              bytes.piece(Sentence.of("The box xml"), box.offset(), box.length()), findings);
      default -> {}
    }
  }

  private static void inMovie(ByteReader bytes, Block box, Findings findings)
      throws IOException, DamagedException {
    switch (box.type()) {
      case "udta" -> each(IsoBoxes.within(bytes, box), findings, b -> userData(bytes, b, findings));
      case "meta" -> meta(bytes, box, findings);
      case "uuid" -> uuid(bytes, box, findings);
      default -> {}
    }
  }

  private static void userData(ByteReader bytes, Block box, Findings findings)
      throws IOException, DamagedException {
    if (box.type().equals("meta")) {
      meta(bytes, box, findings);
    } else if (box.type().equals("XMP_")) {
      XmpReader.read(
          bytes.piece(Sentence.of("The box XMP_"), box.offset(), box.length()), findings);
    } else if (box.type().startsWith("\u00a9") && box.length() > 4) {
      // QuickTime's international text: a length, a language, then the text.
      int length = bytes.u16(box.offset());
      if (length <= box.length() - 4) {
        findings.add(
            Carrier.MP4_TAG, box.type(), Text.lenient(bytes.read(box.offset() + 4, length)));
      }
    }
  }

  private static void uuid(ByteReader bytes, Block box, Findings findings)
      throws IOException, DamagedException {
    long content = box.offset() + 16;
    if (bytes.has(box.offset(), XMP_UUID)) {
      XmpReader.read(
          bytes.piece(Sentence.of("The uuid box of XMP"), content, box.end() - content), findings);
    }
  }

  /** The meta box: a full box in MP4 and HEIF, a plain one in QuickTime. */
  private static void meta(ByteReader bytes, Block box, Findings findings)
      throws IOException, DamagedException {
    boolean plain = bytes.has(box.offset() + 4, "hdlr");
    long start = plain ? box.offset() : box.offset() + 4;
    List<String> keys = new ArrayList<>();
    HeifItems items = new HeifItems();
    each(
        new IsoBoxes(bytes, start, box.end()),
        findings,
        b -> {
          switch (b.type()) {
            case "keys" -> keys(bytes, b, keys, findings);
            case "ilst" ->
                each(IsoBoxes.within(bytes, b), findings, i -> item(bytes, i, keys, findings));
            case "iinf" -> items.information(bytes, b.offset(), b.end());
            case "iloc" -> items.locations(bytes, b.offset());
            case "idat" -> items.data(b.offset());
            default -> {}
          }
        });
    for (HeifItems.Item item : items.metadata()) {
      findings.attempt(() -> read(item, items, bytes, findings));
    }
  }

  private static void read(
      HeifItems.Item item, HeifItems items, ByteReader bytes, Findings findings)
      throws IOException, DamagedException {
    byte[] block = items.content(bytes, item);
    if (items.isExif(item)) {
      ExifReader.readPrefixed(block, findings);
    } else if (Text.lenient(block).contains("<x:xmpmeta")
        || Text.lenient(block).contains("<rdf:")) {
      XmpReader.read(block, findings);
    }
  }

  private static void keys(ByteReader bytes, Block box, List<String> keys, Findings findings)
      throws IOException, DamagedException {
    long count = bytes.u32(box.offset() + 4);
    long offset = box.offset() + 8;
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

  private static String name(ByteReader bytes, long start, long length)
      throws IOException, DamagedException {
    return Text.lenient(bytes.read(start, (int) Math.min(length, MAX_NAME)));
  }

  /** An item of iTunes' list: its value, and in free-form items its name in a box beside it. */
  private static void item(ByteReader bytes, Block item, List<String> keys, Findings findings)
      throws IOException, DamagedException {
    long index = bytes.u32(item.offset() - 4);
    String name = index >= 1 && index <= keys.size() ? keys.get((int) index - 1) : item.type();
    IsoBoxes boxes = IsoBoxes.within(bytes, item);
    for (Block box = boxes.next(); box != null; box = boxes.next()) {
      if (box.is("name") && box.length() > 4) {
        name = name(bytes, box.offset() + 4, box.length() - 4);
      } else if (box.is("data") && box.length() > 8 && bytes.u32(box.offset()) <= 1) {
        Sentence what = Sentence.of("The MP4 metadata item '{0}'", name);
        byte[] value = bytes.piece(what, box.offset() + 8, box.length() - 8);
        findings.add(Carrier.MP4_TAG, name, Text.lenient(value));
      }
    }
  }

  private static String latin1(int... values) {
    StringBuilder text = new StringBuilder();
    for (int value : values) {
      text.append((char) value);
    }
    return text.toString();
  }
}
