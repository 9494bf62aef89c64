package dev.assay;

import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What happens to a picture on its way to a reader, as evaluations make it happen to both classes
 * alike: at most 2,048 pixels on the longer side, then one of these.
 *
 * @param kind what is done
 * @param quality of the encoder, 1 to 100; 0 where the kind has its own
 */
public record Condition(Kind kind, int quality) {

  /** The longer side of every copy at most, in pixels. */
  public static final int LONGEST = 2048;

  private static final Pattern WITH_QUALITY = Pattern.compile("(jpeg|webp)(\\d{1,3})");

  /** What is done to a picture. */
  public enum Kind {
    /** Encoded as JPEG with halved colour planes. */
    JPEG,
    /** Encoded as WebP, with loss. */
    WEBP,
    /** Half as wide and high, then JPEG 90. */
    HALF,
    /** A quarter as wide and high, then JPEG 90. */
    QUARTER,
    /** Shown at 0.77 of its size, captured, then JPEG 85. */
    SCREENSHOT
  }

  public Condition {
    Objects.requireNonNull(kind, "kind");
    boolean asked = kind == Kind.JPEG || kind == Kind.WEBP;
    if (asked ? quality < 1 || quality > 100 : quality != 0) {
      throw new IllegalArgumentException("quality " + quality + " of " + kind);
    }
  }

  /**
   * Reads a condition.
   *
   * @param code {@code jpeg} or {@code webp} with a quality behind it, {@code jpeg75} for example,
   *     {@code half}, {@code quarter} or {@code screenshot}
   * @throws IllegalArgumentException if it is none of these
   */
  public static Condition of(String code) {
    Matcher coded = WITH_QUALITY.matcher(code);
    if (coded.matches()) {
      return new Condition(
          Kind.valueOf(coded.group(1).toUpperCase(Locale.ROOT)), Integer.parseInt(coded.group(2)));
    }
    return switch (code) {
      case "half" -> new Condition(Kind.HALF, 0);
      case "quarter" -> new Condition(Kind.QUARTER, 0);
      case "screenshot" -> new Condition(Kind.SCREENSHOT, 0);
      default ->
          throw new IllegalArgumentException(
              "a condition is jpeg1 to jpeg100, webp1 to webp100, half, quarter or screenshot; not "
                  + code);
    };
  }

  /** As {@link #of} reads it. */
  public String code() {
    return kind.name().toLowerCase(Locale.ROOT) + (quality == 0 ? "" : quality);
  }
}
