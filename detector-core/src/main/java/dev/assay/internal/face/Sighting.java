package dev.assay.internal.face;

import java.util.List;

/**
 * A face at one moment.
 *
 * @param timeSeconds when
 * @param face where
 * @param appearance what it looks like, as numbers that are similar for similar faces
 */
public record Sighting(double timeSeconds, Face face, List<Float> appearance) {

  public Sighting {
    appearance = List.copyOf(appearance);
  }

  /** Cosine of the appearances, -1 to 1. */
  double likeness(Sighting other) {
    double dot = 0;
    double own = 0;
    double theirs = 0;
    for (int i = 0; i < appearance.size(); i++) {
      double a = appearance.get(i);
      double b = other.appearance.get(i);
      dot += a * b;
      own += a * a;
      theirs += b * b;
    }
    return own > 0 && theirs > 0 ? dot / Math.sqrt(own * theirs) : 0;
  }
}
