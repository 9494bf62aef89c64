package dev.assay.internal.model;

import java.util.Arrays;
import java.util.List;

/** What a window of sound holds. */
enum SoundKind {
  /** Somebody speaks. */
  SPEECH("speech"),
  /** Somebody sings, with or without music. */
  SINGING("singing"),
  /** Music without a voice. */
  MUSIC("music"),
  /** Anything else: noise, silence, animals, machines. */
  OTHER("other");

  private final String code;

  SoundKind(String code) {
    this.code = code;
  }

  /** As reports and cards spell it. */
  String code() {
    return code;
  }

  /** The kind of a code; {@link #OTHER} of one that is not known. */
  static SoundKind of(String code) {
    return Arrays.stream(values()).filter(kind -> kind.code.equals(code)).findFirst().orElse(OTHER);
  }

  /** All codes. */
  static List<String> codes() {
    return Arrays.stream(values()).map(SoundKind::code).toList();
  }
}
