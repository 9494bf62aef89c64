package dev.assay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
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

  private static final String EVIDENCE = "| code | `evidence[].code`: what was seen |\n|---|---|\n";

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
  void writesEveryEvidenceAsItsExaminerTellsIt() throws IOException {
    TreeMap<String, String> codes = new TreeMap<>();
    Detector.examiners().forEach(info -> codes.putAll(info.codes()));
    StringBuilder rows = new StringBuilder();
    codes.forEach(
        (code, meaning) ->
            rows.append("| `").append(code).append("` | ").append(meaning).append(" |\n"));
    String page = Files.readString(REGISTRY);
    int start = page.indexOf(EVIDENCE) + EVIDENCE.length();
    String generated =
        page.substring(0, start) + rows + page.substring(page.indexOf("\n\n", start) + 1);
    if (Boolean.getBoolean("assay.codes.update")) {
      Files.writeString(REGISTRY, generated);
    }
    assertEquals(generated, page, "write it anew with -Dassay.codes.update=true");
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
