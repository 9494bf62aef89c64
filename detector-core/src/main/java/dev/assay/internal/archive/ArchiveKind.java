package dev.assay.internal.archive;

import dev.assay.internal.container.Compression;
import java.util.Locale;
import java.util.Optional;

/** The kinds of archives that are looked into, by the endings of their names. */
public enum ArchiveKind {
  /** Zip, and documents that are zip archives inside: Office Open XML, OpenDocument, EPUB. */
  ZIP(
      Compression.NONE,
      ".zip .cbz .docx .docm .dotx .xlsx .xlsm .pptx .pptm .ppsx .potx .odt .ods .odp .odg .epub"
          + " .kmz"),
  SEVEN_ZIP(Compression.NONE, ".7z .cb7"),
  TAR(Compression.NONE, ".tar .cbt"),
  TAR_GZIP(Compression.GZIP, ".tar.gz .tgz"),
  TAR_BZIP2(Compression.BZIP2, ".tar.bz2 .tbz2"),
  TAR_XZ(Compression.XZ, ".tar.xz .txz");

  private final Compression compression;
  private final String endings;

  ArchiveKind(Compression compression, String endings) {
    this.compression = compression;
    this.endings = endings;
  }

  /** What a name claims to be. */
  public static Optional<ArchiveKind> of(String name) {
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

  /** How the whole archive is compressed; its files may be compressed each. */
  Compression compression() {
    return compression;
  }
}
