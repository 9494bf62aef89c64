package dev.assay.internal.report;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.internal.provenance.status.StatusCode;
import dev.assay.internal.provenance.status.StatusCode.Kind;
import org.junit.jupiter.api.Test;

class FailureMeaningTest {

  @Test
  void everyFailureThatInvalidatesMeansSomething() {
    for (StatusCode code : StatusCode.values()) {
      if (code.kind() == Kind.FAILURE && code.invalidates()) {
        assertTrue(FailureMeaning.of(code.code(), "broken").isPresent(), code.code());
      }
    }
    assertFalse(FailureMeaning.of("org.example", "broken").isPresent());
  }

  @Test
  void whatIsLeftOutIsNoChange() {
    assertNotEquals(
        FailureMeaning.of("assertion.dataHash.mismatch", "changed"),
        FailureMeaning.of("assertion.dataHash.mismatch", "broken"));
  }
}
