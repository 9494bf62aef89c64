package dev.assay.scan;

import dev.assay.FailureCode;
import dev.assay.MediaException;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;

/**
 * The files in a zip or tar archive, one after the other, unpacked only when they are opened.
 *
 * <p>An archive that is damaged, or unpacks to more than it should, ends with an item that cannot
 * be read; what came before stands. Archives within archives are not looked into. Names inside are
 * labels, never paths: nothing is written where they point to.
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

  private Archive(ScanItem file) {
    this.file = file;
    this.maxTotalBytes = Math.max(MIN_TOTAL_BYTES, MAX_RATIO * file.size());
  }

  /** Whether a file's name says that it is an archive of a kind that is looked into. */
  static boolean claimed(Path file) {
    return Kind.of(file).isPresent();
  }

  /** Opens an archive; empty where the path is no regular file, which an examination tells. */
  static Optional<Archive> open(Path path, ScanItem file) {
    Optional<Kind> kind = Kind.of(path);
    if (kind.isEmpty() || !Files.isRegularFile(path)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          kind.get() == Kind.ZIP ? new Zip(path, file) : new Tar(kind.get().open(path), file));
    } catch (IOException e) {
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
          "The archive holds more than " + MAX_ENTRIES + " files; the rest was not examined.");
    }
    entryName = name.replace('\0', '\ufffd').replace('\\', '/');
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
            "The archive cannot be read, or not to its end: " + e.getMessage() + ".",
            e)
        .withRemedy("Unpack it with another program and scan the folder.");
  }

  /** The kinds of archives, by the endings of their names. */
  private enum Kind {
    ZIP(".zip .cbz"),
    TAR(".tar"),
    TAR_GZIP(".tar.gz .tgz"),
    TAR_BZIP2(".tar.bz2 .tbz2");

    private final String endings;

    Kind(String endings) {
      this.endings = endings;
    }

    static Optional<Kind> of(Path file) {
      String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
      for (Kind kind : values()) {
        for (String ending : kind.endings.split(" ", -1)) {
          if (name.endsWith(ending)) {
            return Optional.of(kind);
          }
        }
      }
      return Optional.empty();
    }

    InputStream open(Path file) throws IOException {
      InputStream bytes = new BufferedInputStream(Files.newInputStream(file));
      try {
        return switch (this) {
          case TAR_GZIP -> new BufferedInputStream(new GZIPInputStream(bytes));
          case TAR_BZIP2 -> new BZip2CompressorInputStream(bytes, true);
          default -> bytes;
        };
      } catch (IOException e) {
        bytes.close();
        throw e;
      }
    }
  }

  private static final class Zip extends Archive {

    private static final String CODE_PAGE = "IBM437";

    private final ZipFile zip;
    private final Enumeration<? extends ZipEntry> entries;

    Zip(Path path, ScanItem file) throws IOException {
      super(file);
      // Names that do not say that they are UTF-8 are in this code page, in which all bytes stand
      // for something.
      zip =
          new ZipFile(
              path.toFile(),
              Charset.isSupported(CODE_PAGE)
                  ? Charset.forName(CODE_PAGE)
                  : StandardCharsets.ISO_8859_1);
      entries = zip.entries();
    }

    @Override
    Optional<ScanItem> nextFile() throws MediaException {
      while (entries.hasMoreElements()) {
        ZipEntry entry = entries.nextElement();
        if (!entry.isDirectory()) {
          return item(entry.getName(), entry.getSize(), () -> zip.getInputStream(entry));
        }
      }
      return Optional.empty();
    }

    @Override
    void closeFile() throws IOException {
      zip.close();
    }
  }

  private static final class Tar extends Archive {

    private final TarArchiveInputStream tar;

    Tar(InputStream bytes, ScanItem file) {
      super(file);
      tar = new TarArchiveInputStream(bytes, "UTF-8");
    }

    @Override
    Optional<ScanItem> nextFile() throws IOException, MediaException {
      TarArchiveEntry entry = tar.getNextEntry();
      while (entry != null && !(entry.isFile() && !entry.isLink() && !entry.isSymbolicLink())) {
        entry = tar.getNextEntry();
      }
      return entry == null ? Optional.empty() : item(entry.getName(), entry.getSize(), () -> tar);
    }

    @Override
    void closeFile() throws IOException {
      tar.close();
    }
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
      if (!(in instanceof TarArchiveInputStream)) {
        super.close();
      }
    }
  }
}
