package dev.assay.datasets;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Writes {@code docs/results.md} from the models' cards, and holds it to them. */
class ResultsPageTest {

  private static final Path PAGE = Path.of("../docs/results.md");
  private static final Path MODELS = Path.of("../models/src/main/resources/dev/assay/models");
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void resultsAreThoseOfTheCards() throws IOException {
    StringBuilder page =
        new StringBuilder(
            """
            # Measured results

            Generated from the models' cards by a test; do not edit. Generators and sources of real media below were left out of
            the training of the model that scored them. Balanced accuracy is at the shipped threshold for `synthetic`, which is set
            for few false positives, not for balance.
            """);
    for (Path card : cards()) {
      page.append(model(JSON.readTree(card.toFile())));
    }
    if (Boolean.getBoolean("assay.results.update")) {
      Files.writeString(PAGE, page);
    }
    assertEquals(
        page.toString(), Files.readString(PAGE), "update with -Dassay.results.update=true");
  }

  private static List<Path> cards() throws IOException {
    try (Stream<Path> folders = Files.list(MODELS)) {
      return folders
          .map(folder -> folder.resolve("card.json"))
          .filter(Files::isRegularFile)
          .sorted()
          .toList();
    }
  }

  private static String model(JsonNode card) {
    JsonNode evaluation = card.path("evaluation");
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%n## %s %s%n%n%s%n%nMeasured %s. %s%n%nMean AUROC %.3f clean, %.3f after JPEG 75."
                + " Expected calibration error %.3f.%n",
            card.path("id").asText(),
            card.path("version").asText(),
            card.path("description").asText(),
            evaluation.path("date").asText(),
            evaluation.path("protocol").asText(),
            evaluation.path("meanAuroc").asDouble(),
            evaluation.path("meanAurocJpeg75").asDouble(),
            evaluation.path("expectedCalibrationError").asDouble()));
    text.append(
        """

        | left-out generator | pictures | AUROC | AUROC, JPEG 75 | balanced accuracy | balanced accuracy, JPEG 75 |
        |---|---|---|---|---|---|
        """);
    for (JsonNode row : sorted(evaluation.path("leftOut"), "auroc")) {
      text.append(
          String.format(
              Locale.ROOT,
              "| %s | %d | %.2f | %.2f | %.2f | %.2f |%n",
              row.path("generator").asText(),
              row.path("n").asInt(),
              row.path("auroc").asDouble(),
              row.path("aurocJpeg75").asDouble(),
              row.path("balancedAccuracy").asDouble(),
              row.path("balancedAccuracyJpeg75").asDouble()));
    }
    text.append(
        """

        | left-out source of real media | kind | pictures | called synthetic |
        |---|---|---|---|
        """);
    for (JsonNode row : sorted(evaluation.path("real"), "falsePositiveRate")) {
      text.append(
          String.format(
              Locale.ROOT,
              "| %s | %s | %d | %.1f %% |%n",
              row.path("source").asText(),
              row.path("kind").asText(),
              row.path("n").asInt(),
              100 * row.path("falsePositiveRate").asDouble()));
    }
    if (!card.path("limits").isEmpty()) {
      text.append(String.format("%nKnown limits:%n%n"));
      card.path("limits").forEach(limit -> text.append("- ").append(limit.asText()).append('\n'));
    }
    return text.toString();
  }

  private static List<JsonNode> sorted(JsonNode rows, String figure) {
    List<JsonNode> all = new ArrayList<>();
    rows.forEach(all::add);
    all.sort(Comparator.comparingDouble(row -> -row.path(figure).asDouble()));
    return all;
  }
}
