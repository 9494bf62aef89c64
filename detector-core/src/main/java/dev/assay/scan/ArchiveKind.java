package dev.assay.scan;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** The kinds of archives that are looked into, by the endings of their names. */
enum ArchiveKind {
  /** Zip, and documents that are zip archives inside: Office Open XML, OpenDocument, EPUB. */
  ZIP(
      ".zip .cbz .docx .docm .dotx .xlsx .xlsm .pptx .pptm .ppsx .potx .odt .ods .odp .odg .epub"
          + " .kmz"),
  SEVEN_ZIP(".7z .cb7"),
  TAR(".tar .cbt"),
  TAR_GZIP(".tar.gz .tgz"),
  TAR_BZIP2(".tar.bz2 .tbz2"),
  TAR_XZ(".tar.xz .txz");

  /** Memory that unpacking may ask for, in KiB. */
  static final int MAX_MEMORY_KIB = 128 << 10;

  private final String endings;

  ArchiveKind(String endings) {
    this.endings = endings;
  }

  /** What a name claims to be. */
  static Optional<ArchiveKind> of(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    for (ArchiveKind kind : values()) {
      for (String ending : kind.endings.split(" ", -1)) {
        if (lower.endsWith(ending)) {
          return Optional.of(kind);
        }
      }
    }
    return Optional.empty();
  }

  /** The bytes of a tar archive, unpacked. */
  InputStream stream(Path file) throws IOException {
    InputStream bytes = new BufferedInputStream(Files.newInputStream(file));
    try {
      return switch (this) {
        case TAR_GZIP -> new BufferedInputStream(new GZIPInputStream(bytes));
        case TAR_BZIP2 -> new BZip2CompressorInputStream(bytes, true);
        case TAR_XZ -> new XZCompressorInputStream(bytes, true, MAX_MEMORY_KIB);
        default -> bytes;
      };
    } catch (IOException e) {
      bytes.close();
      throw e;
    }
  }
}
