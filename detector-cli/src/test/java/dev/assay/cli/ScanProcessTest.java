package dev.assay.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Scans as a user runs them: in processes of their own, killed, stopped and gone on with.
 *
 * <p>{@code -Dassay.crash.files=2000 -Dassay.crash.kills=50} makes the large form of the test that
 * kills.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
@Tag("long")
class ScanProcessTest {

  private static final int FILES = Integer.getInteger("assay.crash.files", 60);
  private static final int KILLS = Integer.getInteger("assay.crash.kills", 5);
  private static final long SEED = 20261126;

  @TempDir private Path folder;

  private Path media;
  private Path output;

  @BeforeEach
  void makeMedia() throws IOException {
    media = Files.createDirectory(folder.resolve("media"));
    output = folder.resolve("reports.jsonl");
    for (int i = 0; i < FILES; i++) {
      picture(media.resolve(String.format("%04d.png", i)), i);
    }
    Files.writeString(media.resolve("damaged.jpg"), "no picture");
    try (ZipOutputStream zip =
        new ZipOutputStream(Files.newOutputStream(media.resolve("packed.zip")))) {
      for (int i = 0; i < 3; i++) {
        zip.putNextEntry(new ZipEntry("in/" + i + ".png"));
        picture(zip, FILES + i);
      }
    }
  }

  @AfterEach
  void noProcessIsLeft() {
    await().until(() -> ProcessHandle.current().descendants().findAny().isEmpty());
  }

  /** Until a scan wrote a report, or is over. */
  private static void awaitReports(Process process, Path part, long before) {
    await()
        .pollInterval(Duration.ofMillis(5))
        .atMost(Duration.ofMinutes(2))
        .until(() -> !process.isAlive() || (Files.exists(part) && Files.size(part) > before));
  }

  @Test
  void goesOnAfterBeingKilledWithoutLosingOrRepeatingAReport() throws Exception {
    Path undisturbed = folder.resolve("undisturbed.jsonl");
    assertEquals(ExitCode.SOME_FAILED, scan(undisturbed).waitFor());
    Map<String, JsonNode> expected = reports(undisturbed);
    assertEquals(FILES + 4, expected.size());
    Random random = new Random(SEED);
    Path part = folder.resolve("reports.jsonl.part");
    for (int kill = 0; kill < KILLS; kill++) {
      long before = Files.exists(part) ? Files.size(part) : 0;
      Process process = scan(output, "--resume");
      awaitReports(process, part, before);
      // Any moment after that.
      Thread.sleep(random.nextInt(Math.max(150, FILES * 20 / KILLS)));
      process.destroyForcibly().waitFor();
      cut(part, random);
    }
    assertEquals(ExitCode.SOME_FAILED, scan(output, "--resume").waitFor());
    assertEquals(expected, reports(output));
    assertFalse(Files.exists(part));
  }

  /** As a power failure would leave it. */
  private static void cut(Path part, Random random) throws IOException {
    if (Files.exists(part) && random.nextBoolean()) {
      Files.writeString(part, "{\"schemaVersion\":\"1.5\",\"to", StandardOpenOption.APPEND);
    }
  }

  @Test
  void finishesTheFilesInHandWhenAskedToEnd() throws Exception {
    Process process = scan(output);
    Path part = folder.resolve("reports.jsonl.part");
    awaitReports(process, part, 0);
    process.toHandle().destroy();
    String errors = new String(process.getErrorStream().readAllBytes(), UTF_8);
    assertEquals(ExitCode.SIGNAL + 15, process.waitFor(), errors);
    assertTrue(errors.contains("--resume"), errors);
    int done = reports(output).size();
    assertTrue(done > 0 && done < FILES, done + " reports");
    assertEquals(ExitCode.SOME_FAILED, scan(output, "--resume").waitFor());
    assertEquals(FILES + 4, reports(output).size());
  }

