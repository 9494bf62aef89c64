package dev.assay.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the README says that a command prints. */
class ReadmeTest {

  private static final Pattern EXAMPLE =
      Pattern.compile(
          "`assay inspect (\\S+)` prints \\(shortened\\):\n\n```\n(.*?)```", Pattern.DOTALL);

  @Test
  void showsWhatInspectPrints() throws IOException {
    Matcher example = EXAMPLE.matcher(Files.readString(Path.of("../README.md")));
    assertTrue(example.find(), "the README has an example");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    List<String> line = List.of("inspect", "../" + example.group(1));
    assertEquals(ExitCode.DONE, Main.run(line, Terminals.piped(out, new ByteArrayOutputStream())));
    List<String> printed = out.toString(UTF_8).lines().toList();
    int at = 0;
    for (String shown : example.group(2).lines().toList()) {
      int found = printed.subList(at, printed.size()).indexOf(shown);
      assertTrue(found >= 0, () -> "not printed, or not in this order: " + shown);
      at += found + 1;
    }
  }
}
