package dev.assay.internal.metadata.generator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.Evidence;
import dev.assay.internal.metadata.BytesMedia;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GeneratorRulesTest {

  static Stream<String> names() {
    return GeneratorRules.ALL.stream().map(GeneratorRule::name);
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyRuleFindsItsExampleAndNoOtherRuleDoes(String name) {
    List<Evidence> found = BytesMedia.declarations(RuleExamples.of(name));
    assertEquals(
        Set.of("declared." + name), found.stream().map(Evidence::code).collect(Collectors.toSet()));
    Evidence evidence = found.get(0);
    boolean generated = evidence.effect().equals(Optional.of(Evidence.Effect.GENERATED));
    assertEquals(generated, evidence.logLikelihoodRatio().isPresent(), "only this has a weight");
    assertEquals(Optional.of(Evidence.Source.rule(name)), evidence.source());
    assertTrue(evidence.summary().startsWith("The "), evidence.summary());
    assertTrue(evidence.summary().endsWith("."), evidence.summary());
    assertTrue(Set.of("stated", "hint").contains(evidence.details().get("strength")));
    assertTrue(evidence.effect().isPresent());
    assertTrue(evidence.summary().contains(BytesMedia.detail(evidence, "where")));
  }

  @Test
  void namesAreUniqueAndAllAreInThePublicList() {
    List<String> codes = GeneratorRules.ALL.stream().map(GeneratorRule::code).toList();
    assertEquals(codes.size(), Set.copyOf(codes).size());
    assertTrue(MetadataExaminer.INFO.codes().keySet().containsAll(codes));
    assertEquals(GeneratorRules.ALL.size(), RuleExamples.BY_NAME.size());
  }

  @Test
  void everyReportedCodeIsInThePublicList() {
    for (byte[] example : RuleExamples.BY_NAME.values()) {
      assertTrue(MetadataExaminer.INFO.codes().keySet().containsAll(BytesMedia.codes(example)));
    }
  }
}