  @Test
  void looksAgainAtWhatChangedOnly() throws Exception {
    assertEquals(ExitCode.SOME_FAILED, scan(output).waitFor());
    Map<String, JsonNode> before = reports(output);
    FileTime time = Files.getLastModifiedTime(output);
    assertTrue(
        errors(scan(output, "--resume"))
            .contains(String.format("unchanged, as before     %8d", FILES + 4)));
    assertEquals(time, Files.getLastModifiedTime(output), "a finished scan is not written again");
    Path changed = media.resolve("0007.png");
    picture(changed, 7000);
    Path touched = media.resolve("0008.png");
    Files.setLastModifiedTime(touched, FileTime.fromMillis(1_000_000_000_000L));
    Path added = media.resolve("new.png");
    picture(added, 9000);
    assertTrue(
        errors(scan(output, "--resume"))
            .contains(String.format("unchanged, as before     %8d", FILES + 3)));
    Map<String, JsonNode> after = reports(output);
    assertEquals(FILES + 5, after.size());
    for (String name : before.keySet()) {
      assertEquals(
          name.equals(changed.toString()), !before.get(name).equals(after.get(name)), name);
    }
  }

  @Test
  void refusesToBeginAnewOverAScanThatWasCutShort() throws Exception {
    Path part = folder.resolve("reports.jsonl.part");
    Files.writeString(part, "");
    Process process = scan(output);
    assertTrue(errors(process).contains("cut short"));
    assertEquals(ExitCode.USAGE, process.waitFor());
    assertTrue(Files.exists(part));
    assertEquals(ExitCode.SOME_FAILED, scan(output, "--force").waitFor());
    assertEquals(FILES + 4, reports(output).size());
  }

  @Test
  void losesNothingWhereTheDiskIsFull() throws Exception {
    List<String> limited =
        new ArrayList<>(List.of("bash", "-c", "ulimit -f 50; exec \"$@\"", "sh"));
    limited.addAll(command(output));
    Process process =
        new ProcessBuilder(limited).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    String errors = errors(process);
    assertEquals(ExitCode.BROKEN, process.exitValue(), errors);
    assertTrue(errors.contains("cannot be written"), errors);
    assertFalse(errors.contains("\tat "), errors);
    assertFalse(Files.exists(output), "it is not complete");
    int saved = reports(folder.resolve("reports.jsonl.part")).size();
    assertTrue(saved > 2 && saved < FILES, saved + " reports");
    String summary = errors(scan(output, "--resume"));
    assertTrue(summary.contains(String.format("unchanged, as before     %8d", saved)), summary);
    assertEquals(FILES + 4, reports(output).size());
  }

  @Test
  void savesTheReportsWhereTheirFolderIsRemoved() throws Exception {
    Path gone = Files.createDirectory(folder.resolve("gone"));
    Process process = scan(gone.resolve("reports.jsonl"), "--workers", "1");
    Path part = gone.resolve("reports.jsonl.part");
    awaitReports(process, part, 0);
    Files.delete(part);
    Files.delete(gone);
    String errors = errors(process);
    assertEquals(ExitCode.BROKEN, process.exitValue(), errors);
    String saved = errors.replaceAll("(?s).*were saved to (.*?jsonl)\\..*", "$1");
    assertTrue(reports(Path.of(saved)).size() > 0, errors);
    Files.delete(Path.of(saved));
  }

  private Process scan(Path reports, String... options) throws IOException {
    return new ProcessBuilder(command(reports, options))
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private List<String> command(Path reports, String... options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of("scan", "--profile", "fast", "-o", reports.toString()));
    command.addAll(List.of(options));
    command.add(media.toString());
    return command;
  }

  private static String errors(Process process) throws IOException, InterruptedException {
    String errors = new String(process.getErrorStream().readAllBytes(), UTF_8);
    process.waitFor();
    return errors;
  }

  /** Reports by path, without timings; fails where a path comes twice. */
  private static Map<String, JsonNode> reports(Path lines) throws IOException {
    Map<String, JsonNode> reports = new TreeMap<>();
    for (String line : Files.readAllLines(lines)) {
      JsonNode report = new ObjectMapper().readTree(line);
      ((ObjectNode) report).remove("timings");
      JsonNode twice = reports.put(report.at("/file/path").asText(), report);
      assertEquals(null, twice, "one report for each file");
    }
    return reports;
  }

  private static void picture(Path file, int number) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      picture(out, number);
    }
  }

  private static void picture(OutputStream out, int number) throws IOException {
    BufferedImage picture = new BufferedImage(260, 240, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = picture.createGraphics();
    graphics.setColor(new Color((number * 7919) & 0xffffff));
    graphics.fillOval(number % 50, 10, 120, 150);
    graphics.dispose();
    ImageIO.write(picture, "png", out);
  }
}
