package dev.assay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A folder of many things, and the command in this process. */
abstract class CommandCase {

  @TempDir Path folder;

  final ByteArrayOutputStream out = new ByteArrayOutputStream();
  final ByteArrayOutputStream err = new ByteArrayOutputStream();

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

  /** In this process, but for what {@link ScanProcessTest} tests. */
  int assay(String... arguments) {
    List<String> line = new ArrayList<>(List.of(arguments));
    if (!line.isEmpty() && line.get(0).equals("scan")) {
      line.add(1, "--no-isolate");
    }
    return Main.run(line, Terminals.piped(out, err));
  }

  static List<JsonNode> reports(String lines) throws IOException {
    List<JsonNode> reports = new ArrayList<>();
    for (String line : lines.split("\n", -1)) {
      if (!line.isEmpty()) {
        reports.add(new ObjectMapper().readTree(line));
      }
    }
    return reports;
  }

  static String withoutTimings(String lines) {
    return lines.replaceAll("\"timings\":\\{[^}]*}", "");
  }

  static List<String> violations(JsonNode report) throws IOException {
    URI id = URI.create("urn:assay:report:1.3");
    Validator validator = new ValidatorFactory().createValidator();
    validator.registerSchema(id, Files.readString(Path.of("../docs/report.schema.json")));
    return validator.validate(id, report.toString()).getErrors().stream()
        .map(error -> error.getInstanceLocation() + ": " + error.getError())
        .toList();
  }

  static void write(Path file, String format, int width, int height) throws IOException {
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = picture.createGraphics();
    graphics.setPaint(new GradientPaint(0, 0, Color.ORANGE, width, height, Color.BLUE));
    graphics.fillRect(0, 0, width, height);
    graphics.dispose();
    ImageIO.write(picture, format, file.toFile());
  }

  /** A second of it, as WAV. */
  static void writeSilence(Path file) throws IOException {
    AudioFormat format = new AudioFormat(16_000, 16, 1, true, false);
    InputStream zeros = new ByteArrayInputStream(new byte[32_000]);
    AudioSystem.write(
        new AudioInputStream(zeros, format, 16_000), AudioFileFormat.Type.WAVE, file.toFile());
  }
}
