package dev.assay.internal.still;

import dev.assay.internal.container.ByteReader;
import dev.assay.internal.heif.HeifColour;
import dev.assay.internal.heif.HeifPictures;
import dev.assay.spi.DamagedException;
import java.io.IOException;

/** HEIF and AVIF (ISO/IEC 23008-12), which FFmpeg decodes. */
public final class HeifStill implements StillFormat {

  @Override
  public DeclaredColour colour(ByteReader bytes) throws IOException, DamagedException {
    HeifColour found = HeifColour.of(bytes);
    if (found.profile().isPresent()) {
      return new DeclaredColour.Profile(found.profile().get());
    }
    return found.codes().isEmpty()
        ? DeclaredColour.NONE
        : new DeclaredColour.Codes(found.codes().get().primaries(), found.codes().get().transfer());
  }

  @Override
  public int pictures(ByteReader bytes) throws IOException {
    return HeifPictures.count(bytes);
  }
}
