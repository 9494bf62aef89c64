package dev.assay.internal.provenance.read;

import dev.assay.internal.container.ByteReader;
import dev.assay.internal.container.Container;
import dev.assay.internal.container.GifBlocks;
import dev.assay.internal.container.Id3Frames;
import dev.assay.internal.container.IsoBoxes;
import dev.assay.internal.container.JpegSegments;
import dev.assay.internal.container.PdfAttachments;
import dev.assay.internal.container.PngChunks;
import dev.assay.internal.container.RiffChunks;
import dev.assay.internal.container.TiffDirectory;
import dev.assay.spi.Block;
import dev.assay.spi.Budget;
import dev.assay.spi.DamagedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the manifest stores of a file: C2PA 2.2, appendix A. */
public final class StoreFinder {

  /** Largest store that is read, in bytes. */
  static final int MAX_STORE_BYTES = 48 << 20;

  /** Most stores of one file that are looked for; more than one is an error already. */
  private static final int MAX_STORES = 2;

  private static final String SVG_ELEMENT = "<c2pa:manifest";
  private static final int TIFF_FIELD = 0xCD41;
  private static final int MAX_DIRECTORIES = 1000;
  private static final byte[] C2PA_UUID = {
    (byte) 0xD8,
    (byte) 0xFE,
    (byte) 0xC3,
    (byte) 0xD6,
    0x1B,
    0x0E,
    0x48,
    0x3C,
    (byte) 0x92,
    (byte) 0x97,
    0x58,
    0x28,
    (byte) 0x87,
    0x7E,
    (byte) 0xC4,
    (byte) 0x81
  };

  private final ByteReader bytes;
  private final List<EmbeddedStore> found = new ArrayList<>();
  private String met = "";

  private StoreFinder(ByteReader bytes) {
    this.bytes = bytes;
  }

  /** The stores of a file; damage ends the search, and what was found before it counts. */
  public static List<EmbeddedStore> find(ByteReader bytes, Container container) throws IOException {
    StoreFinder finder = new StoreFinder(bytes);
    try {
      finder.search(container);
    } catch (DamagedException e) {
      // Damage of the container is told with its metadata; that of a store is this package's.
      if (finder.found.isEmpty() && !finder.met.isEmpty()) {
        finder.found.add(
            new EmbeddedStore(finder.met, new byte[0], List.of(), Optional.of(e.sentence())));
      }
    }
    return finder.found;
  }

  private void search(Container container) throws IOException, DamagedException {
    switch (container) {
      case JPEG -> jpeg();
      case PNG -> png();
      case GIF -> gif();
      case RIFF -> riff();
      case TIFF -> tiff();
      case ISO -> iso();
      case ID3, FLAC -> id3();
      case SVG -> svg();
      case PDF -> pdf();
      default -> {
        // No place for a store is defined there.
      }
    }
  }

  private byte[] read(String carrier, long start, long length)
      throws IOException, DamagedException {
    met = carrier;
    if (length > MAX_STORE_BYTES) {
      throw new DamagedException("The manifest store is larger than the bound; it was not read.");
    }
    return bytes.read(start, (int) length);
  }

  private void add(String carrier, byte[] store, ByteRange... ranges) {
    if (found.size() < MAX_STORES) {
      found.add(store(carrier, store, ranges));
    }
  }

  private static EmbeddedStore store(String carrier, byte[] store, ByteRange... ranges) {
    return new EmbeddedStore(carrier, store, List.of(ranges), Optional.empty());
  }

  /** The packets of one JUMBF box, by their numbers. */
  private static final class Packets {
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();
    private final List<ByteRange> ranges = new ArrayList<>();
    private long last;
    private boolean outOfOrder;
  }

  /** ISO/IEC 19566-5, annex D: packets repeat the head of their box. */
  private void jpeg() throws IOException, DamagedException {
    Map<Integer, Packets> boxes = new LinkedHashMap<>();
    JpegSegments segments = new JpegSegments(bytes, 0);
    int total = 0;
    for (Block block = segments.next(); block != null; block = segments.next()) {
      if (block.is("SOS") || block.is("EOI")) {
        break;
      }
      if (!block.is("APP11") || block.length() < 16 || !bytes.has(block.offset(), "JP")) {
        continue;
      }
      byte[] segment = bytes.read(block.offset(), (int) block.length());
      if (labelled(segment)) {
        met = "JPEG segment APP11";
      }
      ByteBuffer head = ByteBuffer.wrap(segment);
      Packets packets = boxes.computeIfAbsent((int) head.getShort(2), n -> new Packets());
      long number = Integer.toUnsignedLong(head.getInt(4));
      packets.outOfOrder |= number != packets.last + 1;
      packets.last = number;
      int boxHead = head.getInt(8) == 1 ? 16 : 8;
      int start = Math.min(segment.length, number == 1 ? 8 : 8 + boxHead);
      packets.content.write(segment, start, segment.length - start);
      packets.ranges.add(new ByteRange(block.offset() - 4, block.end()));
      total += segment.length;
      if (total > MAX_STORE_BYTES) {
        throw new DamagedException("The manifest store is larger than the bound; it was not read.");
      }
    }
    for (Packets packets : boxes.values()) {
      byte[] store = packets.content.toByteArray();
      if (labelled(store)) {
        if (packets.outOfOrder) {
          throw new DamagedException("The JPEG segments of the manifest store are out of order.");
        }
        add(
            "JPEG segment APP11",
            store,
            ByteRanges.of(packets.ranges).parts().toArray(new ByteRange[0]));
      }
    }
  }

