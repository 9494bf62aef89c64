package dev.assay.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.Detector;
import dev.assay.DetectorSettings;
import dev.assay.Profile;
import dev.assay.internal.report.ReportJson;
import dev.assay.scan.Scanner;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In a session in this process, on real files: the same reports as a scan of the folder. */
class MediaScanTest {

  private static final Path SAMPLES = Path.of("../datasets/samples").toAbsolutePath().normalize();
  private static final DetectorSettings FAST =
      DetectorSettings.defaults().withProfile(Profile.FAST);

  private static SparkSession spark;

  @TempDir private Path folder;

  @BeforeAll
  static void start() {
    spark =
        SparkSession.builder()
            .master("local[2]")
            .appName("test")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "2")
            .getOrCreate();
    spark.sparkContext().setLogLevel("ERROR");
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  @Tag("long")
  @Test
  void reportsOnAFolderWhatAScanReports() throws Exception {
    Map<String, JsonNode> expected = scanned();
    Map<String, JsonNode> actual = byPath(MediaScan.of(spark, FAST).folder(SAMPLES.toString()));
    assertTrue(expected.size() >= 8);
    for (Map.Entry<String, JsonNode> report : expected.entrySet()) {
      assertEquals(report.getValue(), actual.get(report.getKey()));
    }
    assertEquals(
        "not-media",
        actual.get(SAMPLES.resolve("README.md").toString()).at("/error/code").asText(),
        "what a scan passes over has a row too");
  }

  @Test
  void reportsOnUrisAndKeepsFailuresAsRows() throws Exception {
    Path spaced = Files.copy(SAMPLES.resolve("coffee.png"), folder.resolve("a b%.png"));
    List<String> uris =
        List.of(
            spaced.toUri().toString(),
            SAMPLES.resolve("declares-comfyui.webp").toString(),
            folder.resolve("gone.png").toUri().toString(),
            "nosuchscheme://host/x.png",
            "file:photos/opaque.jpg",
            "file:///nul\0.png",
            "no URI: %zz");
    Dataset<Row> rows =
        MediaScan.of(spark, FAST)
            .withoutIsolation()
            .uris(spark.createDataset(uris, Encoders.STRING()));
    Map<String, JsonNode> reports = byPath(rows);
    assertEquals(7, reports.size());
    assertEquals("failed", reports.get("no URI: %zz").at("/status").asText());
    assertEquals("ok", reports.get(spaced.toString()).at("/status").asText());
    assertEquals(
        "synthetic",
        reports
            .get(SAMPLES.resolve("declares-comfyui.webp").toString())
            .at("/verdict/label")
            .asText());
    assertEquals(
        "not-found", reports.get(folder.resolve("gone.png").toString()).at("/error/code").asText());
    assertEquals("not-found", reports.get("photos/opaque.jpg").at("/error/code").asText());
    assertEquals("unreadable", reports.get("nosuchscheme://host/x.png").at("/error/code").asText());
  }

  /** As keys and endpoints of object stores are given: nothing of them is in a file. */
  @Test
  void readsFromFileSystemsThatTheSessionWasToldOf() throws Exception {
    spark.conf().set("fs.demo.impl", DemoFileSystem.class.getName());
    Path picture = SAMPLES.resolve("coffee.png").toAbsolutePath();
    Dataset<Row> rows =
        MediaScan.of(spark, FAST)
            .withoutIsolation()
            .uris(spark.createDataset(List.of("demo:" + picture), Encoders.STRING()));
    JsonNode report = byPath(rows).get("demo:" + picture);
    assertEquals("ok", report.at("/status").asText(), report::toString);
  }

  /** The local one by another name. */
  public static final class DemoFileSystem extends RawLocalFileSystem {
    @Override
    public URI getUri() {
      return URI.create("demo:///");
    }

    @Override
    public String getScheme() {
      return "demo";
    }
  }

  @Test
  void takesTheSettingsOfAScan() throws Exception {
    Path list = Files.writeString(folder.resolve("one.txt"), SAMPLES.resolve("coffee.png") + "\n");
    Path output = folder.resolve("metadata-only");
    ScanJob.run(
        spark,
        "--uris",
        list.toString(),
        "--output",
        output.toString(),
        "--format",
        "jsonl",
        "--config",
        settings(
            DetectorSettings.defaults()
                .withOnly(List.of("metadata", "provenance"))
                .withRedaction()),
        "--no-isolate");
    JsonNode report =
        new ObjectMapper()
            .readTree(spark.read().textFile(output.toString()).collectAsList().get(0));
    assertEquals("ok", report.at("/status").asText());
    assertTrue(report.at("/tool/models").isEmpty(), report::toString);
  }

