package dev.assay.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest extends CommandCase {

  @Test
  void endsWithoutFailureOnTheSamples() {
    assertEquals(ExitCode.DONE, assay("scan", "../datasets/samples", "--only", "metadata"));
  }

  @Test
  void givesEachCommandTheExitCodesThatItHas() {
    assay("help", "map");
    String map = out.toString(UTF_8);
    assertTrue(map.contains("OUT.png") && !map.contains("null"), map);
    assertTrue(map.contains("could not be decoded") && !map.contains("--fail-on"), map);
    out.reset();
    assay("help", "scan");
    assertTrue(out.toString(UTF_8).contains("--fail-on names"), out.toString(UTF_8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpg", "gif", "bmp"})
  void loadsTheLibrariesThatAFormatNeedsInAProcessOfItsOwn(String format) throws Exception {
    Path picture = folder.resolve("own." + format);
    write(picture, format, 200, 150);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of("inspect", picture.toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertEquals(ExitCode.DONE, process.waitFor(), output);
    assertTrue(output.contains("200 x 150"), output);
  }

  @ParameterizedTest
  @ValueSource(strings = {"inspect", "scan"})
  void endsWithASentenceWhereALibraryCannotBeLoaded(String name) throws Exception {
    // Neither the cache nor the temporary folder can be written: both are files.
    String file = folder.resolve("a.jpg").toString();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Dassay.cache=" + file, "-Djava.io.tmpdir=" + file));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of(name, file));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertEquals(ExitCode.BROKEN, process.waitFor(), output);
    assertTrue(output.contains("OpenCV cannot be loaded"), output);
    assertFalse(output.contains("bug") || output.contains("\tat "), output);
  }

  @Test
  void saysThatAnInternalErrorIsABug() {
    Terminal broken =
        new Terminal(
            new PrintStream(out, false, UTF_8) {
              @Override
              public void println(String text) {
                throw new IllegalStateException("a bug");
              }
            },
            new PrintStream(err, false, UTF_8),
            false,
            false,
            false);
    assertEquals(ExitCode.BROKEN, Main.run(List.of("--version"), broken));
    assertTrue(err.toString(UTF_8).contains("--debug"), err.toString(UTF_8));
    assertFalse(err.toString(UTF_8).contains("\tat "), err.toString(UTF_8));
    assertEquals(ExitCode.BROKEN, Main.run(List.of("--debug", "--version"), broken));
    assertTrue(err.toString(UTF_8).contains("\tat dev.assay"), err.toString(UTF_8));
  }

  @Test
  void listsTheModels() {
    assertEquals(ExitCode.DONE, assay("models"));
    assertTrue(out.toString(UTF_8).contains("SHA-256"), out.toString(UTF_8));
  }

  @Tag("long")
  @Test
  void measuresSpeedAndComparesWithAnEarlierMeasurement() throws IOException {
    String line = "bench --profile fast --files 2 --rounds 1";
    assertEquals(ExitCode.DONE, assay((line + " --json").split(" ", -1)));
    JsonNode result = new ObjectMapper().readTree(out.toString(UTF_8));
    assertEquals(4, result.at("/runs").size());
    double sum = 0;
    for (JsonNode share : result.at("/runs/1/shares")) {
      sum += share.asDouble();
    }
    assertEquals(1, sum, 1e-6);
    assertTrue(result.at("/runs/1/shares/inference").asDouble() > 0.01, result.toString());
    Path before = Files.writeString(folder.resolve("before.json"), out.toString(UTF_8));
    out.reset();
    assertEquals(
        ExitCode.DONE, assay((line + " --against " + before).split(" ", -1)), err.toString(UTF_8));
    assertTrue(out.toString(UTF_8).contains("x "), out.toString(UTF_8));
  }

  @Test
  void measuresSpeedWithSounds() throws IOException {
    Path sounds = Files.createDirectory(folder.resolve("sounds"));
    writeSilence(sounds.resolve("a.wav"));
    writeSilence(sounds.resolve("b.wav"));
    assertEquals(
        ExitCode.DONE, assay("bench", "--rounds", "1", sounds.toString()), err.toString(UTF_8));
    assertTrue(out.toString(UTF_8).contains("2 files"), out.toString(UTF_8));
  }

  @Test
  void saysThatAFolderHoldsNoModels() {
    assertEquals(ExitCode.BROKEN, assay("models", "--models", folder.toString()));
    assertTrue(err.toString(UTF_8).contains("holds no model"), err.toString(UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "scann x",
        "scan",
        "scan --workers 0 x",
        "scan --workers two x",
        "scan --prior 1 x",
        "scan --prior NaN x",
        "scan --format xml x",
        "scan --profile turbo x",
        "scan --fail-on not-synthetic x",
        "scan --no-such-option x",
        "scan --max-bytes 99999999999G x",
        "scan --max-pixels 1K x",
        "scan --workers 2K x",
        "scan --exclude [ x",
        "scan --files-from no/such/list",
        "scan --models no-such-folder x",
        "scan -o no/such/folder/file.jsonl x",
        "scan --resume x",
        "scan --dedupe x",
        "scan --rescan outdated x",
        "scan --resume --rescan everything -o target/r.jsonl x",
        "scan --chain --format csv -o target/r.csv x",
        "scan --rotate 0 -o target/r.jsonl x",
        "scan --worker-memory 10M x",
        "scan --scratch much x",
        "scan --quarantine pom.xml x",
        "scan -o target/r.part x",
        "verify",
        "verify no/such/file",
        "bench no/such/folder",
        "bench --against pom.xml",
        "inspect",
        "inspect a b",
        "inspect --only pixels x",
        "inspect --trust-list no/such/list x",
        "trust",
        "trust me",
        "map",
        "map ela a.jpg",
        "map nonsense a.jpg -o target/map.png",
        "help no-such-command"
      })
  void refusesInvalidArguments(String line) {
    assertEquals(ExitCode.USAGE, assay(line.isEmpty() ? new String[0] : line.split(" ", -1)));
    assertEquals("", out.toString(UTF_8));
    assertTrue(err.toString(UTF_8).contains("assay"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"help", "--help", "help scan", "scan --help", "inspect -h", "--version"})
  void tellsWhatCanBeAskedFor(String line) {
    assertEquals(ExitCode.DONE, assay(line.split(" ", -1)));
    assertTrue(out.toString(UTF_8).toLowerCase(Locale.ROOT).contains("assay"));
    assertEquals("", err.toString(UTF_8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "--version", "scan --help"})
  void loadsNoNativeLibraryForHelp(String line) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xlog:class+load", "-cp", System.getProperty("java.class.path")));
    command.add(Main.class.getName());
    command.addAll(Arrays.asList(line.split(" ", -1)));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String log = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertEquals(0, process.waitFor());
    assertTrue(log.contains("dev.assay.cli.Main"), "the log lists classes");
    for (String library :
        List.of("org.opencv.", "org.bytedeco.", "ai.djl.", "ai.onnxruntime.", "org.apache.tika.")) {
      assertFalse(log.contains(library), library + " is loaded");
    }
  }
}
