package dev.assay.internal.metadata.generator;

import dev.assay.Evidence.Effect;
import dev.assay.internal.metadata.Carrier;
import dev.assay.internal.metadata.Strength;
import java.util.List;

/** Jobs on Hugging Face. */
final class HuggingFaceJobs {

  static final List<GeneratorRule> ALL =
      List.of(
          new GeneratorRule(
              "hugging-face-job",
              Strength.HINT,
              Effect.GENERATED,
              "Hugging Face job",
              "names a job on Hugging Face, where models are hosted",
              metadata -> metadata.first(Carrier.PNG_TEXT, "hf-job-id").map(Declaration::at)));

  private HuggingFaceJobs() {}
}
