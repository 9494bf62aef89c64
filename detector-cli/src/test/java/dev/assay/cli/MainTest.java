package dev.assay.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {

  @TempDir private Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeEach
  void makeAFolderOfManyThings() throws IOException {
    Files.createDirectory(folder.resolve("deep"));
    write(folder.resolve("a.jpg"), "jpg", 320, 240);
    write(folder.resolve("deep/b.png"), "png", 256, 256);
    write(folder.resolve("deep/new\nline.png"), "png", 300, 300);
    Files.write(folder.resolve("empty.png"), new byte[0]);
    Files.writeString(folder.resolve("text.jpg"), "This is a letter, whatever its name says.\n");
    Files.writeString(folder.resolve("notes.txt"), "Notes beside the pictures.\n");
  }

  @Test
  void scansAFolderIntoOneReportPerFile() throws IOException {
    assertEquals(ExitCode.SOME_FAILED, assay("scan", "--ordered", folder.toString()));
    List<JsonNode> reports = reports(out.toString(UTF_8));
    assertEquals(
        List.of("a.jpg", "deep/b.png", "deep/new\nline.png", "empty.png", "text.jpg"),
        reports.stream()
            .map(
                report ->
                    report.at("/file/path").asText().substring(folder.toString().length() + 1))
            .toList());
    assertEquals("empty-file", reports.get(3).at("/error/code").asText());
    assertEquals("not-media", reports.get(4).at("/error/code").asText());
    assertTrue(reports.get(4).at("/error/message").asText().contains("text.jpg"));
    for (JsonNode report : reports) {
      assertEquals(List.of(), violations(report));
    }
    String summary = err.toString(UTF_8);
    assertTrue(summary.contains("not media, passed over"), summary);
    assertTrue(summary.contains("5 files"), summary);
    assertFalse(summary.contains("\r"), "no progress bar where no one watches");
  }

  @Test
  void reportsTheSameInWhateverNumberOfWorkers() throws IOException {
    assay("scan", folder.toString(), "--ordered", "--workers", "1");
    String one = withoutTimings(out.toString(UTF_8));
    out.reset();
    assay("scan", folder.toString(), "--ordered", "--workers", "7");
    assertEquals(one, withoutTimings(out.toString(UTF_8)));
  }

  @Test
  void writesJsonThatIsOneArray() throws IOException {
    Path file = folder.resolve("reports.json");
    assay("scan", folder.toString(), "--format", "json", "-o", file.toString());
    assertEquals(5, new ObjectMapper().readTree(file.toFile()).size());
    assertEquals("", out.toString(UTF_8));
    assertTrue(err.toString(UTF_8).contains(file.toString()));
  }

  @Test
  void writesATableWithALineForEachFile() throws IOException {
    assay("scan", folder.resolve("a.jpg").toString(), "--format", "csv");
    List<String> lines = out.toString(UTF_8).lines().toList();
    assertEquals(2, lines.size());
    assertTrue(lines.get(0).startsWith("\"path\",\"sha256\","));
    assertTrue(lines.get(1).startsWith("\"" + folder.resolve("a.jpg") + "\","), lines.get(1));
  }

  @Test
  void neverWritesReportsOverEvidence() throws IOException {
    Path photo = folder.resolve("a.jpg");
    byte[] evidence = Files.readAllBytes(photo);
    Path link = Files.createSymbolicLink(folder.resolve("link.jsonl"), photo);
    Path hard = Files.createLink(folder.resolve("hard.jsonl"), photo);
    Path other = Files.writeString(folder.resolve("diary.txt"), "Dear diary");
    String deep = folder.resolve("deep").toString();
    for (Path output : List.of(photo, link, hard)) {
      assertEquals(ExitCode.USAGE, assay("scan", photo.toString(), "-o", output.toString()));
      assertEquals(ExitCode.USAGE, assay("scan", deep, "-o", output.toString()));
      assertEquals(
          ExitCode.USAGE, assay("scan", photo.toString(), "--force", "-o", output.toString()));
      assertArrayEquals(evidence, Files.readAllBytes(photo));
    }
    assertEquals(
        ExitCode.USAGE,
        assay("scan", folder.toString(), "-o", folder.resolve("deep/new.jpg").toString()));
    Path disguised = Files.copy(photo, folder.resolve("photo.dat"));
    Path list = Files.writeString(folder.resolve("list.txt"), disguised.toString());
    assertEquals(
        ExitCode.USAGE,
        assay("scan", "--force", "--files-from", list.toString(), "-o", disguised.toString()));
    assertArrayEquals(evidence, Files.readAllBytes(disguised));
    assertEquals(ExitCode.USAGE, assay("scan", deep, "-o", other.toString()));
    assertEquals("Dear diary", Files.readString(other));
    assertEquals(ExitCode.DONE, assay("scan", deep, "--force", "-o", other.toString()));
    assertEquals(2, reports(Files.readString(other)).size());
    assertEquals(ExitCode.USAGE, assay("scan", deep, "-o", other.toString()), "an earlier scan");
    assertEquals(2, reports(Files.readString(other)).size());
    assertEquals(ExitCode.DONE, assay("scan", deep, "--resume", "-o", other.toString()));
    assertEquals(2, reports(Files.readString(other)).size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"jsonl", "json", "csv", "sarif"})
  void keepsACompleteOutputUnlessToldOtherwise(String form) throws IOException {
    Path output = folder.resolve("kept." + form);
    String picture = folder.resolve("a.jpg").toString();
    String[] line = {"scan", picture, "--format", form, "-o", output.toString()};
    assertEquals(ExitCode.DONE, assay(line));
    String before = Files.readString(output);
    assertEquals(ExitCode.USAGE, assay(line));
    assertEquals(before, Files.readString(output));
    assertTrue(err.toString(UTF_8).contains("--resume"), err.toString(UTF_8));
    assertEquals(
        ExitCode.DONE,
        assay("scan", picture, "--format", form, "-o", output.toString(), "--force"));
  }

  @Test
  void showsAPersonOneLinePerFile() {
    Terminal watched =
        new Terminal(
            new PrintStream(out, false, UTF_8),
            new PrintStream(err, false, UTF_8),
            true,
            true,
            false);
    String picture = folder.resolve("a.jpg").toString();
    String gone = folder.resolve("gone.jpg").toString();
    assertEquals(ExitCode.SOME_FAILED, Main.run(List.of("scan", picture, gone), watched));
    List<String> lines = out.toString(UTF_8).lines().toList();
    assertEquals(2, lines.size(), lines.toString());
    String shown = String.join("\n", lines);
    assertTrue(shown.matches("(?s).*\\S+ +\\d+\\.\\d % [^\n]*a\\.jpg  [^\n]+.*"), shown);
    assertTrue(shown.contains("failed ") && shown.contains(gone), shown);
    assertFalse(err.toString(UTF_8).contains("\r"), "no bar among the lines");
    out.reset();
    assertEquals(ExitCode.DONE, Main.run(List.of("scan", picture, "-o", "-"), watched));
    assertTrue(out.toString(UTF_8).startsWith("{"), "JSON Lines where asked for");
  }

  @Test
  void endsWithoutFailureOnTheSamples() {
    assertEquals(ExitCode.DONE, assay("scan", "../datasets/samples", "--only", "metadata"));
  }

  @Test
  void saysWhyAnOutputCannotBeWritten() {
    Path nowhere = folder.resolve("a.jpg").resolve("x.jsonl");
    assertEquals(
        ExitCode.USAGE,
        assay("scan", folder.resolve("a.jpg").toString(), "-o", nowhere.toString()));
    assertTrue(err.toString(UTF_8).contains("folder does not exist"), err.toString(UTF_8));
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

  @Test
  void scansThePathsOfAList() throws IOException {
    Path list = folder.resolve("list.txt");
    Files.writeString(list, folder.resolve("a.jpg") + "\n\n" + folder.resolve("deep/b.png") + "\n");
    assertEquals(ExitCode.DONE, assay("scan", "--files-from", list.toString()));
    assertEquals(2, reports(out.toString(UTF_8)).size());
    out.reset();
    Files.writeString(list, folder.resolve("a.jpg") + "\0" + folder.resolve("deep/new\nline.png"));
    assertEquals(ExitCode.DONE, assay("scan", "-0", "--files-from", list.toString()));
    assertEquals(2, reports(out.toString(UTF_8)).size());
  }

  @Test
  void readsStandardInput() throws IOException {
    InputStream before = System.in;
    try (InputStream content = Files.newInputStream(folder.resolve("a.jpg"))) {
      System.setIn(content);
      assertEquals(ExitCode.DONE, assay("inspect", "--json", "-"));
    } finally {
      System.setIn(before);
    }
    JsonNode report = new ObjectMapper().readTree(out.toString(UTF_8));
    assertEquals("standard input", report.at("/file/path").asText());
    assertEquals("image/jpeg", report.at("/file/mediaType").asText());
  }

  @Test
  void doesNotEndCleanWhereOnlyLinksWereFound() throws IOException {
    Path links = Files.createDirectory(folder.resolve("links"));
    Files.createSymbolicLink(links.resolve("a.jpg"), folder.resolve("a.jpg"));
    assertEquals(ExitCode.SOME_FAILED, assay("scan", links.toString()));
    assertTrue(err.toString(UTF_8).contains("--follow-links"), err.toString(UTF_8));
    assertEquals(ExitCode.DONE, assay("scan", "--follow-links", links.toString()));
  }

  @Test
  void passesOverWhatSystemsWriteBesideMedia() throws IOException {
    Path mac = Files.createDirectory(folder.resolve("mac"));
    Files.copy(folder.resolve("a.jpg"), mac.resolve("IMG_0001.jpg"));
    Files.write(mac.resolve("._IMG_0001.jpg"), new byte[] {0, 5, 22, 7, 0, 2, 0, 0, 77});
    Files.write(mac.resolve("Thumbs.db"), new byte[] {1, 2, 3});
    Files.writeString(mac.resolve("main.ts"), "export const answer: number = 42;\n");
    Files.writeString(mac.resolve("config.mts"), "export default {};\n");
    assertEquals(ExitCode.DONE, assay("scan", mac.toString()));
    assertEquals(1, reports(out.toString(UTF_8)).size());
    assertTrue(err.toString(UTF_8).contains("side files, passed over"), err.toString(UTF_8));
  }

  @Tag("long")
  @Test
  void closesTheArrayWhenItIsInterrupted() throws Exception {
    for (int i = 0; i < 60; i++) {
      write(folder.resolve("deep/" + i + ".png"), "png", 900, 900);
    }
    Path output = folder.resolve("reports.json");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of("scan", "--format", "json", "--workers", "1", folder.toString()));
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(output.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> !process.isAlive() || Files.size(output) >= 2_000);
    process.destroy();
    process.waitFor();
    assertTrue(new ObjectMapper().readTree(output.toFile()).size() >= 1);
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
  void scansAFolderWithoutMediaToAnEmptyResult() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("nothing"));
    assertEquals(ExitCode.DONE, assay("scan", empty.toString(), "--format", "json"));
    assertEquals("[\n]", out.toString(UTF_8).strip());
    assertTrue(err.toString(UTF_8).contains("No media found."));
  }

  @Test
  void reportsAPathThatDoesNotExistAndGoesOn() throws IOException {
    int code =
        assay("scan", folder.resolve("gone.jpg").toString(), folder.resolve("a.jpg").toString());
    assertEquals(ExitCode.SOME_FAILED, code);
    List<JsonNode> reports = reports(out.toString(UTF_8));
    assertEquals("not-found", reports.get(0).at("/error/code").asText());
    assertEquals("ok", reports.get(1).at("/status").asText());
  }

  @Test
  void failsOnALabelWhenAsked() {
    String declared = "../datasets/samples/declares-stable-diffusion-webui.png";
    assertEquals(ExitCode.FAIL_ON, assay("scan", declared, "--fail-on", "synthetic"));
    assertEquals(ExitCode.DONE, assay("scan", declared, "--fail-on", "inconclusive"));
    assertEquals(
        ExitCode.FAIL_ON,
        assay("scan", declared, "--fail-on", "inconclusive", "--prior", "0.000000001"),
        "a prior holds a label back");
    assertEquals(
        ExitCode.DONE,
        assay(
            "scan",
            folder.resolve("a.jpg").toString(),
            "--fail-on",
            "synthetic",
            "--prior",
            "0.999999999"),
        "and never makes one");
  }

  @Test
  void honoursLimits() throws IOException {
    assay("scan", folder.resolve("a.jpg").toString(), "--max-pixels", "1000");
    assertEquals("too-many-pixels", reports(out.toString(UTF_8)).get(0).at("/error/code").asText());
    out.reset();
    assay("scan", folder.resolve("a.jpg").toString(), "--max-bytes", "100");
    assertEquals("too-many-bytes", reports(out.toString(UTF_8)).get(0).at("/error/code").asText());
  }

  @Test
  void inspectsAFileForPeopleAndForMachines() throws IOException {
    Path picture = folder.resolve("a.jpg");
    assertEquals(ExitCode.DONE, assay("inspect", picture.toString()));
    String text = out.toString(UTF_8);
    assertTrue(text.contains("Verdict: "), text);
    assertTrue(text.contains("320 x 240"), text);
    out.reset();
    assertEquals(ExitCode.DONE, assay("inspect", picture.toString(), "--json"));
    assertEquals(List.of(), violations(new ObjectMapper().readTree(out.toString(UTF_8))));
  }

  @ParameterizedTest
  @CsvSource({
    "scan PICTURE, 0",
    "scan --stability PICTURE, 3",
    "scan --profile thorough PICTURE, 3",
    "scan --profile fast PICTURE, 0",
    "inspect --json PICTURE, 0",
    "inspect --json --html PAGE PICTURE, 3",
    "inspect --json --stability PICTURE, 3",
    "inspect --json --profile fast PICTURE, 0"
  })
  void judgesChangedCopiesWhereAsked(String line, int copies) throws IOException {
    String picture = "../datasets/samples/rocket.jpg";
    assertEquals(
        ExitCode.DONE,
        assay(
            line.replace("PICTURE", picture)
                .replace("PAGE", folder.resolve("page.html").toString())
                .split(" ", -1)));
    JsonNode report = new ObjectMapper().readTree(out.toString(UTF_8));
    assertEquals(copies, report.at("/verdict/stability").size());
    assertEquals(List.of(), violations(report));
  }

  @Test
  void takesSettingsFromAFileAndOptionsBeforeThem() throws IOException {
    Path config = folder.resolve("settings.json");
    Files.writeString(config, "{\"only\": [\"metadata\"], \"prior\": 0.25}");
    String picture = folder.resolve("a.jpg").toString();
    for (String prior : List.of("0.25", "0.75")) {
      out.reset();
      String[] line = {"inspect", "--json", "--config", config.toString(), picture};
      if (prior.equals("0.75")) {
        line = new String[] {line[0], line[1], line[2], line[3], "--prior", prior, picture};
      }
      assertEquals(ExitCode.DONE, assay(line));
      JsonNode report = new ObjectMapper().readTree(out.toString(UTF_8));
      assertEquals(Double.parseDouble(prior), report.at("/verdict/prior").asDouble());
      assertTrue(report.at("/timings").has("metadata"), report.toString());
      assertFalse(report.at("/timings").has("classifier"), report.toString());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"priors": 0.5}        | There is no setting 'priors'
          {"only": ["metadatum"]} | There is no examiner 'metadatum'
          [1]                    | no JSON object
          {                      | no JSON
          """)
  void refusesSettingsThatMakeNoSense(String json, String complaint) throws IOException {
    Path config = folder.resolve("settings.json");
    Files.writeString(config, json);
    String picture = folder.resolve("a.jpg").toString();
    assertNotEquals(ExitCode.DONE, assay("inspect", "--config", config.toString(), picture));
    assertTrue(err.toString(UTF_8).contains(complaint), err.toString(UTF_8));
  }

  @Test
  void pointsToScanForAFolder() {
    assertEquals(ExitCode.USAGE, assay("inspect", folder.toString()));
    assertTrue(err.toString(UTF_8).contains("scan"), err.toString(UTF_8));
  }

  @Test
  void showsNoControlCharactersOfAFileToATerminal() throws IOException {
    Path hostile = folder.resolve("\u001b[31mred\u202e.jpg");
    Files.copy(folder.resolve("a.jpg"), hostile);
    assay("inspect", hostile.toString());
    assertFalse(out.toString(UTF_8).contains("\u001b"));
    assertFalse(out.toString(UTF_8).contains("\u202e"));
    assertTrue(out.toString(UTF_8).contains("\\u001b[31mred"));
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
  void neverRemovesANumberedFileThatIsEvidence() throws IOException {
    Path photo = Files.copy(folder.resolve("a.jpg"), folder.resolve("out-0001.jsonl"));
    Path target = folder.resolve("out.jsonl");
    String input = folder.resolve("deep").toString();
    String[] line = {"scan", input, "--force", "--rotate", "1K", "-o", target.toString()};
    assertEquals(ExitCode.USAGE, assay(line));
    assertTrue(Files.exists(photo));
  }

  @Test
  void verifiesAChainOfReports() throws IOException {
    Path reports = folder.resolve("reports.jsonl");
    Path picture = folder.resolve("a.jpg");
    assertEquals(
        ExitCode.DONE, assay("scan", "--chain", picture.toString(), "-o", reports.toString()));
    assertEquals(ExitCode.DONE, assay("verify", reports.toString()));
    String hash = out.toString(UTF_8).replaceAll("(?s).*: ", "").strip();
    assertEquals(ExitCode.DONE, assay("verify", reports.toString(), hash));
    Files.writeString(reports, Files.readString(reports).replaceFirst("\"ok\"", "\"OK\""));
    assertEquals(ExitCode.SOME_FAILED, assay("verify", reports.toString(), hash));
    assertEquals(ExitCode.SOME_FAILED, assay("verify", picture.toString()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "csv", "sarif"})
  void writesOtherFormsFromTheJournalAndGoesOnWithThem(String form) throws IOException {
    Path reports = folder.resolve("reports." + form);
    String[] line = {
      "scan", "--resume", "--format", form, "-o", reports.toString(), folder.toString()
    };
    assertEquals(ExitCode.SOME_FAILED, assay(line));
    String first = Files.readString(reports);
    Files.write(folder.resolve("z.png"), new byte[0]);
    assertEquals(ExitCode.SOME_FAILED, assay(line));
    String second = Files.readString(reports);
    assertTrue(second.length() > first.length() && second.contains("z.png"), second);
    assertEquals(6, Files.readAllLines(folder.resolve("reports." + form + ".jsonl")).size());
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

  /** In this process, but for what {@link ScanProcessTest} tests. */
  private int assay(String... arguments) {
    List<String> line = new ArrayList<>(List.of(arguments));
    if (!line.isEmpty() && line.get(0).equals("scan")) {
      line.add(1, "--no-isolate");
    }
    return Main.run(
        line,
        Terminal.piped(new PrintStream(out, false, UTF_8), new PrintStream(err, false, UTF_8)));
  }

  private static List<JsonNode> reports(String lines) throws IOException {
    List<JsonNode> reports = new ArrayList<>();
    for (String line : lines.split("\n", -1)) {
      if (!line.isEmpty()) {
        reports.add(new ObjectMapper().readTree(line));
      }
    }
    return reports;
  }

  private static String withoutTimings(String lines) {
    return lines.replaceAll("\"timings\":\\{[^}]*}", "");
  }

  private static List<String> violations(JsonNode report) throws IOException {
    URI id = URI.create("urn:assay:report:1.3");
    Validator validator = new ValidatorFactory().createValidator();
    validator.registerSchema(id, Files.readString(Path.of("../docs/report.schema.json")));
    return validator.validate(id, report.toString()).getErrors().stream()
        .map(error -> error.getInstanceLocation() + ": " + error.getError())
        .toList();
  }

  private static void write(Path file, String format, int width, int height) throws IOException {
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = picture.createGraphics();
    graphics.setPaint(new GradientPaint(0, 0, Color.ORANGE, width, height, Color.BLUE));
    graphics.fillRect(0, 0, width, height);
    graphics.dispose();
    ImageIO.write(picture, format, file.toFile());
  }
}
