package dev.assay.internal.archive;

import dev.assay.Archives;
import dev.assay.MediaException;
import dev.assay.internal.container.Compression;
import dev.assay.spi.Budget;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/** A tar archive, compressed or not. */
final class TarArchive extends Archive {

  /** Most bytes of all heads before one file: names of any length may stand there. */
  private static final int MAX_HEAD_BYTES = 1 << 20;

  private final InputStream bytes;
  private final CountedStream counted;
  private final TarArchiveInputStream tar;

  TarArchive(Path file, Compression compression, Budget budget) throws IOException {
    super(file, budget);
    bytes = compression.open(Files.newInputStream(file), budget);
    counted = new CountedStream(bytes, this);
    tar = new TarArchiveInputStream(counted, "UTF-8");
  }

  @Override
  Optional<Archives.Member> nextMember() throws IOException, MediaException {
    TarArchiveEntry entry = nextEntry();
    while (entry != null && !(entry.isFile() && !entry.isLink() && !entry.isSymbolicLink())) {
      entry = nextEntry();
    }
    return Optional.ofNullable(entry).map(e -> new Archives.Member(e.getName(), e.getSize()));
  }

  /** What the entry before has left is passed over first, so that only heads are bounded. */
  private @Nullable TarArchiveEntry nextEntry() throws IOException, MediaException {
    counted.allow(Long.MAX_VALUE);
    if (tar.getCurrentEntry() != null) {
      passOver(tar);
    }
    counted.allow(MAX_HEAD_BYTES);
    TarArchiveEntry entry = tar.getNextEntry();
    counted.allow(Long.MAX_VALUE);
    return entry;
  }

  @Override
  InputStream content() {
    return new FilterInputStream(tar) {
      @Override
      public void close() {
        // It goes on after this file.
      }
    };
  }

  @Override
  void closeFile() throws IOException {
    try (bytes) {
      tar.close();
    }
  }
}
