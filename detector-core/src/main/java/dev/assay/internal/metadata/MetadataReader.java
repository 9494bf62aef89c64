package dev.assay.internal.metadata;

import dev.assay.internal.container.ByteReader;
import dev.assay.internal.container.Container;
import dev.assay.internal.format.RecognisedFormat;
import dev.assay.spi.DamagedException;
import dev.assay.spi.Finding;
import dev.assay.spi.Media;
import java.io.IOException;
import java.util.Map;

/** Reads what a file declares, by its recognised container. */
public final class MetadataReader {

  /** Reads the metadata of one container. */
  @FunctionalInterface
  private interface BlockReader {
    void read(ByteReader bytes, Findings findings) throws IOException, DamagedException;
  }

  private static final Map<Container, BlockReader> READERS =
      Map.ofEntries(
          Map.entry(Container.JPEG, JpegReader::read),
          Map.entry(Container.PNG, PngReader::read),
          Map.entry(Container.GIF, GifReader::read),
          Map.entry(Container.TIFF, ExifReader::readTiff),
          Map.entry(Container.RIFF, RiffReader::read),
          Map.entry(Container.ISO, IsoReader::read),
          Map.entry(Container.EBML, MatroskaReader::read),
          Map.entry(
              Container.ID3, (bytes, findings) -> Id3Reader.read(bytes, 0, bytes.size(), findings)),
          Map.entry(Container.FLAC, VorbisCommentReader::readFlac),
          Map.entry(Container.OGG, VorbisCommentReader::readOgg),
          Map.entry(Container.ASF, AsfReader::read),
          Map.entry(Container.FLV, FlvReader::read));

  private static final Finding<DeclaredMetadata> DECLARED = MetadataReader::readOnce;

  private MetadataReader() {}

  /** Whether metadata is read from this container. */
  public static boolean reads(Container container) {
    return READERS.containsKey(container);
  }

  /**
   * Reads a file's metadata. Damage is part of the result.
   *
   * @throws IOException if the file cannot be read
   */
  public static DeclaredMetadata read(Media media) throws IOException {
    return media.once(DECLARED);
  }

  private static DeclaredMetadata readOnce(Media media) throws IOException {
    Findings findings = new Findings(media.budget());
    BlockReader reader = READERS.get(RecognisedFormat.container(media));
    if (reader != null) {
      ByteReader bytes = new ByteReader(media, media.budget());
      findings.attempt(() -> reader.read(bytes, findings));
    }
    return findings.result();
  }
}
