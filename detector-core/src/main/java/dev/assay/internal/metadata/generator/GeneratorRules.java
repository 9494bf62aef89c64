package dev.assay.internal.metadata.generator;

import java.util.List;
import java.util.stream.Stream;

/** Every trace that is known, in the order in which they are reported. */
final class GeneratorRules {

  static final List<GeneratorRule> ALL =
      Stream.of(
              WebUi.ALL,
              InvokeAi.ALL,
              NovelAi.ALL,
              Fooocus.ALL,
              SwarmUi.ALL,
              EasyDiffusion.ALL,
              DrawThings.ALL,
              MochiDiffusion.ALL,
              HuggingFaceJobs.ALL,
              ComfyRules.ALL,
              HostedGenerators.ALL,
              VocabularyRules.ALL,
              AigcLabel.ALL,
              Leftovers.ALL,
              SoftwareNames.ALL)
          .flatMap(List::stream)
          .toList();

  private GeneratorRules() {}
}
