package dev.assay.internal.metadata;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** How bytes become text where a format leaves the character set open. */
final class Text {

  private Text() {}

  /** UTF-8 where it is valid UTF-8, else Latin-1; ends at the first NUL. */
  static String lenient(byte[] bytes) {
    int end = 0;
    while (end < bytes.length && bytes[end] != 0) {
      end++;
    }
    byte[] text = end == bytes.length ? bytes : Arrays.copyOf(bytes, end);
    return utf8(text).orElseGet(() -> new String(text, StandardCharsets.ISO_8859_1));
  }

  /** The text if the bytes are valid UTF-8. */
  static Optional<String> utf8(byte[] bytes) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /**
   * EXIF's UserComment: eight bytes that name the character set, then the text (Exif 3.0, 4.6.6.1).
   * Writers disagree on the byte order of {@code UNICODE} and on what {@code ASCII} holds, so the
   * text itself decides.
   */
  static String userComment(byte[] bytes, boolean bigEndian) {
    if (bytes.length < 8) {
      return lenient(bytes);
    }
    String set = new String(bytes, 0, 8, StandardCharsets.ISO_8859_1);
    byte[] text = Arrays.copyOfRange(bytes, 8, bytes.length);
    if (set.equals("UNICODE\0")) {
      return trimNuls(utf16(text, bigEndian));
    }
    if (set.equals("JIS\0\0\0\0\0")) {
      return trimNuls(new String(text, Charset.forName("ISO-2022-JP")));
    }
    if (set.equals("ASCII\0\0\0") || set.equals("\0\0\0\0\0\0\0\0")) {
      return lenient(text);
    }
    return lenient(bytes);
  }

  /**
   * A text field of EXIF: ASCII by the standard, UTF-16 in the fields of Windows (XPComment and its
   * like), and whatever a writer put elsewhere, the prefix of a UserComment included.
   */
  static String exif(byte[] bytes, boolean bigEndian) {
    boolean prefixed =
        bytes.length >= 8
            && Set.of("UNICODE\0", "ASCII\0\0\0")
                .contains(new String(bytes, 0, 8, StandardCharsets.ISO_8859_1));
    if (prefixed) {
      return userComment(bytes, bigEndian);
    }
    boolean wide =
        bytes.length >= 4
            && ((bytes[0] == 0 && bytes[1] != 0 && bytes[2] == 0 && bytes[3] != 0)
                || (bytes[0] != 0 && bytes[1] == 0 && bytes[2] != 0 && bytes[3] == 0)
                || (bytes[0] & 0xFF) + (bytes[1] & 0xFF) == 0xFE + 0xFF);
    return wide ? trimNuls(utf16(bytes, bigEndian)) : lenient(bytes);
  }

  private static String utf16(byte[] bytes, boolean bigEndian) {
    if (bytes.length >= 2 && (bytes[0] & 0xFF) == 0xFE && (bytes[1] & 0xFF) == 0xFF) {
      return new String(bytes, 2, bytes.length - 2, StandardCharsets.UTF_16BE);
    }
    if (bytes.length >= 2 && (bytes[0] & 0xFF) == 0xFF && (bytes[1] & 0xFF) == 0xFE) {
      return new String(bytes, 2, bytes.length - 2, StandardCharsets.UTF_16LE);
    }
    int evenZeros = 0;
    int oddZeros = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == 0) {
        if (i % 2 == 0) {
          evenZeros++;
        } else {
          oddZeros++;
        }
      }
    }
    if (evenZeros + oddZeros == 0) {
      Optional<String> utf8 = utf8(bytes);
      if (utf8.isPresent()) {
        return utf8.get();
      }
    }
    boolean highByteFirst = evenZeros == oddZeros ? bigEndian : evenZeros > oddZeros;
    return new String(bytes, highByteFirst ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE);
  }

  private static String trimNuls(String text) {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == 0) {
      end--;
    }
    return text.substring(0, end);
  }
}
