package dev.assay.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.cli.Option;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Completions in the shells themselves, where they are installed, and the manual page. */
class CompletionTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "'assay ', scan",
    "'assay insp', inspect",
    "'assay --plugins x insp', inspect",
    "'assay scan --form', --format",
    "'assay scan --format ', sarif",
    "'assay scan --only ', watermark",
    "'assay --plugins x scan --prof', --profile",
    "'assay trust ', update",
    "'assay help ', completion",
    "'assay scan -o ', a file",
    "'assay map ', noise",
    "'assay map noise ', a file",
    "'assay scan ', a file"
  })
  void completeInBash(String line, String expected) throws Exception {
    Path script = script("bash");
    Files.writeString(folder.resolve("a file"), "");
    String[] words = line.split(" ", -1);
    StringBuilder ask = new StringBuilder("source " + script.getFileName() + "\nCOMP_WORDS=(");
    for (String word : words) {
      ask.append('"').append(word).append("\" ");
    }
    ask.append(")\nCOMP_CWORD=").append(words.length - 1);
    ask.append("\n_assay\nprintf '%s\\n' \"${COMPREPLY[@]}\"\n");
    String answer = run(List.of("bash", "-c", ask.toString()));
    assertTrue(answer.lines().toList().contains(expected), answer);
  }

  @Test
  void areWellFormedForZsh() throws Exception {
    Path script = script("zsh");
    assertEquals("", run(List.of("zsh", "-n", script.toString())));
    String ask =
        "autoload -Uz compinit && compinit -u -D && source "
            + script.getFileName()
            + " && print ${_comps[assay]}";
    assertEquals("_assay", run(List.of("zsh", "-f", "-c", ask)).strip());
  }

  @ParameterizedTest
  @CsvSource({"'assay insp', inspect", "'assay scan --prof', --profile", "'assay trust ', update"})
  void completeInFish(String line, String expected) throws Exception {
    Path script = script("fish");
    String answer =
        run(List.of("fish", "-N", "-c", "source " + script + "; complete -C '" + line + "'"));
    assertTrue(answer.lines().anyMatch(word -> (word + "\t").startsWith(expected + "\t")), answer);
  }

  @Test
  void standInAManualPageWithEveryOption() throws Exception {
    String page = printed("help", "--man");
    assertTrue(page.startsWith(".TH ASSAY 1 "), page);
    for (Command command : Commands.all()) {
      for (Option option : command.options().getOptions()) {
        String name = "\\-\\-" + option.getLongOpt().replace("-", "\\-");
        assertTrue(page.contains(name), name);
      }
    }
    Path file = Files.writeString(folder.resolve("assay.1"), page);
    if (installed("groff")) {
      String complaints = run(List.of("groff", "-man", "-ww", "-z", "-Tascii", file.toString()));
      assertEquals("", complaints);
    }
  }

  @Test
  void areRefusedForOtherShells() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(err, true, UTF_8);
    assertEquals(
        ExitCode.USAGE, Main.run(List.of("completion", "tcsh"), Terminal.piped(stream, stream)));
    assertTrue(err.toString(UTF_8).contains("bash, zsh, fish"), err.toString(UTF_8));
  }

  @Test
  void helpHasNoLineThatATerminalWouldBreak() {
    for (Command command : Commands.all()) {
      for (String line : printed("help", command.name()).lines().toList()) {
        assertTrue(line.length() <= 96 || line.startsWith("Usage: "), line);
        assertFalse(line.endsWith(" "), line);
      }
    }
  }

  private Path script(String shell) throws IOException {
    assumeTrue(installed(shell), shell + " is not installed");
    return Files.writeString(
        folder.resolve("assay-completion." + shell), printed("completion", shell));
  }

  private static String printed(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code =
        Main.run(
            List.of(arguments),
            Terminal.piped(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8)));
    assertEquals(ExitCode.DONE, code, err.toString(UTF_8));
    return out.toString(UTF_8);
  }

  private static boolean installed(String program) {
    return Files.isExecutable(Path.of("/usr/bin", program))
        || Files.isExecutable(Path.of("/bin", program));
  }

  private String run(List<String> command) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().put("HOME", folder.toString());
    builder.environment().put("LC_ALL", "C.UTF-8");
    Process process = builder.start();
    String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
    process.waitFor();
    return printed;
  }
}
