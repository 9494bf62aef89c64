package dev.assay.metadata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.Evidence;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TraceTableTest {

  static Stream<String> names() {
    return TraceTable.ALL.stream().map(Trace::name);
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyTraceIsFoundInItsExampleAndNoOtherIs(String name) {
    List<Evidence> found = BytesMedia.declarations(TraceExamples.of(name));
    assertEquals(
        Set.of("declared." + name), found.stream().map(Evidence::code).collect(Collectors.toSet()));
    Evidence evidence = found.get(0);
    assertTrue(evidence.logLikelihoodRatio().isEmpty());
    assertTrue(evidence.summary().startsWith("The "), evidence.summary());
    assertTrue(evidence.summary().endsWith("."), evidence.summary());
    assertTrue(Set.of("stated", "hint").contains(evidence.details().get("strength")));
    assertTrue(Set.of("generated", "edited").contains(evidence.details().get("effect")));
    assertTrue(evidence.summary().contains(BytesMedia.detail(evidence, "where")));
  }

  @Test
  void namesAreUniqueAndAllAreInThePublicList() {
    List<String> codes = TraceTable.ALL.stream().map(Trace::code).toList();
    assertEquals(codes.size(), Set.copyOf(codes).size());
    assertTrue(MetadataExaminer.codes().keySet().containsAll(codes));
    assertEquals(TraceTable.ALL.size(), TraceExamples.BY_NAME.size());
  }

  @Test
  void everyReportedCodeIsInThePublicList() {
    for (byte[] example : TraceExamples.BY_NAME.values()) {
      assertTrue(MetadataExaminer.codes().keySet().containsAll(BytesMedia.codes(example)));
    }
  }
}
