package dev.assay.datasets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.Detector;
import dev.assay.Report;
import dev.assay.internal.report.ReportJson;
import dev.assay.scan.Scanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Holds the reports on the sample media to those in the tree, so that a change of behaviour is a
 * readable difference.
 *
 * <p>Figures may differ in the last digits between processors; all else is compared exactly. After
 * a change that is meant, write them anew with {@code mvn -pl datasets -am verify
 * -Dassay.golden.update=true} and read the difference.
 */
class GoldenReportsTest {

  private static final List<Path> FOLDERS = List.of(Path.of("samples"), Path.of("damaged"));
  private static final Path GOLDEN = Path.of("src/test/resources/golden");
  private static final double TOLERANCE = 0.02;
  private static final ObjectMapper JSON = new ObjectMapper();

  @TestFactory
  List<DynamicTest> sampleMediaAreReportedAsBefore() throws IOException, InterruptedException {
    Map<String, JsonNode> reports = reports();
    if (Boolean.getBoolean("assay.golden.update")) {
      write(reports);
    }
    List<DynamicTest> tests = new ArrayList<>();
    tests.add(
        DynamicTest.dynamicTest(
            "the same files", () -> assertEquals(names(), new ArrayList<>(reports.keySet()))));
    for (Map.Entry<String, JsonNode> report : reports.entrySet()) {
      tests.add(
          DynamicTest.dynamicTest(
              report.getKey(), () -> compare(report.getKey(), report.getValue())));
    }
    return tests;
  }

  private static Map<String, JsonNode> reports() throws IOException, InterruptedException {
    Map<String, JsonNode> reports = new TreeMap<>();
    try (Detector detector = Detector.open()) {
      new Scanner(detector, 2)
          .scan(
              FOLDERS,
              report ->
                  reports.put(
                      report.file().path().replaceFirst("^samples/", ""), withoutTimes(report)));
    }
    return reports;
  }

  /** What differs from run to run or from release to release is not compared. */
  private static JsonNode withoutTimes(Report report) throws IOException {
    ObjectNode json = (ObjectNode) JSON.readTree(ReportJson.indented(report));
    json.remove("timings");
    ((ObjectNode) json.get("file")).remove("modified");
    return json;
  }

  private static void compare(String name, JsonNode actual) throws IOException {
    Path golden = golden(name);
    if (!Files.isRegularFile(golden)) {
      fail(name + " has no golden report; write them with -Dassay.golden.update=true");
    }
    JsonNode expected = JSON.readTree(golden.toFile());
    if (!expected.equals(GoldenReportsTest::compareNumbers, actual)) {
      assertEquals(expected.toPrettyString(), actual.toPrettyString());
    }
  }

  private static int compareNumbers(JsonNode left, JsonNode right) {
    boolean near =
        left.isNumber()
            && right.isNumber()
            && Math.abs(left.asDouble() - right.asDouble()) <= TOLERANCE;
    return near || left.equals(right) ? 0 : 1;
  }

  private static void write(Map<String, JsonNode> reports) throws IOException {
    Files.createDirectories(GOLDEN);
    for (String stale : names()) {
      Files.delete(golden(stale));
    }
    for (Map.Entry<String, JsonNode> report : reports.entrySet()) {
      Files.writeString(golden(report.getKey()), report.getValue().toPrettyString() + "\n");
    }
  }

  private static List<String> names() throws IOException {
    try (var files = Files.list(GOLDEN)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".json"))
          .map(name -> name.substring(0, name.length() - ".json".length()).replace("__", "/"))
          .sorted()
          .toList();
    }
  }

  private static Path golden(String name) {
    return GOLDEN.resolve(name.replace("/", "__") + ".json");
  }
}
