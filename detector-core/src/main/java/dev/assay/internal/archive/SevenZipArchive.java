package dev.assay.internal.archive;

import dev.assay.Archives;
import dev.assay.MediaException;
import dev.assay.internal.container.Compression;
import dev.assay.spi.Budget;
import dev.assay.spi.DamagedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.commons.compress.archivers.sevenz.SevenZArchiveEntry;
import org.apache.commons.compress.archivers.sevenz.SevenZFile;
import org.jspecify.annotations.Nullable;

/** A 7z archive, unpacked from front to back: its files are compressed together. */
final class SevenZipArchive extends Archive {

  private final SevenZFile archive;
  private boolean begun;

  SevenZipArchive(Path path, Budget budget) throws IOException {
    super(path, budget);
    archive =
        SevenZFile.builder().setPath(path).setMaxMemoryLimitKb(Compression.MAX_MEMORY_KIB).get();
  }

  @Override
  Optional<Archives.Member> nextMember() throws IOException, MediaException, DamagedException {
    SevenZArchiveEntry entry = nextEntry();
    while (entry != null && (entry.isDirectory() || !entry.hasStream())) {
      entry = nextEntry();
    }
    if (entry == null) {
      return Optional.empty();
    }
    String name = entry.getName() == null ? "unnamed" : entry.getName();
    return Optional.of(new Archives.Member(name.replace('\\', '/'), entry.getSize()));
  }

  /** What the entry before has left is unpacked with the next one in any case: it is counted. */
  private @Nullable SevenZArchiveEntry nextEntry()
      throws IOException, MediaException, DamagedException {
    step();
    if (begun) {
      passOver(content());
    }
    SevenZArchiveEntry entry = archive.getNextEntry();
    begun = entry != null && entry.hasStream();
    return entry;
  }

  @Override
  InputStream content() {
    return new CountedStream(new Content(), this);
  }

  @Override
  void closeFile() throws IOException {
    archive.close();
  }

  /** The content of the entry that came last. */
  private final class Content extends InputStream {
    @Override
    public int read() throws IOException {
      return archive.read();
    }

    @Override
    public int read(byte[] target, int from, int count) throws IOException {
      return archive.read(target, from, count);
    }
  }
}
