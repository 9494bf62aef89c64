package dev.assay.internal.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Nothing that is hidden passes, whatever plane it is in; what can be seen stays as it is. */
class SafeTextPropertiesTest {

  /** Any code points, also halves of pairs, beside ordinary letters. */
  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> point =
        Arbitraries.integers().between(0, Character.MAX_CODE_POINT).map(Character::toString);
    Arbitrary<String> marks =
        Arbitraries.of("\u202e", "\udb40\udc41", "\u0007", "\n", "\ud800", "\udc00", "a", "\u8868");
    return Arbitraries.oneOf(point, marks)
        .list()
        .ofMaxSize(20)
        .map(parts -> String.join("", parts));
  }

  @Property
  void nothingHiddenPasses(@ForAll("texts") String text) {
    assertFalse(SafeText.escaped(text).codePoints().anyMatch(SafeText::hidden));
  }

  @Property
  void whatCanBeSeenStays(@ForAll("texts") String text) {
    String seen =
        text.codePoints()
            .filter(point -> !SafeText.hidden(point))
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    assertEquals(seen, SafeText.escaped(seen));
    assertEquals(SafeText.escaped(text), SafeText.escaped(SafeText.escaped(text)));
  }

  @Example
  void marksBeyondTheFirstPlaneAreShown() {
    assertEquals("a\\u{e0041}b", SafeText.escaped("a\udb40\udc41b"));
    assertTrue(SafeText.hidden(0xE0041));
  }
}
