package dev.assay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings as JSON. */
class DetectorSettingsTest {

  @Test
  void areReadAsTheyWereWritten() {
    DetectorSettings all =
        new DetectorSettings(
            Profile.THOROUGH,
            ChangedCopies.SHOWN,
            true,
            Path.of("models").toString(),
            Path.of("newsroom").toString(),
            Path.of("known.index").toString(),
            Path.of("signers.pem").toString(),
            true,
            List.of("metadata", "provenance"),
            true,
            0.125,
            3,
            new Limits(1, 2, 3, Duration.ofMillis(4_500), 5, Duration.ofMillis(6), true));
    assertEquals(all, DetectorSettings.read(all.json()));
    DetectorSettings defaults = DetectorSettings.defaults();
    assertEquals(defaults, DetectorSettings.read(defaults.json()));
  }

  @Test
  void haveTheirDefaultsWhereNothingIsSaid() {
    assertEquals(DetectorSettings.defaults(), DetectorSettings.read("{}"));
    assertEquals(
        DetectorSettings.defaults()
            .withLimits(Limits.defaults().withTime(Duration.ofMillis(1_500))),
        DetectorSettings.read("{\"limits\": {\"timeSeconds\": 1.5}}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"prior": 1}                      | 'prior' takes a number between 0 and 1
          {"prior": "0.5"}                  | 'prior' takes a number between 0 and 1
          {"profile": "quick"}              | 'profile' takes fast, balanced or thorough, not "quick"
          {"threads": 4294967297}           | 'threads' takes a whole number
          {"only": "metadata"}              | 'only' takes a list
          {"redact": 1}                     | 'redact' takes true or false
          {"models": null}                  | 'models' takes a folder
          {"limits": []}                    | 'limits' takes an object
          {"limits": {"frames": 0}}         | 'limits.frames' takes a whole number
          {"limits": {"timeSeconds": 1e10}} | 'limits.timeSeconds' takes a positive number
          {"limits": {"time": 1}}           | no setting 'limits.time'; there are limits.bytes
          {"prio": 0.5}                     | no setting 'prio'; there are profile, copies
          {"prior": 0.5, "prior": 0.6}      | no JSON
          []                                | no JSON object
          nonsense                          | no JSON
          """)
  void areRefusedWithTheNameAndWhatItTakes(String json, String reason) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> DetectorSettings.read(json))
            .getMessage();
    assertTrue(message.contains(reason) && message.endsWith("."), message);
  }
}
