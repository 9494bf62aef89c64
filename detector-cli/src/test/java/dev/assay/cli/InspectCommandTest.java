package dev.assay.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InspectCommandTest extends CommandCase {

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
    String picture = "../datasets/samples/chelsea.png";
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
  void aChosenPriorIsAboveThatOfAProfileFolder() throws IOException {
    Path own = Files.createDirectory(folder.resolve("own"));
    Files.writeString(
        own.resolve("profile.json"),
        """
        {"format": 1, "id": "own", "version": "1", "release": "1", "profile": "balanced",
         "backbone": "none", "prior": 0.1, "fits": {}, "heads": [], "history": []}
        """);
    Path config = folder.resolve("prior.json");
    Files.writeString(config, "{\"prior\": 0.25}");
    String picture = folder.resolve("a.jpg").toString();
    Map<String, List<String>> lines =
        Map.of(
            "0.1", List.of(),
            "0.25", List.of("--config", config.toString()),
            "0.75", List.of("--config", config.toString(), "--prior", "0.75"));
    for (Map.Entry<String, List<String>> line : lines.entrySet()) {
      List<String> words =
          new ArrayList<>(List.of("inspect", "--json", "--only", "metadata", picture));
      words.addAll(List.of("--profile-dir", own.toString()));
      words.addAll(line.getValue());
      out.reset();
      assertEquals(ExitCode.DONE, assay(words.toArray(String[]::new)), err.toString(UTF_8));
      JsonNode report = new ObjectMapper().readTree(out.toString(UTF_8));
      assertEquals(Double.parseDouble(line.getKey()), report.at("/verdict/prior").asDouble());
    }
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
}
