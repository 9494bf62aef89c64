package dev.assay.scan;

import dev.assay.MediaException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Optional;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/** A zip archive. */
final class ZipArchive extends Archive {

  private final ZipFile zip;
  private final Enumeration<ZipArchiveEntry> entries;
  private final MemberName names;

  ZipArchive(Path path, ScanItem file, Optional<Charset> charset) throws IOException {
    super(file);
    zip =
        ZipFile.builder()
            .setPath(path)
            .setCharset(StandardCharsets.ISO_8859_1)
            .setUseUnicodeExtraFields(true)
            .setIgnoreLocalFileHeader(true)
            .get();
    entries = zip.getEntriesInPhysicalOrder();
    names = new MemberName(charset, separators());
  }

  /** Windows programs separate folders by backslashes, and then by nothing else. */
  private boolean separators() {
    for (ZipArchiveEntry entry : Collections.list(zip.getEntries())) {
      if (entry.getName().indexOf('/') >= 0) {
        return false;
      }
    }
    return true;
  }

  @Override
  Optional<ScanItem> nextFile() throws MediaException {
    while (entries.hasMoreElements()) {
      ZipArchiveEntry entry = entries.nextElement();
      String name =
          entry.getNameSource() == ZipArchiveEntry.NameSource.NAME
              ? names.of(entry.getRawName())
              : names.of(entry.getName());
      if (!entry.isDirectory() && !name.endsWith("/")) {
        return item(name, entry.getSize(), () -> zip.getInputStream(entry));
      }
    }
    return Optional.empty();
  }

  @Override
  void closeFile() throws IOException {
    zip.close();
  }
}
