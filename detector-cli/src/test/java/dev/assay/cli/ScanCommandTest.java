package dev.assay.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScanCommandTest extends CommandCase {

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
    Terminal watched = Terminals.watched(out, err);
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
  void saysWhyAnOutputCannotBeWritten() {
    Path nowhere = folder.resolve("a.jpg").resolve("x.jsonl");
    assertEquals(
        ExitCode.USAGE,
        assay("scan", folder.resolve("a.jpg").toString(), "-o", nowhere.toString()));
    assertTrue(err.toString(UTF_8).contains("folder does not exist"), err.toString(UTF_8));
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
            "../datasets/samples/chelsea.png",
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
}
