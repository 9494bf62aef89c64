package dev.assay.evaluation;

/**
 * A sample with what was said of it.
 *
 * @param sample whose label is known
 * @param outcome what was said
 */
record Scored(Sample sample, Outcome outcome) {

  boolean synthetic() {
    return sample.synthetic();
  }

  boolean failed() {
    return outcome.ratio() == null;
  }

  /** The log-likelihood ratio of the verdict. */
  double ratio() {
    Double ratio = outcome.ratio();
    if (ratio == null) {
      throw new IllegalStateException("there is no verdict on " + sample.name());
    }
    return ratio;
  }

  /** The part of it that trained models saw in the content. */
  double content() {
    Double content = outcome.content();
    return content == null ? ratio() : content;
  }

  /** The part of that by the models that look at the whole, before faces and fitted heads. */
  double sum() {
    Double sum = outcome.sum();
    return sum == null ? 0 : sum;
  }
}
