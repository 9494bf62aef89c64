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

/**
 * Appends to an index of known media. Entries are written in segments of some thousands: what is in
 * a segment that was written is there, whatever happens after. One writer at a time; thread-safe.
 */
public final class KnownIndexWriter implements Closeable {

  /** Largest text of an entry, in bytes; longer declarations are cut. */
  static final int MAX_ENTRY_BYTES = 64 << 10;

  private static final int MAX_DECLARED = 1000;
  private static final int AT_ONCE = 8192;

  private final FileChannel channel;
  private final List<PdqHash> hashes = new ArrayList<>();
  private final List<byte[]> texts = new ArrayList<>();
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
      lock = channel.tryLock();
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
  public synchronized void add(PdqHash hash, KnownFile file) throws IOException {
    byte[] text = KnownFileJson.write(shortened(file));
    if (text.length > MAX_ENTRY_BYTES) {
      throw new IOException("an entry of " + text.length + " bytes is too long for an index");
    }
    hashes.add(hash);
    texts.add(text);
    if (hashes.size() >= AT_ONCE) {
      flush();
    }
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
        file.origin());
  }

  /**
   * Writes what was added so far, to the disk.
   *
   * @throws IOException if it cannot be written
   */
  public synchronized void flush() throws IOException {
    if (hashes.isEmpty()) {
      return;
    }
    int entries = hashes.size();
    long textBytes = texts.stream().mapToLong(text -> text.length).sum();
    long body = SegmentForm.bodyBytes(entries, textBytes);
    ByteBuffer segment =
        ByteBuffer.allocate(Math.toIntExact(SegmentForm.HEAD_BYTES + body))
            .order(ByteOrder.LITTLE_ENDIAN);
    segment.position(SegmentForm.HEAD_BYTES);
    for (PdqHash hash : hashes) {
      segment
          .putLong(hash.bits0())
          .putLong(hash.bits64())
          .putLong(hash.bits128())
          .putLong(hash.bits192());
    }
    hashes.forEach(hash -> segment.put((byte) hash.quality()));
    segment.position(Math.toIntExact(SegmentForm.HEAD_BYTES + SegmentForm.endsAt(entries)));
    long at = 0;
    for (byte[] text : texts) {
      at += text.length;
      segment.putLong(at);
    }
    texts.forEach(segment::put);
    ByteBuffer columns =
        segment.slice(SegmentForm.HEAD_BYTES, Math.toIntExact(SegmentForm.textsAt(entries)));
    segment
        .putInt(0, SegmentForm.SEGMENT_MAGIC)
        .putInt(4, entries)
        .putLong(8, textBytes)
        .putLong(16, Segment.sum(columns));
    // A tail that was cut off is written over.
    write(channel, segment.rewind(), end);
    end += segment.capacity();
    channel.truncate(end);
    channel.force(false);
    hashes.clear();
    texts.clear();
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
