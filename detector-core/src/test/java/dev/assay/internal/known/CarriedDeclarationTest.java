package dev.assay.internal.known;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.known.Fingerprint;
import dev.assay.known.KnownEntry;
import dev.assay.known.KnownFile;
import dev.assay.known.KnownMatch;
import dev.assay.known.PdqHash;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class CarriedDeclarationTest {

  private static KnownMatch match(OptionalInt distance, OptionalDouble ratio) {
    KnownFile file =
        new KnownFile(
            "a.png",
            Optional.empty(),
            0,
            Optional.empty(),
            OptionalDouble.empty(),
            Optional.empty(),
            Optional.of("made by a generator"),
            ratio,
            "folder");
    Fingerprint fingerprint = Fingerprint.of(new PdqHash(1, 2, 3, 4, 100));
    return new KnownMatch(new KnownEntry(fingerprint, file), distance, Optional.empty(), false);
  }

  @Test
  void weighsLessThanTheDeclarationAndLessInALargerIndex() {
    KnownMatch near = match(OptionalInt.of(4), OptionalDouble.of(5));
    double few = CarriedDeclaration.ratio(near, 10).orElseThrow();
    double many = CarriedDeclaration.ratio(near, 500_000).orElseThrow();
    assertTrue(few < 5 && few > 4.5, "ratio " + few);
    assertTrue(many < few && many > 1.5, "ratio " + many);
    assertEquals(OptionalDouble.empty(), CarriedDeclaration.ratio(near, 5_000_000));
  }

  @Test
  void weighsNothingOfAPartOrOfWhatSaysNothing() {
    assertEquals(
        OptionalDouble.empty(),
        CarriedDeclaration.ratio(match(OptionalInt.empty(), OptionalDouble.of(5)), 10));
    assertEquals(
        OptionalDouble.empty(),
        CarriedDeclaration.ratio(match(OptionalInt.of(0), OptionalDouble.empty()), 10));
    assertEquals(
        OptionalDouble.empty(),
        CarriedDeclaration.ratio(match(OptionalInt.of(0), OptionalDouble.of(-2)), 10));
  }
}
