package dev.assay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Holds the published registry of codes to the codes that there are: none may go or come unsaid.
 */
class CodesTest {

  private static final Path REGISTRY = Path.of("../docs/codes.md");
  private static final Pattern ROW = Pattern.compile("^\\| `([^`]+)` \\|", Pattern.MULTILINE);

  @Test
  void listsEveryFailure() throws IOException {
    assertEquals(
        sorted(Arrays.stream(FailureCode.values()).map(FailureCode::code).toList()),
        listed("## Failures"));
  }

  @Test
  void listsEveryWarning() throws IOException {
    assertEquals(
        sorted(Arrays.stream(WarningCode.values()).map(WarningCode::code).toList()),
        listed("## Warnings"));
  }

  @Test
  void listsEveryNote() throws IOException {
    assertEquals(
        sorted(Arrays.stream(NoteCode.values()).map(NoteCode::code).toList()), listed("## Notes"));
  }

  @Test
  void listsEveryEvidence() throws IOException {
    Set<String> codes = new TreeSet<>();
    Detector.examiners().forEach(info -> codes.addAll(info.codes().keySet()));
    assertEquals(codes, listed("## Evidence"));
  }

  private static Set<String> listed(String heading) throws IOException {
    String registry = Files.readString(REGISTRY);
    int start = registry.indexOf(heading + "\n");
    int end = registry.indexOf("\n## ", start + 1);
    String section = registry.substring(start, end < 0 ? registry.length() : end);
    return sorted(
        ROW.matcher(section).results().map(MatchResult::group).map(CodesTest::code).toList());
  }

  private static String code(String row) {
    return row.substring(3, row.indexOf('`', 3));
  }

  private static Set<String> sorted(List<String> codes) {
    return new TreeSet<>(codes);
  }
}
