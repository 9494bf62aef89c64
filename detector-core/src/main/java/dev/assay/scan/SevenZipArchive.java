package dev.assay.scan;

import dev.assay.MediaException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.commons.compress.archivers.sevenz.SevenZArchiveEntry;
import org.apache.commons.compress.archivers.sevenz.SevenZFile;

/** A 7z archive, unpacked from front to back: its files are compressed together. */
final class SevenZipArchive extends Archive {

  private final SevenZFile archive;

  SevenZipArchive(Path path, ScanItem file) throws IOException {
    super(file);
    archive =
        SevenZFile.builder().setPath(path).setMaxMemoryLimitKb(ArchiveKind.MAX_MEMORY_KIB).get();
  }

  @Override
  Optional<ScanItem> nextFile() throws IOException, MediaException {
    SevenZArchiveEntry entry = archive.getNextEntry();
    while (entry != null && (entry.isDirectory() || !entry.hasStream())) {
      entry = archive.getNextEntry();
    }
    if (entry == null) {
      return Optional.empty();
    }
    String name = entry.getName() == null ? "unnamed" : entry.getName();
    return item(name.replace('\\', '/'), entry.getSize(), Content::new);
  }

  @Override
  void closeFile() throws IOException {
    archive.close();
  }

  /** The content of the entry that comes next. */
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
