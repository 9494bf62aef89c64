package dev.assay.known;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An index of pictures that were seen before, on disk. Hashes are mapped into memory (33 bytes a
 * picture) and compared one by one, which takes some milliseconds for a million; texts are read
 * when they are asked for. Thread-safe; what is appended after it was opened is not seen.
 */
public final class KnownIndex implements Closeable {

  /** Matches that a search returns at most. */
  public static final int MAX_MATCHES = 100;

  /** From here on, a search uses several threads. */
  private static final int WORTH_THREADS = 100_000;

  private static final int PART = 1 << 15;

  private final FileChannel channel;
  private final List<Segment> segments;
  private final long entries;

  private KnownIndex(FileChannel channel, List<Segment> segments) {
    this.channel = channel;
    this.segments = segments;
    this.entries = segments.stream().mapToLong(Segment::entries).sum();
  }

  /**
   * Opens an index.
   *
   * @throws IOException if it is none, or cannot be read
   */
  public static KnownIndex open(Path file) throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    try {
      return new KnownIndex(channel, segments(channel, file));
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** The whole segments of a file. */
  static List<Segment> segments(FileChannel channel, Path file) throws IOException {
    ByteBuffer head =
        ByteBuffer.allocate(SegmentForm.FILE_HEAD_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    channel.read(head, 0);
    head.flip();
    if (head.remaining() < SegmentForm.FILE_HEAD_BYTES
        || head.getLong() != SegmentForm.FILE_MAGIC) {
      throw new IOException(file + " is no index of known media; 'assay index' writes one.");
    }
    int form = head.getInt();
    if (form != SegmentForm.FORM) {
      throw new IOException(
          file + " is an index of form " + form + "; this release reads " + SegmentForm.FORM + ".");
    }
    List<Segment> segments = new ArrayList<>();
    long at = SegmentForm.FILE_HEAD_BYTES;
    Segment next = Segment.at(channel, at);
    while (next != null) {
      segments.add(next);
      at = next.end();
      next = Segment.at(channel, at);
    }
    return segments;
  }

  /** How many pictures and frames it holds. */
  public long size() {
    return entries;
  }

  /**
   * Finds known pictures whose hashes lie near, the nearest first, at most {@value #MAX_MATCHES}.
   * Hashes with too little quality match nothing.
   *
   * @param picture hash of the picture, and of what a mirror shows of it
   * @param most bits in which they differ at most
   * @throws IOException if texts cannot be read
   */
  public List<KnownMatch> near(PdqHash.Pair picture, int most) throws IOException {
    if (!picture.upright().tells()) {
      return List.of();
    }
    List<Found> found = new ArrayList<>();
    for (Segment segment : segments) {
      int parts = (segment.entries() + PART - 1) / PART;
      IntStream range = IntStream.range(0, parts);
      (entries >= WORTH_THREADS ? range.parallel() : range)
          .mapToObj(
              part ->
                  segment.near(
                      picture, most, part * PART, Math.min(segment.entries(), (part + 1) * PART)))
          .forEachOrdered(found::addAll);
    }
    List<KnownMatch> matches = new ArrayList<>();
    for (Found each :
        found.stream()
            .sorted(Comparator.comparingInt(Found::distance))
            .limit(MAX_MATCHES)
            .toList()) {
      matches.add(
          new KnownMatch(
              each.segment().file(channel, each.number()),
              each.segment().hash(each.number()),
              each.distance(),
              each.mirrored()));
    }
    return matches;
  }

  /** A place in a segment. */
  record Found(Segment segment, int number, int distance, boolean mirrored) {}

  /** Takes what an index holds. */
  @FunctionalInterface
  public interface EntrySink {
    /**
     * Takes an entry.
     *
     * @throws IOException if it cannot be taken, which ends the walk
     */
    void take(PdqHash hash, KnownFile file) throws IOException;
  }

  /** Walks through all entries, in the order in which they were added. */
  public void forEach(EntrySink sink) throws IOException {
    for (Segment segment : segments) {
      for (int i = 0; i < segment.entries(); i++) {
        sink.take(segment.hash(i), segment.file(channel, i));
      }
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
