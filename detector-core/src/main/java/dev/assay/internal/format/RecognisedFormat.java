package dev.assay.internal.format;

import dev.assay.MediaException;
import dev.assay.internal.container.ByteReader;
import dev.assay.internal.container.Container;
import dev.assay.spi.Finding;
import dev.assay.spi.Media;
import java.io.IOException;
import java.util.Optional;

/** The format of a media, recognised from its bytes once. */
public final class RecognisedFormat {

  static final Finding<Optional<Format>> FINDING = RecognisedFormat::recognise;

  private RecognisedFormat() {}

  /**
   * The format.
   *
   * @return empty where it is none of the table
   * @throws IOException if the file cannot be read
   */
  public static Optional<Format> of(Media media) throws IOException {
    return media.once(FINDING);
  }

  /** How the blocks of a media lie; {@link Container#NONE} where its format is unknown. */
  public static Container container(Media media) throws IOException {
    return of(media).map(Format::container).orElse(Container.NONE);
  }

  private static Optional<Format> recognise(Media media) throws IOException {
    try {
      return Optional.of(FormatRecogniser.recognise(new ByteReader(media, media.budget())));
    } catch (MediaException e) {
      return Optional.empty();
    }
  }
}
