package dev.assay.internal.archive;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Names of members of a zip archive that do not say in which characters they are: UTF-8 where they
 * are valid in it, else in the characters that the user names, else with their bytes shown, so that
 * no two are alike and none becomes another path.
 *
 * @param charset what the user names
 * @param backslashes whether they separate folders
 */
public record MemberName(Optional<Charset> charset, boolean backslashes) {

  /** What stands before the two hexadecimal digits of a byte that is no text. */
  static final String ESCAPE = "\\x";

  /** A name as stored. */
  String of(byte[] stored) {
    Optional<String> text = decoded(stored, StandardCharsets.UTF_8);
    if (text.isEmpty() && charset.isPresent()) {
      text = decoded(stored, charset.get());
    }
    return text.map(this::of).orElseGet(() -> escaped(stored));
  }

  /** A name as text. */
  String of(String text) {
    return backslashes ? text.replace('\\', '/') : text;
  }

  private static Optional<String> decoded(byte[] stored, Charset charset) {
    try {
      return Optional.of(charset.newDecoder().decode(ByteBuffer.wrap(stored)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /** A backslash may be the second half of a character, and is shown as a byte too. */
  private static String escaped(byte[] stored) {
    StringBuilder shown = new StringBuilder();
    for (byte each : stored) {
      if (each >= ' ' && each != '\\') {
        shown.append((char) each);
      } else {
        shown.append(ESCAPE).append(String.format("%02x", each & 0xff));
      }
    }
    return shown.toString();
  }
}
