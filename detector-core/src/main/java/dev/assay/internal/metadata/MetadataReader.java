package dev.assay.internal.metadata;

import dev.assay.Media;
import dev.assay.MediaException;
import dev.assay.internal.container.Budget;
import dev.assay.internal.container.ByteReader;
import dev.assay.internal.container.Container;
import dev.assay.internal.container.ContainerFile;
import dev.assay.internal.container.DamagedException;
import dev.assay.internal.container.FormatRecogniser;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

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
    return media instanceof ContainerFile file
        ? file.once(DeclaredMetadata.class, () -> read(media, file.budget()))
        : read(media, Budget.of(media));
  }

  private static DeclaredMetadata read(Media media, Budget budget) throws IOException {
    Findings findings = new Findings(budget);
    ByteReader bytes = new ByteReader(media, budget);
    Optional<BlockReader> reader = container(media, bytes).map(READERS::get);
    if (reader.isPresent()) {
      findings.attempt(() -> reader.get().read(bytes, findings));
    }
    return findings.result();
  }

  private static Optional<Container> container(Media media, ByteReader bytes) throws IOException {
    if (media instanceof ContainerFile file) {
      return Optional.of(file.format().container());
    }
    try {
      return Optional.of(FormatRecogniser.recognise(bytes).container());
    } catch (MediaException e) {
      return Optional.empty();
    }
  }
}
