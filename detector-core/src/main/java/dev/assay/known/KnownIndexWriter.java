package dev.assay.known;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Appends to an index of known media. Entries are written in segments of some thousands: what is in
 * a segment that was written is there, whatever happens after. One writer at a time; thread-safe.
 */
public final class KnownIndexWriter implements Closeable {

  /** Largest record of an entry, in bytes; longer declarations are cut. */
  static final int MAX_ENTRY_BYTES = 64 << 10;

  private static final int MAX_DECLARED = 1000;
  private static final int AT_ONCE = 8192;

  private final FileChannel channel;

  /** What is not written yet, by the network of the embeddings. */
  private final Map<Long, List<KnownEntry>> pending = new TreeMap<>();

  private long end;

  private KnownIndexWriter(FileChannel channel, long end) {
    this.channel = channel;
    this.end = end;
  }

  /**
   * Opens an index to append to, or begins one.
   *
   * @throws IOException if the file is something else, cannot be written, or has another writer
   */
  public static KnownIndexWriter open(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      lock(channel, file);
      if (channel.size() == 0) {
        ByteBuffer head =
            ByteBuffer.allocate(SegmentForm.FILE_HEAD_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        head.putLong(SegmentForm.FILE_MAGIC).putInt(SegmentForm.FORM).rewind();
        write(channel, head, 0);
        return new KnownIndexWriter(channel, SegmentForm.FILE_HEAD_BYTES);
      }
      List<Segment> segments = KnownIndex.segments(channel, file);
      long end =
          segments.isEmpty()
              ? SegmentForm.FILE_HEAD_BYTES
              : segments.get(segments.size() - 1).end();
      return new KnownIndexWriter(channel, end);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static void lock(FileChannel channel, Path file) throws IOException {
    FileLock lock;
    try {
      // One byte that is not there: a lock on all of the file keeps readers out on Windows.
      lock = channel.tryLock(Long.MAX_VALUE - 1, 1, false);
    } catch (OverlappingFileLockException e) {
      lock = null;
    }
    if (lock == null) {
      throw new IOException(
          file + " is being written to by another process; wait until it is done.");
    }
  }

  /**
   * Adds an entry.
   *
   * @throws IOException if a segment cannot be written; those before it are safe
   */
  public synchronized void add(Fingerprint fingerprint, KnownFile file) throws IOException {
    KnownEntry entry = new KnownEntry(fingerprint.kept(), shortened(file));
    int length = record(entry).length;
    if (length > MAX_ENTRY_BYTES) {
      throw new IOException("an entry of " + length + " bytes is too long for an index");
    }
    long network = fingerprint.embedding().map(Embedding::network).orElse(0L);
    List<KnownEntry> entries = pending.computeIfAbsent(network, known -> new ArrayList<>());
    entries.add(entry);
    if (entries.size() >= AT_ONCE) {
      flush();
    }
  }

  private static byte[] record(KnownEntry entry) {
    byte[] text = KnownFileJson.write(entry.file());
    byte[] points = entry.fingerprint().keypoints().map(Keypoints::bytes).orElse(new byte[0]);
    ByteBuffer thumbnail = entry.fingerprint().thumbnail().duplicate();
    return ByteBuffer.allocate(
            2 * Integer.BYTES + text.length + points.length + thumbnail.remaining())
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(text.length)
        .put(text)
        .putInt(points.length)
        .put(points)
        .put(thumbnail)
        .array();
  }

  private static KnownFile shortened(KnownFile file) {
    return new KnownFile(
        file.name(),
        file.sha256(),
        file.seconds(),
        file.label(),
        file.probability(),
        file.judged(),
        file.declared().map(t -> t.length() <= MAX_DECLARED ? t : t.substring(0, MAX_DECLARED)),
        file.declaredRatio(),
        file.origin());
  }

  /**
   * Writes what was added so far, to the disk.
   *
   * @throws IOException if it cannot be written
   */
  public synchronized void flush() throws IOException {
    for (Map.Entry<Long, List<KnownEntry>> of : pending.entrySet()) {
      if (!of.getValue().isEmpty()) {
        write(of.getKey(), of.getValue());
        of.getValue().clear();
      }
    }
  }

  private void write(long network, List<KnownEntry> entries) throws IOException {
    List<byte[]> records = entries.stream().map(KnownIndexWriter::record).toList();
    long recordBytes = records.stream().mapToLong(record -> record.length).sum();
    boolean embedded = network != 0;
    int count = entries.size();
    ByteBuffer segment =
        ByteBuffer.allocate(
                Math.toIntExact(
                    SegmentForm.HEAD_BYTES + SegmentForm.bodyBytes(count, embedded, recordBytes)))
            .order(ByteOrder.LITTLE_ENDIAN);
    segment.position(SegmentForm.HEAD_BYTES);
    for (KnownEntry entry : entries) {
      PdqHash hash = entry.fingerprint().hash();
      segment
          .putLong(hash.bits0())
          .putLong(hash.bits64())
          .putLong(hash.bits128())
          .putLong(hash.bits192());
    }
    entries.forEach(entry -> segment.put((byte) entry.fingerprint().hash().quality()));
    segment.position(Math.toIntExact(SegmentForm.HEAD_BYTES + SegmentForm.endsAt(count)));
    long at = 0;
    for (byte[] record : records) {
      at += record.length;
      segment.putLong(at);
    }
    if (embedded) {
      putEmbeddings(segment, entries);
    }
    records.forEach(segment::put);
    ByteBuffer columns =
        segment.slice(
            SegmentForm.HEAD_BYTES, Math.toIntExact(SegmentForm.recordsAt(count, embedded)));
    segment
        .putInt(0, SegmentForm.SEGMENT_MAGIC)
        .putInt(4, count)
        .putLong(8, recordBytes)
        .putLong(16, Segment.sum(columns))
        .putLong(24, network);
    // A tail that was cut off is written over.
    write(channel, segment.rewind(), end);
    end += segment.capacity();
    if (channel.size() > end) {
      channel.truncate(end);
    }
    channel.force(false);
  }

  private static void putEmbeddings(ByteBuffer segment, List<KnownEntry> entries) {
    for (KnownEntry entry : entries) {
      for (long limb : KnownIndex.signs(entry.fingerprint().embedding().orElseThrow())) {
        segment.putLong(limb);
      }
    }
    entries.forEach(e -> segment.put(e.fingerprint().embedding().orElseThrow().bytes()));
  }

  private static void write(FileChannel channel, ByteBuffer bytes, long at) throws IOException {
    long place = at;
    while (bytes.hasRemaining()) {
      place += channel.write(bytes, place);
    }
  }

  @Override
  public synchronized void close() throws IOException {
    try {
      flush();
    } finally {
      channel.close();
    }
  }
}
