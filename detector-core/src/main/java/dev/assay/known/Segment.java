package dev.assay.known;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** A part of an index file in memory, see {@link SegmentForm}. */
final class Segment {

  private static final int LIMBS = SegmentForm.HASH_BYTES / Long.BYTES;

  private final int entries;
  private final long texts;
  private final long end;
  private final LongBuffer hashes;
  private final ByteBuffer qualities;
  private final LongBuffer ends;

  private Segment(int entries, long texts, long end, MappedByteBuffer columns) {
    this.entries = entries;
    this.texts = texts;
    this.end = end;
    this.hashes = part(columns, 0, SegmentForm.qualitiesAt(entries)).asLongBuffer();
    this.qualities = part(columns, SegmentForm.qualitiesAt(entries), SegmentForm.padded(entries));
    this.ends =
        part(columns, SegmentForm.endsAt(entries), (long) entries * Long.BYTES).asLongBuffer();
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
    long textBytes = head.getLong();
    long sum = head.getLong();
    boolean possible =
        magic == SegmentForm.SEGMENT_MAGIC
            && entries > 0
            && entries <= SegmentForm.MAX_ENTRIES
            && textBytes >= 0
            && textBytes <= SegmentForm.MAX_TEXT_BYTES;
    if (!possible) {
      return null;
    }
    long body = place + SegmentForm.HEAD_BYTES;
    long end = body + SegmentForm.bodyBytes(entries, textBytes);
    if (end > channel.size()) {
      return null;
    }
    MappedByteBuffer columns = channel.map(MapMode.READ_ONLY, body, SegmentForm.textsAt(entries));
    if (sum(columns) != sum) {
      return null;
    }
    return new Segment(entries, body + SegmentForm.textsAt(entries), end, columns);
  }

  /** The CRC-32 of all but the texts, which are parsed when they are read. */
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

  /** What is known of an entry. */
  KnownFile file(FileChannel channel, int number) throws IOException {
    long from = number == 0 ? 0 : ends.get(number - 1);
    long length = ends.get(number) - from;
    if (length < 0 || length > KnownIndexWriter.MAX_ENTRY_BYTES) {
      throw new IOException("the index of known media is damaged: a text of " + length + " bytes");
    }
    ByteBuffer text = ByteBuffer.allocate((int) length);
    while (text.hasRemaining() && channel.read(text, texts + from + text.position()) >= 0) {
      // Until it is full, or the file ends.
    }
    return KnownFileJson.read(text.array());
  }
}
