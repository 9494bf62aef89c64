package dev.assay.server.internal.access;

import dev.assay.Limits;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What one key may ask for at most, beside what all may. */
public final class KeyLimits {

  /** What can be bounded. */
  private enum Kind {
    /** Of a body. */
    BYTES("bytes", 0),
    /** Of a picture. */
    PIXELS("pixels", 1),
    /** That the examination of a file may take. */
    SECONDS("seconds", 1),
    /** Requests within a minute. */
    PER_MINUTE("perMinute", 0);

    private final String word;
    private final long least;

    Kind(String word, long least) {
      this.word = word;
      this.least = least;
    }
  }

  private static final Pattern LIMIT = Pattern.compile("(\\w+)=(\\d{1,9})([KMG]?)");
  private static final String POWERS = "KMG";

  private final Map<Kind, Long> most = new EnumMap<>(Kind.class);

  /** No limits. */
  public static KeyLimits none() {
    return new KeyLimits();
  }

  /**
   * Reads limits, {@code bytes=100M} for example.
   *
   * @param words each of which is one
   * @return empty if a word is none
   */
  static Optional<KeyLimits> read(Iterable<String> words) {
    KeyLimits limits = new KeyLimits();
    for (String word : words) {
      Matcher parts = LIMIT.matcher(word);
      Optional<Kind> kind = parts.matches() ? kind(parts.group(1)) : Optional.empty();
      if (kind.isEmpty()) {
        return Optional.empty();
      }
      int power = parts.group(3).isEmpty() ? 0 : POWERS.indexOf(parts.group(3)) + 1;
      long value = Long.parseLong(parts.group(2)) << (10 * power);
      if (value < kind.get().least) {
        return Optional.empty();
      }
      limits.most.put(kind.get(), value);
    }
    return Optional.of(limits);
  }

  private static Optional<Kind> kind(String word) {
    for (Kind kind : Kind.values()) {
      if (kind.word.equals(word)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }

  /** How they are written, for people. */
  static String forms() {
    StringBuilder forms = new StringBuilder();
    for (Kind kind : Kind.values()) {
      forms.append(forms.length() == 0 ? "" : ", ").append(kind.word).append("=N");
    }
    return forms.append(", pixels and seconds at least 1").toString();
  }

  /** Bytes of a body, within what all may send. */
  public long bytes(long all) {
    return Math.min(all, most.getOrDefault(Kind.BYTES, all));
  }

  /** Limits of an examination, within those of all. */
  public Limits of(Limits all) {
    Limits own = all;
    Long pixels = most.get(Kind.PIXELS);
    if (pixels != null && pixels < own.pixels()) {
      own = own.withPixels(pixels);
    }
    Long seconds = most.get(Kind.SECONDS);
    if (seconds != null && seconds < own.time().toSeconds()) {
      own = own.withTime(Duration.ofSeconds(seconds));
    }
    return own;
  }

  /** Requests within a minute; empty for any number. */
  public OptionalLong perMinute() {
    Long requests = most.get(Kind.PER_MINUTE);
    return requests == null ? OptionalLong.empty() : OptionalLong.of(requests);
  }
}
