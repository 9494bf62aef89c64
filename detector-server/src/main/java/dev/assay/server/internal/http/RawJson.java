package dev.assay.server.internal.http;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;

/** JSON that was written already, as a value in another object. */
record RawJson(@JsonValue @JsonRawValue String text) {

  static RawJson of(String text) {
    return new RawJson(text);
  }
}