  /** Whether the box is labelled as a manifest store: others may lie in the same segments. */
  private static boolean labelled(byte[] store) {
    String head = new String(store, 0, Math.min(store.length, 72), StandardCharsets.ISO_8859_1);
    return head.contains("c2pa");
  }

  private void png() throws IOException, DamagedException {
    PngChunks chunks = new PngChunks(bytes);
    for (Block chunk = chunks.next(); chunk != null; chunk = chunks.next()) {
      if (chunk.is("caBX")) {
        add(
            "PNG chunk caBX",
            read("PNG chunk caBX", chunk.offset(), chunk.length()),
            new ByteRange(chunk.offset() - 8, chunk.end() + 4));
      }
    }
  }

  private void gif() throws IOException, DamagedException {
    GifBlocks blocks = new GifBlocks(bytes);
    // It stands before the first image; what follows may be long.
    for (Block block = blocks.next(); block != null && !block.is("image"); block = blocks.next()) {
      if (block.type().startsWith("C2PA_GIF")) {
        met = "GIF extension C2PA_GIF";
        if (block.length() > Budget.MAX_PIECE_BYTES) {
          throw new DamagedException(
              "The manifest store is larger than the bound; it was not read.");
        }
        add(
            "GIF extension C2PA_GIF",
            GifBlocks.join(bytes, block),
            new ByteRange(block.offset() - 14, block.end()));
      }
    }
  }

  private void riff() throws IOException, DamagedException {
    RiffChunks chunks = RiffChunks.of(bytes);
    for (Block chunk = chunks.next(); chunk != null; chunk = chunks.next()) {
      if (chunk.is("C2PA")) {
        long end = Math.min(bytes.size(), chunk.end() + (chunk.length() & 1));
        add(
            "RIFF chunk C2PA",
            read("RIFF chunk C2PA", chunk.offset(), chunk.length()),
            new ByteRange(chunk.offset() - 8, end));
      }
    }
  }

  private void tiff() throws IOException, DamagedException {
    TiffDirectory.Structure structure = TiffDirectory.Structure.at(bytes, 0);
    TiffDirectory directory = structure.first();
    for (int i = 0; i < MAX_DIRECTORIES; i++) {
      var entry = directory.entry(TIFF_FIELD);
      if (entry.isPresent()) {
        long start = entry.get().offset();
        add(
            "TIFF field 0xCD41",
            read("TIFF field 0xCD41", start, entry.get().length()),
            new ByteRange(start, start + entry.get().length()));
      }
      if (directory.next() <= 0 || directory.next() >= bytes.size()) {
        return;
      }
      directory = structure.directory(directory.next());
    }
  }

  private void iso() throws IOException, DamagedException {
    IsoBoxes boxes = IsoBoxes.of(bytes);
    Optional<EmbeddedStore> update = Optional.empty();
    boolean unreadable = false;
    long start = 0;
    for (Block box = boxes.next(); box != null; box = boxes.next()) {
      if (box.is("uuid") && isManifest(box)) {
        long purpose = box.offset() + 20;
        long content = bytes.indexOf(0, purpose, box.end()) + 9;
        byte[] store = read("uuid box", content, box.end() - content);
        ByteRange range = new ByteRange(start, box.end());
        if (bytes.has(purpose, "update\0")) {
          update = Optional.of(store("uuid box", store, range));
        } else {
          add("uuid box", store, range);
        }
      } else if (box.is("uuid") && isOfC2pa(bytes, box)) {
        unreadable |= !bytes.has(box.offset() + 20, "merkle\0");
      } else if (box.is("jumb")) {
        // JPEG XL keeps the whole superbox as a box of its own.
        byte[] store = read("JUMBF box", start, box.end() - start);
        if (labelled(store)) {
          add("JUMBF box", store, new ByteRange(start, box.end()));
        }
      }
      start = box.end();
    }
    if (update.isPresent()) {
      updated(update.get());
    }
    if (found.isEmpty() && unreadable) {
      met = "uuid box";
      throw new DamagedException("The C2PA box of the file holds no manifest that can be read.");
    }
  }

