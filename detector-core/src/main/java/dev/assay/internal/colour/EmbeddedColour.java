package dev.assay.internal.colour;

import dev.assay.internal.container.ByteReader;
import dev.assay.internal.still.DeclaredColour;
import dev.assay.internal.still.StillFormat;
import dev.assay.spi.DamagedException;
import java.io.IOException;
import java.util.Optional;

/**
 * The colour space that a still picture says its samples are in.
 *
 * @param conversion to sRGB; empty where nothing is said, or nothing that changes what is seen
 * @param remark a sentence on what is unusual; empty if nothing is
 */
public record EmbeddedColour(Optional<SrgbConversion> conversion, String remark) {

  private static final EmbeddedColour NONE = new EmbeddedColour(Optional.empty(), "");
  private static final String DAMAGED =
      "Its colour profile is damaged; the colours were taken for those of an ordinary screen.";
  private static final String EXCHANGES =
      "Its colour profile swaps colours, which profiles of cameras and screens never "
          + "do. The picture was judged as programs that apply the profile show it; others "
          + "show a different picture.";

  /** Reads what a file says; damage costs the profile, not the picture. */
  public static EmbeddedColour of(StillFormat format, ByteReader bytes) throws IOException {
    try {
      return of(format.colour(bytes));
    } catch (DamagedException e) {
      return NONE;
    }
  }

  private static EmbeddedColour of(DeclaredColour declared) {
    if (declared instanceof DeclaredColour.Profile profile) {
      return ofProfile(profile.content());
    } else if (declared instanceof DeclaredColour.Codes codes) {
      return of(CodedColour.of(codes.primaries(), codes.transfer()));
    } else if (declared instanceof DeclaredColour.Power power) {
      return of(CodedColour.of(power.chromaticities(), power.exponent()));
    } else if (declared instanceof DeclaredColour.Damaged) {
      return new EmbeddedColour(Optional.empty(), DAMAGED);
    }
    return NONE;
  }

  private static EmbeddedColour ofProfile(byte[] profile) {
    Optional<SrgbConversion> conversion = SrgbConversion.of(profile);
    return conversion.isEmpty() ? new EmbeddedColour(Optional.empty(), DAMAGED) : of(conversion);
  }

  private static EmbeddedColour of(Optional<SrgbConversion> conversion) {
    if (conversion.isEmpty() || conversion.get().isIdentity()) {
      return NONE;
    }
    return new EmbeddedColour(conversion, conversion.get().exchangesChannels() ? EXCHANGES : "");
  }
}
