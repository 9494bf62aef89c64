package dev.assay.scan;

import dev.assay.MediaException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** A tar archive, compressed or not. */
final class TarArchive extends Archive {

  private final TarArchiveInputStream tar;

  TarArchive(InputStream bytes, ScanItem file) {
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
