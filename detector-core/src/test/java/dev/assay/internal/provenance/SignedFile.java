package dev.assay.internal.provenance;

import static dev.assay.internal.metadata.Containers.box;
import static dev.assay.internal.metadata.Containers.id3Frame;
import static dev.assay.internal.metadata.Containers.join;
import static dev.assay.internal.metadata.Containers.jpegSegment;
import static dev.assay.internal.metadata.Containers.latin1;
import static dev.assay.internal.metadata.Containers.png;
import static dev.assay.internal.metadata.Containers.pngChunk;
import static dev.assay.internal.metadata.Containers.pngText;
import static dev.assay.internal.metadata.Containers.riff;
import static dev.assay.internal.metadata.Containers.riffChunk;
import static dev.assay.internal.metadata.Containers.subBlocks;
import static dev.assay.internal.metadata.Containers.u16;
import static dev.assay.internal.metadata.Containers.u32;

import dev.assay.internal.metadata.Containers;
import dev.assay.internal.provenance.read.ByteRange;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The least file of each container, with a manifest bound to its content. */
@SuppressWarnings("ImmutableEnumChecker") // The functions keep no state.
enum SignedFile {
  JPEG(store -> join(latin1("\u00ff\u00d8"), packets(store)), store -> join(comment(), scan())),
  PNG(
      store -> Arrays.copyOf(png(pngChunk("caBX", store)), 33 + 12 + store.length),
      store -> {
        byte[] rest = png(pngText("Comment", SignedFile.CONTENT));
        return Arrays.copyOfRange(rest, 33, rest.length);
      }),
  WEBP(store -> riffOf("WEBP", "VP8L", store), store -> new byte[0]),
  WAV(store -> riffOf("WAVE", "data", store), store -> new byte[0]),
  GIF(
      store ->
          join(
              latin1("GIF89a"),
              new byte[] {1, 0, 1, 0, 0, 0, 0},
              latin1("!\u00ff\u000bC2PA_GIF\1\0\0"),
              subBlocks(store)),
      store -> join(Containers.gifComment(SignedFile.CONTENT), latin1(";"))),
  TIFF(
      store ->
          join(
              latin1("MM\0*"),
              u32(8),
              u16(1),
              u16(0xCD41),
              u16(7),
              u32(store.length),
              u32(26),
              u32(0),
              store),
      store -> latin1(SignedFile.CONTENT)),
  MP3(
      store -> Containers.id3(id3Frame("GEOB", join(latin1("\0application/c2pa\0\0\0"), store))),
      store -> join(latin1("\u00ff\u00fb\u0090\0"), latin1(SignedFile.CONTENT), new byte[500])),
  MP4(
      store -> join(box("ftyp", latin1("isom"), u32(0)), uuid(store)),
      store -> box("mdat", latin1(SignedFile.CONTENT)));

  static final String CONTENT = "what was signed";

  private static final byte[] UUID = HexFormat.of().parseHex("d8fec3d61b0e483c92975828877ec481");

  private final UnaryOperator<byte[]> head;
  private final UnaryOperator<byte[]> tail;

  SignedFile(UnaryOperator<byte[]> head, UnaryOperator<byte[]> tail) {
    this.head = head;
    this.tail = tail;
  }

  /** Makes a store whose binding to the content is this map. */
  interface StoreWriter {
    byte[] store(String label, Map<String, Object> binding);
  }

  /** The file with one manifest of a signer. */
  static byte[] signed(SignedFile kind, TestSigner signer) {
    return kind.with(
        (label, binding) ->
            TestManifest.store(
                new TestManifest("urn:c2pa:1", signer)
                    .created(TestManifest.AI)
                    .with(label, binding)
                    .bytes()));
  }

  /** The file with a store; the place of the store and the hash depend on one another. */
  byte[] with(StoreWriter writer) {
    Map<String, Object> binding = binding(new byte[32], 0);
    String label = this == MP4 ? "c2pa.hash.bmff.v2" : "c2pa.hash.data";
    int length = 0;
    byte[] store = writer.store(label, binding);
    while (store.length != length) {
      length = store.length;
      store = writer.store(label, binding(new byte[32], length));
    }
    byte[] whole = file(store);
    byte[] hash = this == MP4 ? boxHash(whole) : hashWithout(whole, range(store.length));
    return file(writer.store(label, binding(hash, length)));
  }

  /** The file with a store as it is. */
  byte[] file(byte[] store) {
    return join(head.apply(store), tail.apply(store));
  }

  private Map<String, Object> binding(byte[] hash, int length) {
    Map<String, Object> binding = new LinkedHashMap<>();
    if (this == MP4) {
      binding.put(
          "exclusions",
          List.of(
              Map.of("xpath", "/uuid", "data", List.of(Map.of("offset", 8, "value", UUID))),
              Map.of("xpath", "/ftyp")));
    } else {
      ByteRange range = range(length);
      binding.put(
          "exclusions",
          List.of(Map.of("start", range.start(), "length", range.end() - range.start())));
    }
    binding.put("alg", "sha256");
    binding.put("hash", hash);
    return binding;
  }

  /** Where in the file a store of that length lies. */
  private ByteRange range(int length) {
    byte[] store = new byte[length];
    int end = head.apply(store).length;
    int start =
        switch (this) {
          case JPEG -> 2;
          case PNG -> 33;
          case WEBP, WAV -> end - 8 - length - (length & 1);
          case GIF -> 13;
          case TIFF -> end - length;
          case MP3, MP4 -> 0;
        };
    return new ByteRange(start, end);
  }

  private static byte[] hashWithout(byte[] file, ByteRange range) {
    return TestManifest.sha256(
        Arrays.copyOf(file, (int) range.start()),
        Arrays.copyOfRange(file, (int) range.end(), file.length));
  }

  /** Only the last box counts. */
  private static byte[] boxHash(byte[] file) {
    int start = file.length - 8 - CONTENT.length();
    return TestManifest.sha256(
        ByteBuffer.allocate(8).putLong(start).array(),
        Arrays.copyOfRange(file, start, file.length));
  }

  private static byte[] packets(byte[] store) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int most = 60_000;
    int number = 1;
    for (int at = 0; at < Math.max(1, store.length); at += most, number++) {
      byte[] part = Arrays.copyOfRange(store, at, Math.min(store.length, at + most));
      byte[] repeated = number == 1 ? new byte[0] : Arrays.copyOf(store, 8);
      out.writeBytes(jpegSegment(0xEB, join(latin1("JP"), u16(1), u32(number), repeated, part)));
    }
    return out.toByteArray();
  }

  private static byte[] comment() {
    return jpegSegment(0xFE, latin1(CONTENT));
  }

  private static byte[] scan() {
    return latin1("\u00ff\u00da\0\2\u00ff\u00d9");
  }

  private static byte[] riffOf(String form, String chunk, byte[] store) {
    return riff(form, riffChunk(chunk, latin1(CONTENT + " ")), riffChunk("C2PA", store));
  }

  private static byte[] uuid(byte[] store) {
    return box("uuid", UUID, u32(0), latin1("manifest\0"), new byte[8], store);
  }
}
