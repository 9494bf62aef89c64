package dev.assay.provenance;

/** A step of validation failed, so that what rests on it cannot be done. */
final class StatusException extends Exception {

  private static final long serialVersionUID = 1L;

  private final StatusCode code;
  private final String explanation;

  StatusException(StatusCode code, String explanation) {
    super(explanation, null, false, false);
    this.code = code;
    this.explanation = explanation;
  }

  Status at(String url) {
    return new Status(code, url, explanation);
  }
}
