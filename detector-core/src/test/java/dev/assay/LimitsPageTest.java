package dev.assay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Writes the fixed bounds of {@code docs/limits.md} from the sources, and holds the page to them.
 */
class LimitsPageTest {

  private static final Path PAGE = Path.of("../docs/limits.md");
  private static final String MARK = "<!-- generated below this line -->\n";
  private static final Pattern BOUND =
      Pattern.compile("static final (?:int|long|double) (MAX_[A-Z_]+) = ([^;]+);");

  @Test
  void listsEveryFixedBound() throws IOException {
    TreeMap<String, String> bounds = new TreeMap<>();
    for (String module : List.of("detector-core", "detector-cli")) {
      try (Stream<Path> sources = Files.walk(Path.of("..", module, "src/main/java"))) {
        for (Path source : sources.filter(p -> p.toString().endsWith(".java")).toList()) {
          Matcher found = BOUND.matcher(Files.readString(source));
          while (found.find()) {
            bounds.put(name(source) + "." + found.group(1), value(found.group(2)));
          }
        }
      }
    }
    assertTrue(bounds.size() > 20, "the sources were found");
    StringBuilder table = new StringBuilder("\n| bound | value |\n|---|---|\n");
    bounds.forEach((name, value) -> table.append("| `" + name + "` | " + value + " |\n"));
    String page = Files.readString(PAGE);
    String expected = page.substring(0, page.indexOf(MARK) + MARK.length()) + table;
    if (Boolean.getBoolean("assay.limits.update")) {
      Files.writeString(PAGE, expected);
    }
    assertEquals(expected, Files.readString(PAGE), "update with -Dassay.limits.update=true");
  }

  @Test
  void namesTheDefaultsThatAUserMaySet() throws IOException {
    Limits defaults = Limits.defaults();
    String page = Files.readString(PAGE);
    for (String row :
        List.of(
            "| `--max-bytes` | `bytes` | " + defaults.bytes() + " |",
            "| `--max-pixels` | `pixels` | " + defaults.pixels() + " |",
            "| `--frames` | `frames` | " + defaults.frames() + " |",
            "| `--max-duration` | `duration` | " + defaults.duration().toSeconds() + " s |",
            "| | `decodedBytes` | " + defaults.decodedBytes() + " |",
            "| `--timeout` | `time` | " + defaults.time().toSeconds() + " s |")) {
      assertTrue(page.contains(row), row);
    }
  }

  private static String name(Path source) {
    String path = source.toString().replace('\\', '/');
    String tail = path.substring(path.indexOf("dev/assay/") + "dev/assay/".length());
    return tail.substring(0, tail.length() - ".java".length())
        .replace('/', '.')
        .replaceFirst("^internal\\.", "");
  }

  /** Shifts are written out, so that people need not compute them. */
  private static String value(String expression) {
    Matcher shift = Pattern.compile("(\\d+)L? << (\\d+)").matcher(expression);
    String plain = expression.replace("_", "").replace("L", "");
    long number =
        shift.matches()
            ? Long.parseLong(shift.group(1)) << Integer.parseInt(shift.group(2))
            : Long.parseLong(plain);
    return String.format(Locale.ROOT, "%,d", number);
  }
}
