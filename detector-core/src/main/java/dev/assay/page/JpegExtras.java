package dev.assay.page;

import dev.assay.forensics.Images;
import dev.assay.internal.container.ByteReader;
import dev.assay.internal.container.JpegSegments;
import dev.assay.internal.container.JpegTables;
import dev.assay.internal.container.TiffDirectory;
import dev.assay.spi.Block;
import dev.assay.spi.Budget;
import dev.assay.spi.DamagedException;
import dev.assay.spi.Media;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** The thumbnail and the quantisation tables of a JPEG. */
final class JpegExtras {

  /** Largest thumbnail that is decoded, in bytes. */
  static final int MAX_THUMBNAIL_BYTES = 1 << 18;

  private static final String EXIF = "Exif\0\0";
  private static final int OFFSET = 0x0201;
  private static final int LENGTH = 0x0202;
  private static final Duration TIME = Duration.ofSeconds(10);

  private JpegExtras() {}

  private static Optional<ByteReader> jpeg(Media media) {
    return media.mediaType().equals("image/jpeg")
        ? Optional.of(new ByteReader(media, new Budget(TIME)))
        : Optional.empty();
  }

  static Optional<PagePictures.Tables> tables(Media media) throws IOException {
    Optional<ByteReader> bytes = jpeg(media);
    if (bytes.isEmpty()) {
      return Optional.empty();
    }
    try {
      JpegTables tables = JpegTables.of(bytes.get());
      return tables
          .luminance()
          .map(
              steps ->
                  new PagePictures.Tables(
                      Arrays.stream(steps).boxed().toList(),
                      tables.libraryQuality(),
                      tables.adobe()));
    } catch (DamagedException e) {
      return Optional.empty();
    }
  }

  /** EXIF 2.32, 4.5.5: the picture that the second directory points to, coded anew. */
  static Optional<byte[]> thumbnail(Media media) throws IOException {
    Optional<ByteReader> bytes = jpeg(media);
    if (bytes.isEmpty()) {
      return Optional.empty();
    }
    try {
      JpegSegments segments = new JpegSegments(bytes.get(), 0);
      for (Block block = segments.next(); block != null; block = segments.next()) {
        if (block.is("SOS") || block.is("EOI")) {
          break;
        }
        if (block.is("APP1") && bytes.get().has(block.offset(), EXIF)) {
          return thumbnail(bytes.get(), block.offset() + EXIF.length());
        }
      }
    } catch (DamagedException e) {
      // Told with the metadata.
    }
    return Optional.empty();
  }

  private static Optional<byte[]> thumbnail(ByteReader bytes, long start)
      throws IOException, DamagedException {
    TiffDirectory.Structure tiff = TiffDirectory.Structure.at(bytes, start);
    long second = tiff.first().next();
    if (second <= 0) {
      return Optional.empty();
    }
    TiffDirectory directory = tiff.directory(second);
    long offset = directory.number(tiff, OFFSET, -1);
    long length = directory.number(tiff, LENGTH, -1);
    if (offset < 0 || length < 1 || length > MAX_THUMBNAIL_BYTES) {
      return Optional.empty();
    }
    return Images.codedAnew(bytes.read(start + offset, (int) length));
  }
}
