package dev.assay.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Evaluations as a user runs them, on the samples of the repository. */
class EvaluateCommandTest extends CommandCase {

  private static final Path SAMPLES = Path.of("../datasets/samples");

  @BeforeEach
  void makeADataSet() throws IOException {
    for (String name : new String[] {"astronaut.png", "chelsea.png", "coffee.png", "rocket.jpg"}) {
      copy("real/museum", name);
    }
    for (String name :
        new String[] {
          "declares-comfyui.webp",
          "declares-digital-source-type.jpg",
          "declares-stable-diffusion-webui.png"
        }) {
      copy("synthetic/" + name.replaceAll("\\..*", ""), name);
    }
  }

  private void copy(String to, String name) throws IOException {
    Files.createDirectories(folder.resolve("set").resolve(to));
    Files.copy(SAMPLES.resolve(name), folder.resolve("set").resolve(to).resolve(name));
  }

  private String at(String name) {
    return folder.resolve(name).toString();
  }

  @Test
  void writesFiguresPageAndScores() throws IOException {
    int code =
        assay(
            "evaluate",
            at("set"),
            "--only",
            "metadata",
            "-o",
            at("e.json"),
            "--page",
            at("e.html"),
            "--csv",
            at("e.csv"),
            "--cache",
            at("cache"),
            "--condition",
            "webp80");
    assertEquals(ExitCode.DONE, code, err.toString(UTF_8));
    JsonNode json = new ObjectMapper().readTree(folder.resolve("e.json").toFile());
    assertEquals(1, json.at("/conditions/0/files/auroc/value").asDouble());
    assertEquals(0.5, json.at("/conditions/1/files/auroc/value").asDouble());
    assertEquals(15, Files.readAllLines(folder.resolve("e.csv")).size());
    assertTrue(Files.readString(folder.resolve("e.html")).contains("Content-Security-Policy"));
    String text = out.toString(UTF_8);
    assertTrue(
        text.startsWith("set: 4 real files of 1 source, 3 synthetic files by 3 systems"), text);
    assertTrue(text.contains("! All real files are of one source (museum)"), text);
    assertTrue(text.contains("AUROC                            1.000"), text);
  }

  @Test
  void whatCannotBeFittedIsASentenceAndNothingIsWritten() {
    String[] calibrate = {
      "calibrate", at("set"), "--no-isolate", "--cache", at("c"), "-o", at("own")
    };
    assertEquals(ExitCode.USAGE, assay(calibrate));
    assertTrue(err.toString(UTF_8).contains("fewer than 200 pictures"), err.toString(UTF_8));
    String[] adapt = {"adapt", at("set"), "--no-isolate", "--cache", at("c"), "-o", at("own")};
    assertEquals(ExitCode.USAGE, assay(adapt));
    assertTrue(err.toString(UTF_8).contains("No generator has 30 pictures"), err.toString(UTF_8));
    assertEquals(
        ExitCode.USAGE,
        assay("adapt", at("set"), "--profile", "fast", "-o", at("own"), "--no-isolate"));
    assertTrue(err.toString(UTF_8).contains("Use --profile balanced"), err.toString(UTF_8));
    assertFalse(Files.exists(folder.resolve("own")));
    assertEquals(ExitCode.USAGE, assay("adapt", at("set")));
    assertEquals(ExitCode.USAGE, assay("scan", at("a.jpg"), "--profile-dir", at("set")));
    assertEquals(ExitCode.USAGE, assay("models", "--remove", "own-x"));
    assertEquals(
        ExitCode.USAGE, assay("calibrate", at("set"), "-o", at("own"), "--profile-dir", at("own")));
  }

  @Test
  void whatCannotBeMeasuredIsASentenceAndNothingIsWritten() throws IOException {
    Files.copy(SAMPLES.resolve("coffee.png"), folder.resolve("set/synthetic/coffee.png"));
    String[] line = {
      "evaluate",
      at("set"),
      "--only",
      "metadata",
      "--no-isolate",
      "-o",
      at("e.json"),
      "--cache",
      at("c")
    };
    assertEquals(ExitCode.USAGE, assay(line));
    assertTrue(
        err.toString(UTF_8).contains("is labelled both real and synthetic"), err.toString(UTF_8));
    assertFalse(Files.exists(folder.resolve("e.json")));
    assertEquals(ExitCode.USAGE, assay("evaluate", at("nowhere")));
    assertEquals(ExitCode.USAGE, assay("evaluate"));
    assertEquals(ExitCode.USAGE, assay("evaluate", at("set"), "--condition", "jpeg0"));
    assertEquals(ExitCode.USAGE, assay("evaluate", at("set"), "--compare", at("nothing.csv")));
    assertEquals(ExitCode.USAGE, assay("evaluate", at("deep")));
    assertTrue(err.toString(UTF_8).contains("holds no synthetic media"), err.toString(UTF_8));
  }
}
