package dev.assay.known;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** A part of an index file in memory, see {@link SegmentForm}. */
final class Segment {

  private static final int LIMBS = SegmentForm.HASH_BYTES / Long.BYTES;

  /** What a text is rarely longer than. */
  private static final int SHORT_BYTES = 1024;

  private final int entries;
  private final long network;
  private final long records;
  private final long end;
  private final LongBuffer hashes;
  private final ByteBuffer qualities;
  private final LongBuffer ends;
  private final LongBuffer signs;
  private final ByteBuffer values;

  private Segment(int entries, long network, long records, long end, MappedByteBuffer columns) {
    this.entries = entries;
    this.network = network;
    this.records = records;
    this.end = end;
    this.hashes = part(columns, 0, SegmentForm.qualitiesAt(entries)).asLongBuffer();
    this.qualities = part(columns, SegmentForm.qualitiesAt(entries), SegmentForm.padded(entries));
    this.ends =
        part(columns, SegmentForm.endsAt(entries), (long) entries * Long.BYTES).asLongBuffer();
    int embedded = network == 0 ? 0 : entries;
    long signsAt = SegmentForm.signsAt(entries);
    this.signs = part(columns, signsAt, (long) embedded * SegmentForm.SIGN_BYTES).asLongBuffer();
    this.values =
        part(
            columns,
            signsAt + (long) embedded * SegmentForm.SIGN_BYTES,
            (long) embedded * Embedding.DIMENSIONS);
  }

