package dev.assay.scan;

import dev.assay.FailureCode;
import dev.assay.MediaException;
import dev.assay.Sentence;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The files in an archive, one after the other, unpacked only when they are opened.
 *
 * <p>An archive that is damaged, or unpacks to more than it should, ends with an item that cannot
 * be read; what came before stands. Names inside are labels, never paths: nothing is written where
 * they point to.
 */
abstract class Archive implements Closeable {

  private static final int MAX_ENTRIES = 1_000_000;
  private static final long MAX_ENTRY_BYTES = 2L << 30;

  /** Media hardly shrink when packed; what unpacks to this many times its size is a bomb. */
  private static final long MAX_RATIO = 200;

  /** What any archive may unpack to, however small. */
  private static final long MIN_TOTAL_BYTES = 1L << 30;

  private final ScanItem file;
  private final long maxTotalBytes;
  private final Set<Key> names = new HashSet<>();
  private String entryName = "";
  private long totalBytes;
  private boolean ended;

  Archive(ScanItem file) {
    this.file = file;
    this.maxTotalBytes = Math.max(MIN_TOTAL_BYTES, MAX_RATIO * file.size());
  }

  /**
   * Opens an archive.
   *
   * @param kind what its name says that it is
   * @param path where its bytes are
   * @param file what it is called
   * @param names in which characters names are that do not say so
   * @return empty where the path is no regular file, which an examination tells
   */
  static Optional<Archive> open(
      ArchiveKind kind, Path path, ScanItem file, Optional<Charset> names) {
    if (!Files.isRegularFile(path)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          switch (kind) {
            case ZIP -> new ZipArchive(path, file, names);
            case SEVEN_ZIP -> new SevenZipArchive(path, file);
            default -> new TarArchive(kind.stream(path), file);
          });
    } catch (IOException | IllegalArgumentException e) {
      return Optional.of(new Broken(file, damaged(e)));
    }
  }

  /** The next file in it; empty at the end. */
  final Optional<ScanItem> next() {
    if (ended) {
      return Optional.empty();
    }
    try {
      if (totalBytes > maxTotalBytes) {
        throw new MediaException(
            FailureCode.TOO_MANY_BYTES,
            "The archive unpacks to far more than its size; the rest was not examined.");
      }
      return nextFile();
    } catch (MediaException e) {
      return last(e);
    } catch (IOException | IllegalArgumentException e) {
      return last(damaged(e));
    }
  }

  /** The path of the last file inside the archive, to hold against patterns. */
  final Path entryPath() {
    try {
      return Path.of(entryName);
    } catch (InvalidPathException e) {
      return Path.of(entryName.replaceAll("[<>:\"|?*\\p{Cntrl}]", "_"));
    }
  }

  @Override
  public void close() {
    try {
      closeFile();
    } catch (IOException e) {
      // All that could be read was read.
    }
  }

  abstract Optional<ScanItem> nextFile() throws IOException, MediaException;

  abstract void closeFile() throws IOException;

  final Optional<ScanItem> item(String name, long size, ScanItem.Entry entry)
      throws MediaException {
    if (names.size() == MAX_ENTRIES) {
      throw new MediaException(
          FailureCode.TOO_MANY_BYTES,
          Sentence.of(
              "The archive holds more than {0} files; the rest was not examined.", MAX_ENTRIES));
    }
    entryName = name.replace('\0', '\ufffd');
    String unique = names.add(Key.of(entryName)) ? entryName : entryName + "#" + names.size();
    names.add(Key.of(unique));
    return Optional.of(
        new ScanItem(
            file.name() + "!/" + unique,
            false,
            size,
            file.modified(),
            new ScanItem.InArchive(() -> new Bounded(entry.open()))));
  }

  private Optional<ScanItem> last(MediaException reason) {
    ended = true;
    entryName = "";
    return Optional.of(
        new ScanItem(
            file.name(), true, file.size(), file.modified(), new ScanItem.Unreadable(reason)));
  }

  private static MediaException damaged(Exception e) {
    return new MediaException(
            FailureCode.UNREADABLE,
            Sentence.of(
                "The archive cannot be read, or not to its end: {0}.",
                String.valueOf(e.getMessage())),
            e)
        .withRemedy("Unpack it with another program and scan the folder.");
  }

  /** One that could not be opened. */
  private static final class Broken extends Archive {

    private final MediaException reason;

    Broken(ScanItem file, MediaException reason) {
      super(file);
      this.reason = reason;
    }

    @Override
    Optional<ScanItem> nextFile() throws MediaException {
      throw reason;
    }

    @Override
    void closeFile() {}
  }

  /** Counts what an entry unpacks to, and ends where that is too much; leaves the archive open. */
  private final class Bounded extends FilterInputStream {

    private long bytes;

    Bounded(InputStream entry) {
      super(entry);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int from, int count) throws IOException {
      int read = super.read(target, from, count);
      if (read > 0) {
        bytes += read;
        totalBytes += read;
        if (bytes > MAX_ENTRY_BYTES) {
          throw new IOException("it unpacks to more than " + MAX_ENTRY_BYTES + " bytes");
        }
        if (totalBytes > maxTotalBytes) {
          throw new IOException(
              "the archive unpacks to more than "
                  + maxTotalBytes
                  + " bytes, and to more than "
                  + MAX_RATIO
                  + " times its size");
        }
      }
      return read;
    }

    @Override
    public void close() throws IOException {
      // What several entries share is closed with the archive.
    }
  }
}
