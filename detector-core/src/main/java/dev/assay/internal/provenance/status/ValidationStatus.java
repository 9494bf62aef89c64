package dev.assay.internal.provenance.status;

import dev.assay.Sentence;

/**
 * The result of one step of validation.
 *
 * @param code what came out
 * @param url JUMBF URI of what was looked at
 * @param explanation one plain sentence
 */
public record ValidationStatus(StatusCode code, String url, Sentence explanation) {

  public ValidationStatus(StatusCode code, String url, String explanation) {
    this(code, url, Sentence.of(explanation));
  }
}
