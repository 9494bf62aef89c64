package dev.assay.internal.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.Detector;
import dev.assay.DetectorSettings;
import dev.assay.FailureCode;
import dev.assay.Language;
import dev.assay.MediaException;
import dev.assay.Profile;
import dev.assay.Report;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The form was checked once against the schema of OASIS. */
class ReportSarifTest {

  private static final Path SAMPLES = Path.of("../datasets/samples");

  @Test
  void writesALogWithAResultForWhatAPersonShouldLookAt() throws IOException {
    StringBuilder text = new StringBuilder();
    ReportOutput output = new ReportOutput(new ReportSarif(), Language.ENGLISH, text);
    try (Detector detector = Detector.open(DetectorSettings.defaults().withProfile(Profile.FAST))) {
      for (String name : List.of("declares-comfyui.webp", "astronaut.png", "../damaged/text.jpg")) {
        output.write(detector.analyze(SAMPLES.resolve(name)));
      }
    }
    output.end();
    JsonNode log = new ObjectMapper().readTree(text.toString());
    assertEquals("2.1.0", log.at("/version").asText());
    assertEquals("synthetic-media", log.at("/runs/0/results/0/ruleId").asText());
    assertEquals("warning", log.at("/runs/0/results/0/level").asText());
    assertEquals("inconclusive-media", log.at("/runs/0/results/1/ruleId").asText());
    assertEquals("review", log.at("/runs/0/results/1/kind").asText());
    assertEquals("media-not-examined", log.at("/runs/0/results/2/ruleId").asText());
    List<String> rules = log.at("/runs/0/tool/driver/rules").findValuesAsText("id");
    for (JsonNode result : log.at("/runs/0/results")) {
      assertTrue(rules.contains(result.at("/ruleId").asText()));
      assertTrue(!result.at("/message/text").asText().isBlank());
    }
  }

  @ParameterizedTest
  @CsvSource({"a b/100%#?.jpg", "C:/x.jpg", "/tmp/\u00fc \u202e.jpg", "a:b.jpg", "..\\x.jpg"})
  void namesFilesByUrisThatLeadBackToThem(String path) throws IOException {
    try (Detector detector = Detector.open(DetectorSettings.defaults().withProfile(Profile.FAST))) {
      Report failed = detector.failed(path, new MediaException(FailureCode.CORRUPT, "It is."));
      JsonNode result =
          new ObjectMapper()
              .readTree(new ReportSarif().one(failed, Language.ENGLISH).orElseThrow());
      URI uri =
          URI.create(result.at("/locations/0/physicalLocation/artifactLocation/uri").asText());
      String expected = path.replace('\\', '/');
      assertEquals(expected, uri.getPath().replaceFirst("^\\./", ""), uri.toString());
    }
  }
}