  /** C2PA 2.2, A.5.3: updates lie in a box of their own, at the end of the file. */
  private void updated(EmbeddedStore update) throws DamagedException {
    if (found.isEmpty()) {
      found.add(update);
    } else if (found.size() == 1) {
      EmbeddedStore original = found.get(0);
      List<ByteRange> ranges = new ArrayList<>(original.ranges());
      ranges.addAll(update.ranges());
      found.set(
          0,
          new EmbeddedStore(
              original.carrier(),
              JumbfBox.joined(original.bytes(), update.bytes()),
              ranges,
              Optional.empty()));
    }
  }

  /** Whether a {@code uuid} box is one of C2PA's: C2PA 2.2, A.5.1. */
  public static boolean isOfC2pa(ByteReader bytes, Block box) throws IOException, DamagedException {
    return box.length() > 28 && Arrays.equals(bytes.read(box.offset(), 16), C2PA_UUID);
  }

  private boolean isManifest(Block box) throws IOException, DamagedException {
    long purpose = box.offset() + 20;
    return isOfC2pa(bytes, box)
        && (bytes.has(purpose, "manifest\0")
            || bytes.has(purpose, "original\0")
            || bytes.has(purpose, "update\0"))
        && bytes.indexOf(0, purpose, box.end()) + 9 <= box.end();
  }

  /** C2PA 2.2, A.3.4: the content of an element, in Base64. */
  private void svg() throws IOException, DamagedException {
    long at = bytes.indexOf('<', 0, bytes.size());
    while (at >= 0 && found.size() < MAX_STORES) {
      if (bytes.has(at, SVG_ELEMENT)) {
        long start = bytes.indexOf('>', at, bytes.size()) + 1;
        long end = bytes.indexOf('<', start, bytes.size());
        byte[] text = read("SVG element c2pa:manifest", start, Math.max(0, end - start));
        add(met, decoded(text), new ByteRange(start, end));
      }
      at = bytes.indexOf('<', at + 1, bytes.size());
    }
  }

  /** C2PA 2.2, A.4.2.1: the stores of later updates belong to the first one. */
  private void pdf() throws IOException, DamagedException {
    met = "PDF attachment";
    for (long start : PdfAttachments.starts(bytes, "/C2PA_Manifest")) {
      byte[] store = read(met, start, Math.min(bytes.size() - start, bytes.u32(start)));
      EmbeddedStore embedded = store(met, store, new ByteRange(start, start + store.length));
      if (found.isEmpty()) {
        found.add(embedded);
      } else {
        updated(embedded);
      }
    }
  }

  private static byte[] decoded(byte[] text) throws DamagedException {
    try {
      String plain = new String(text, StandardCharsets.ISO_8859_1).strip();
      return Base64.getDecoder().decode(plain);
    } catch (IllegalArgumentException e) {
      throw new DamagedException("The manifest store is not in Base64.");
    }
  }

  private void id3() throws IOException, DamagedException {
    if (!bytes.has(0, "ID3")) {
      return;
    }
    Id3Frames frames = Id3Frames.at(bytes, 0, bytes.size());
    for (Id3Frames.Frame frame = frames.next(); frame != null; frame = frames.next()) {
      if (frame.id().equals("GEOB")) {
        object(frame.content(), new ByteRange(0, Id3Frames.end(bytes, 0)));
      }
    }
  }

  /** ID3v2 GEOB: an encoding, a media type, a file name, a description, the object. */
  private void object(byte[] frame, ByteRange tag) {
    if (frame.length < 4) {
      return;
    }
    int at = 1;
    int type = at;
    while (type < frame.length && frame[type] != 0) {
      type++;
    }
    String media = new String(frame, at, Math.max(0, type - at), StandardCharsets.ISO_8859_1);
    if (!media.equals("application/c2pa") && !media.equals("application/x-c2pa-manifest-store")) {
      return;
    }
    boolean wide = frame[0] == 1 || frame[0] == 2;
    at = afterText(frame, afterText(frame, type + 1, wide), wide);
    if (at < frame.length) {
      // Where in the tag the object lies is not known here; the tag as a whole is taken.
      add("ID3 frame GEOB", Arrays.copyOfRange(frame, at, frame.length), tag);
    }
  }

  private static int afterText(byte[] frame, int start, boolean wide) {
    int step = wide ? 2 : 1;
    for (int at = start; at + step <= frame.length; at += step) {
      if (frame[at] == 0 && (!wide || frame[at + 1] == 0)) {
        return at + step;
      }
    }
    return frame.length;
  }
}
