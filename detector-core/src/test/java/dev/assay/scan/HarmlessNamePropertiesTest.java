package dev.assay.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever a file is called, what its copy is called is one part of a path that any disk takes. */
class HarmlessNamePropertiesTest {

  @Property
  void anyNameBecomesOnePartOfAPath(@ForAll String name) {
    String harmless = Quarantine.harmless(name);
    byte[] bytes = harmless.getBytes(StandardCharsets.UTF_8);
    assertTrue(bytes.length <= Quarantine.MAX_NAME_BYTES, harmless);
    assertEquals(harmless, new String(bytes, StandardCharsets.UTF_8), "whole characters");
    assertEquals(1, Path.of("0123456789abcdef-" + harmless).getNameCount());
  }

  @Property
  void longNamesKeepTheirEnding(@ForAll String name) {
    String harmless = Quarantine.harmless("x".repeat(300) + name.replace('/', '_') + ".jpeg");
    assertTrue(harmless.endsWith(".jpeg"), harmless);
  }
}
