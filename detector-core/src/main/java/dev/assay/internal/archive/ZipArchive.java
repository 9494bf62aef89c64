package dev.assay.internal.archive;

import dev.assay.Archives;
import dev.assay.spi.Budget;
import dev.assay.spi.DamagedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Optional;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** A zip archive. */
final class ZipArchive extends Archive {

  private final ZipFile zip;
  private final Enumeration<ZipArchiveEntry> entries;
  private final MemberName names;
  private @Nullable ZipArchiveEntry last;

  ZipArchive(Path path, Optional<Charset> charset, Budget budget) throws IOException {
    super(path, budget);
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
  Optional<Archives.Member> nextMember() throws DamagedException {
    while (entries.hasMoreElements()) {
      step();
      ZipArchiveEntry entry = entries.nextElement();
      String name =
          entry.getNameSource() == ZipArchiveEntry.NameSource.NAME
              ? names.of(entry.getRawName())
              : names.of(entry.getName());
      if (!entry.isDirectory() && !name.endsWith("/")) {
        last = entry;
        return Optional.of(new Archives.Member(name, entry.getSize()));
      }
    }
    return Optional.empty();
  }

  @Override
  InputStream content() throws IOException {
    return new CountedStream(zip.getInputStream(last), this);
  }

  @Override
  void closeFile() throws IOException {
    zip.close();
  }
}
