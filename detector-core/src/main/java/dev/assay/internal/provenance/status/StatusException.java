package dev.assay.internal.provenance.status;

import dev.assay.Sentence;

/** A step of validation failed, so that what rests on it cannot be done. */
public final class StatusException extends Exception {

  private static final long serialVersionUID = 1L;

  private final StatusCode code;
  private final transient Sentence explanation;

  public StatusException(StatusCode code, Sentence explanation) {
    super(explanation.text(), null, false, false);
    this.code = code;
    this.explanation = explanation;
  }

  public StatusException(StatusCode code, String explanation) {
    this(code, Sentence.of(explanation));
  }

  /** What kind of step it was. */
  public StatusCode code() {
    return code;
  }

  public ValidationStatus at(String url) {
    return new ValidationStatus(code, url, explanation);
  }
}