  @Tag("long")
  @Test
  void writesATableThatCanBeAskedWithoutReadingTheReports() throws Exception {
    String output = folder.resolve("parquet").toString();
    ScanJob.run(
        spark,
        "--folder",
        SAMPLES.toString(),
        "--output",
        output,
        "--config",
        settings(FAST),
        "--partitions",
        "3");
    Dataset<Row> table = spark.read().parquet(output);
    assertEquals(MediaScan.schema().fieldNames().length, table.columns().length);
    Row row = table.where("path like '%declares-comfyui.webp'").first();
    assertEquals("synthetic", row.getAs("label"));
    assertEquals("image/webp", row.getAs("mediaType"));
    assertTrue(row.<Double>getAs("probability") > 0.9);
    assertTrue(row.getList(row.fieldIndex("evidenceCodes")).contains("declared.comfyui"));
    assertFalse(row.isNullAt(row.fieldIndex("modified")));
    assertEquals(1, table.where("errorCode = 'not-media'").count());
  }

  @Test
  void writesLinesAsAScanDoes() throws Exception {
    Path list = Files.writeString(folder.resolve("uris.txt"), SAMPLES.resolve("coffee.png") + "\n");
    Path output = folder.resolve("json");
    ScanJob.run(
        spark,
        "--uris",
        list.toString(),
        "--output",
        output.toString(),
        "--format",
        "jsonl",
        "--config",
        settings(FAST),
        "--no-isolate");
    List<String> lines = spark.read().textFile(output.toString()).collectAsList();
    assertEquals(1, lines.size());
    assertEquals("ok", new ObjectMapper().readTree(lines.get(0)).at("/status").asText());
  }

  @Test
  void writesEachPartitionAsAWholeOutputOfAForm() throws Exception {
    Path list =
        Files.writeString(
            folder.resolve("two.txt"),
            SAMPLES.resolve("coffee.png") + "\n" + SAMPLES.resolve("rocket.jpg") + "\n");
    for (String format : List.of("csv", "sarif")) {
      Path output = folder.resolve(format);
      String[] arguments = {
        "--uris",
        list.toString(),
        "--output",
        output.toString(),
        "--format",
        format,
        "--partitions",
        "2",
        "--config",
        settings(FAST),
        "--no-isolate"
      };
      ScanJob.run(spark, arguments);
      for (int part = 0; part < 2; part++) {
        String text = Files.readString(output.resolve("part-0000" + part + "." + format));
        assertTrue(text.startsWith(format.equals("csv") ? "\ufeff\"path\"" : "{\"$schema\""), text);
        if (format.equals("sarif")) {
          assertEquals("2.1.0", new ObjectMapper().readTree(text).at("/version").asText());
        }
      }
      assertTrue(Files.exists(output.resolve("_SUCCESS")));
      assertThrows(IOException.class, () -> ScanJob.run(spark, arguments));
    }
  }

  @Test
  void saysWhichArgumentsAreValid() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> ScanJob.run(spark, "--folder", "x"));
    assertTrue(e.getMessage().contains("--output"), e.getMessage());
    IllegalArgumentException unknown =
        assertThrows(
            IllegalArgumentException.class,
            () -> ScanJob.run(spark, "--folder", "x", "--output", "y", "--format", "xml"));
    assertTrue(unknown.getMessage().contains("parquet, csv, json, jsonl"), unknown.getMessage());
  }

  private String settings(DetectorSettings settings) throws IOException {
    return Files.writeString(folder.resolve("settings.json"), settings.json()).toString();
  }

  private static Map<String, JsonNode> scanned() throws IOException, InterruptedException {
    Map<String, JsonNode> reports = new TreeMap<>();
    try (Detector detector = Detector.open(FAST)) {
      new Scanner(detector, 2)
          .scan(
              List.of(SAMPLES),
              report -> reports.put(report.file().path(), timeless(ReportJson.line(report))));
    }
    return reports;
  }

  private static Map<String, JsonNode> byPath(Dataset<Row> rows) throws IOException {
    Map<String, JsonNode> reports = new TreeMap<>();
    for (Row row : rows.collectAsList()) {
      assertEquals(null, reports.put(row.getAs("path"), timeless(row.getAs("report"))));
    }
    return reports;
  }

  private static JsonNode timeless(String line) throws IOException {
    ObjectNode report = (ObjectNode) new ObjectMapper().readTree(line);
    report.remove("timings");
    return report;
  }
}