  private static ByteBuffer part(ByteBuffer columns, long from, long length) {
    return columns.slice((int) from, (int) length).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * The segment at a place of a file.
   *
   * @return null where there is no whole one
   */
  static @Nullable Segment at(FileChannel channel, long place) throws IOException {
    ByteBuffer head = ByteBuffer.allocate(SegmentForm.HEAD_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    while (head.hasRemaining() && channel.read(head, place + head.position()) >= 0) {
      // Until it is full, or the file ends.
    }
    if (head.hasRemaining()) {
      return null;
    }
    head.flip();
    int magic = head.getInt();
    int entries = head.getInt();
    long recordBytes = head.getLong();
    long sum = head.getLong();
    long network = head.getLong();
    boolean possible =
        magic == SegmentForm.SEGMENT_MAGIC
            && entries > 0
            && entries <= SegmentForm.MAX_ENTRIES
            && recordBytes >= 0
            && recordBytes <= SegmentForm.MAX_RECORD_BYTES;
    if (!possible) {
      return null;
    }
    long body = place + SegmentForm.HEAD_BYTES;
    long recordsAt = SegmentForm.recordsAt(entries, network != 0);
    long end = body + SegmentForm.bodyBytes(entries, network != 0, recordBytes);
    if (end > channel.size()) {
      return null;
    }
    MappedByteBuffer columns = channel.map(MapMode.READ_ONLY, body, recordsAt);
    if (sum(columns) != sum) {
      return null;
    }
    return new Segment(entries, network, body + recordsAt, end, columns);
  }

  /** The CRC-32 of all but the records, which are parsed when they are read. */
  static long sum(ByteBuffer columns) {
    CRC32 sum = new CRC32();
    sum.update(columns.duplicate().rewind());
    return sum.getValue();
  }

  int entries() {
    return entries;
  }

  /** Where the next segment begins. */
  long end() {
    return end;
  }

  PdqHash hash(int number) {
    int at = number * LIMBS;
    return new PdqHash(
        hashes.get(at + 3),
        hashes.get(at + 2),
        hashes.get(at + 1),
        hashes.get(at),
        Math.max(0, Math.min(100, qualities.get(number))));
  }

  /** What lies near among the entries from one number up to before another. */
  List<KnownIndex.Found> near(PdqHash.Pair picture, int most, int from, int to) {
    List<KnownIndex.Found> found = new ArrayList<>();
    PdqHash one = picture.upright();
    PdqHash other = picture.mirrored();
    for (int i = from; i < to; i++) {
      int at = i * LIMBS;
      long a = hashes.get(at);
      long b = hashes.get(at + 1);
      long c = hashes.get(at + 2);
      long d = hashes.get(at + 3);
      int upright = distance(one, a, b, c, d);
      int mirrored = distance(other, a, b, c, d);
      int nearest = Math.min(upright, mirrored);
      if (nearest <= most && qualities.get(i) >= PdqHash.MIN_QUALITY) {
        found.add(new KnownIndex.Found(this, i, nearest, mirrored < upright));
      }
    }
    return found;
  }

  private static int distance(PdqHash hash, long a, long b, long c, long d) {
    return Long.bitCount(hash.bits0() ^ a)
        + Long.bitCount(hash.bits64() ^ b)
        + Long.bitCount(hash.bits128() ^ c)
        + Long.bitCount(hash.bits192() ^ d);
  }

  boolean embeds() {
    return network != 0;
  }

  /** Whether a network computed its embeddings. */
  boolean isOf(long other) {
    return network != 0 && network == other;
  }

  /** Counts entries by how many signs of their embeddings are others than these. */
  int[] differences(long[] picture, int from, int to) {
    int[] counts = new int[Embedding.DIMENSIONS + 1];
    for (int i = from; i < to; i++) {
      counts[difference(picture, i)]++;
    }
    return counts;
  }

  private int difference(long[] picture, int number) {
    int at = number * LIMBS;
    return Long.bitCount(picture[0] ^ signs.get(at))
        + Long.bitCount(picture[1] ^ signs.get(at + 1))
        + Long.bitCount(picture[2] ^ signs.get(at + 2))
        + Long.bitCount(picture[3] ^ signs.get(at + 3));
  }

  /**
   * The entries whose embeddings lie near.
   *
   * @param most signs that are others, at most
   * @param least similarity
   */
  List<KnownIndex.Similar> similar(
      Embedding picture, long[] pictureSigns, int most, double least, int from, int to) {
    List<KnownIndex.Similar> found = new ArrayList<>();
    for (int i = from; i < to; i++) {
      if (difference(pictureSigns, i) <= most) {
        double similarity = similarity(picture, i);
        if (similarity >= least) {
          found.add(new KnownIndex.Similar(this, i, similarity));
        }
      }
    }
    return found;
  }

  private double similarity(Embedding picture, int number) {
    int sum = 0;
    int at = number * Embedding.DIMENSIONS;
    for (int i = 0; i < Embedding.DIMENSIONS; i++) {
      sum += picture.at(i) * values.get(at + i);
    }
    return Embedding.similarity(sum);
  }

  /** Reads what is known of an entry, without the rest of it. */
  KnownFile file(FileChannel channel, int number) throws IOException {
    ByteBuffer begin = record(channel, number, SHORT_BYTES);
    try {
      if (begin.getInt(0) > begin.remaining() - Integer.BYTES) {
        begin = record(channel, number, KnownIndexWriter.MAX_ENTRY_BYTES);
      }
      return KnownFileJson.read(block(begin));
    } catch (IndexOutOfBoundsException | BufferUnderflowException | IllegalArgumentException e) {
      throw damaged(e);
    }
  }

  /** A record, or the beginning of one that is longer than so many bytes. */
  private ByteBuffer record(FileChannel channel, int number, int most) throws IOException {
    long from = number == 0 ? 0 : ends.get(number - 1);
    long length = ends.get(number) - from;
    if (length < 0 || length > KnownIndexWriter.MAX_ENTRY_BYTES) {
      throw new IOException(
          "the index of known media is damaged: a record of " + length + " bytes");
    }
    ByteBuffer record =
        ByteBuffer.allocate((int) Math.min(most, length)).order(ByteOrder.LITTLE_ENDIAN);
    while (record.hasRemaining() && channel.read(record, records + from + record.position()) >= 0) {
      // Until it is full, or the file ends.
    }
    return record.flip();
  }

  private static IOException damaged(RuntimeException e) {
    return new IOException("the index of known media is damaged: " + e.getMessage(), e);
  }

  /** Reads an entry. */
  KnownEntry entry(FileChannel channel, int number) throws IOException {
    ByteBuffer record = record(channel, number, KnownIndexWriter.MAX_ENTRY_BYTES);
    try {
      KnownFile file = KnownFileJson.read(block(record));
      byte[] points = block(record);
      Optional<Embedding> embedding = Optional.empty();
      if (network != 0) {
        byte[] vector = new byte[Embedding.DIMENSIONS];
        values.get(number * Embedding.DIMENSIONS, vector);
        embedding = Optional.of(Embedding.of(network, vector));
      }
      return new KnownEntry(
          new Fingerprint(
              hash(number), embedding, embedding.map(e -> Keypoints.read(points)), record.slice()),
          file);
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      throw damaged(e);
    }
  }

  private static byte[] block(ByteBuffer record) {
    int length = record.getInt();
    if (length < 0 || length > record.remaining()) {
      throw new IllegalArgumentException("a block of " + length + " bytes");
    }
    byte[] block = new byte[length];
    record.get(block);
    return block;
  }
}
