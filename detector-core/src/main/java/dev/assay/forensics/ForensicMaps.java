package dev.assay.forensics;

import dev.assay.spi.Picture;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** The maps by name. */
@SuppressWarnings("ImmutableEnumChecker") // The functions keep no state.
public enum ForensicMaps {
  /** {@link ErrorLevel}. */
  ELA(ErrorLevel::of),
  /** {@link NoiseResidual}. */
  NOISE(NoiseResidual::of),
  /** {@link NoiseLevels}. */
  NOISE_LEVELS(NoiseLevels::of),
  /** {@link JpegGhost}. */
  GHOST(JpegGhost::of),
  /** {@link JpegGrid}. */
  GRID(JpegGrid::of),
  /** {@link Spectrum}. */
  SPECTRUM(Spectrum::of),
  /** {@link CopyMove}. */
  COPY_MOVE(CopyMove::of);

  /** Pixels of a picture that a map is computed on at most, from its middle. */
  static final int MAX_PIXELS = 4_000_000;

  private final Function<Picture, ForensicMap> maker;

  ForensicMaps(Function<Picture, ForensicMap> maker) {
    this.maker = maker;
  }

  /** The map's name, as commands and pages spell it. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The map of that name. */
  public static Optional<ForensicMaps> named(String code) {
    for (ForensicMaps map : values()) {
      if (map.code().equals(code)) {
        return Optional.of(map);
      }
    }
    return Optional.empty();
  }

  /** The map of a picture. */
  public ForensicMap of(Picture picture) {
    return maker.apply(picture);
  }
}
