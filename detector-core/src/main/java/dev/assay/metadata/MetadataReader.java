package dev.assay.metadata;

import dev.assay.Media;
import java.io.IOException;

/** Reads what a file says of itself; the container is told by its first bytes. */
public final class MetadataReader {

  private MetadataReader() {}

  /**
   * Reads a file's metadata. Damage is part of the result.
   *
   * @throws IOException if the file cannot be read
   */
  public static DeclaredMetadata read(Media media) throws IOException {
    Findings findings = new Findings();
    try (MediaBytes bytes = new MediaBytes(media)) {
      findings.attempt(() -> dispatch(bytes, findings));
    }
    return findings.result();
  }

  private static void dispatch(MediaBytes bytes, Findings findings)
      throws IOException, DamagedException {
    if (bytes.has(0, "\u0089PNG\r\n\u001a\n")) {
      PngReader.read(bytes, findings);
    } else if (bytes.has(0, "\u00ff\u00d8\u00ff")) {
      JpegReader.read(bytes, findings);
    } else if (bytes.has(0, "RIFF")) {
      RiffReader.read(bytes, findings);
    } else if (bytes.has(0, "GIF8")) {
      GifReader.read(bytes, findings);
    } else if (bytes.has(0, "II*\0") || bytes.has(0, "MM\0*")) {
      ExifReader.readTiff(bytes, findings);
    } else if (bytes.has(4, "ftyp") || bytes.has(0, "\0\0\0\u000cJXL ") || bytes.has(4, "moov")) {
      BmffReader.read(bytes, findings);
    } else if (bytes.has(0, "\u001aE\u00df\u00a3")) {
      MatroskaReader.read(bytes, findings);
    } else if (bytes.has(0, "ID3")) {
      long end = Id3Reader.read(bytes, 0, findings);
      if (bytes.has(end, "fLaC")) {
        VorbisCommentReader.readFlac(bytes, end, findings);
      }
    } else if (bytes.has(0, "fLaC")) {
      VorbisCommentReader.readFlac(bytes, 0, findings);
    } else if (bytes.has(0, "OggS")) {
      VorbisCommentReader.readOgg(bytes, findings);
    }
  }
}
