package dev.assay.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.known.KnownIndex;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Image;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** Copies lead back to what is known, as users meet it. */
class IndexCommandTest extends CommandCase {

  private static final Path SAMPLES = Path.of("../datasets/samples");
  private static final String DECLARES = "declares-stable-diffusion-webui.png";

  private String at(String name) {
    return folder.resolve(name).toString();
  }

  /** Smaller, encoded anew, without what the original declares. */
  private void copy(String sample, String name) throws IOException {
    BufferedImage image = ImageIO.read(SAMPLES.resolve(sample).toFile());
    int width = image.getWidth() * 7 / 8;
    int height = image.getHeight() * 7 / 8;
    BufferedImage smaller = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    smaller
        .createGraphics()
        .drawImage(image.getScaledInstance(width, height, Image.SCALE_SMOOTH), 0, 0, null);
    ImageIO.write(smaller, "jpg", folder.resolve(name).toFile());
  }

  private List<JsonNode> copiesFound(String name) throws IOException {
    out.reset();
    assertEquals(
        ExitCode.DONE,
        assay(
            "scan",
            "--no-isolate",
            "--format",
            "jsonl",
            "--only",
            "known,metadata",
            "--known",
            at("known.index"),
            at(name)),
        err.toString(UTF_8));
    List<JsonNode> found = new ArrayList<>();
    JsonNode report = reports(out.toString(UTF_8)).get(0);
    assertEquals(List.of(), violations(report));
    for (JsonNode piece : report.path("evidence")) {
      if (piece.path("examiner").asText().equals("known")) {
        found.add(piece);
      }
    }
    return found;
  }

  @Test
  void aStrippedCopyLeadsBackToTheFileThatDeclares() throws IOException {
    assertEquals(ExitCode.DONE, assay("index", SAMPLES.toString(), "-o", at("known.index")));
    assertTrue(out.toString(UTF_8).startsWith("Added 8 files;"), out.toString(UTF_8));
    out.reset();
    assertEquals(ExitCode.DONE, assay("index", SAMPLES.toString(), "-o", at("known.index")));
    assertTrue(
        out.toString(UTF_8).startsWith("Added 0 files; 8 there before;"), out.toString(UTF_8));
    copy(DECLARES, "stripped.jpg");
    List<JsonNode> found = copiesFound("stripped.jpg");
    assertEquals(1, found.size());
    JsonNode details = found.get(0).path("details");
    assertTrue(details.path("name").asText().endsWith(DECLARES), details.toString());
    assertEquals("synthetic", details.path("label").asText());
    assertTrue(
        details.path("declared").asText().contains("Stable Diffusion generation settings"),
        details.toString());
    assertEquals("known.declared", found.get(0).path("code").asText());
    assertEquals("declaration", found.get(0).path("kind").asText());
    assertTrue(found.get(0).path("logLikelihoodRatio").asDouble() > 1, found.toString());
    copy("coffee.png", "coffee.jpg");
    JsonNode silent = copiesFound("coffee.jpg").get(0);
    assertEquals("known.copy", silent.path("code").asText());
    assertTrue(silent.path("logLikelihoodRatio").isMissingNode(), "it declares nothing");
    assertEquals(List.of(), copiesFound("deep/b.png"));
  }

  /**
   * A part of a sample, seen in a mirror if asked for, in the middle of a page of another colour.
   */
  private void part(String sample, String name, double share, boolean mirrored) throws IOException {
    BufferedImage image = ImageIO.read(SAMPLES.resolve(sample).toFile());
    int width = (int) (image.getWidth() * share);
    int height = (int) (image.getHeight() * share);
    int x = (image.getWidth() - width) / 2;
    int y = (image.getHeight() - height) / 2;
    BufferedImage page = new BufferedImage(width + 90, height + 60, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = page.createGraphics();
    graphics.setColor(Color.LIGHT_GRAY);
    graphics.fillRect(0, 0, page.getWidth(), page.getHeight());
    int from = mirrored ? x + width : x;
    int to = mirrored ? x : x + width;
    graphics.drawImage(image, 45, 30, 45 + width, 30 + height, from, y, to, y + height, null);
    graphics.dispose();
    ImageIO.write(page, "jpg", folder.resolve(name).toFile());
  }

  @Test
  void partsAndMirroredPartsLeadBackToTheWhole() throws IOException {
    assertEquals(
        ExitCode.DONE,
        assay("scan", "--index", at("known.index"), "--only", "metadata", SAMPLES.toString()),
        err.toString(UTF_8));
    assertTrue(
        err.toString(UTF_8).matches("(?s).*Added to \\S+known.index: [1-9].*"),
        err.toString(UTF_8));
    part("coffee.png", "part.jpg", 0.6, false);
    JsonNode found = copiesFound("part.jpg").get(0);
    JsonNode details = found.path("details");
    assertTrue(details.path("name").asText().endsWith("coffee.png"), details.toString());
    assertTrue(details.path("points").asInt() >= 8, details.toString());
    assertEquals(0.36, details.path("seen").asDouble(), 0.05, details.toString());
    assertFalse(details.path("mirrored").asBoolean());
    assertTrue(found.path("summary").asText().contains("% of that picture is seen"));
    assertEquals("known.copy", found.path("code").asText(), "a part weighs nothing");
    part("coffee.png", "mirrored.jpg", 0.7, true);
    JsonNode turned = copiesFound("mirrored.jpg").get(0).path("details");
    assertTrue(turned.path("mirrored").asBoolean(), turned.toString());
    assertEquals(0.49, turned.path("seen").asDouble(), 0.05, turned.toString());
    assertEquals(List.of(), copiesFound("deep/b.png"), "another picture");
  }

  @Test
  void reportsAndListsAreAdded() throws IOException {
    copy("coffee.png", "coffee.jpg");
    String reports = at("reports.jsonl");
    assertEquals(
        ExitCode.DONE, assay("scan", "--profile", "fast", "-o", reports, at("coffee.jpg")));
    Files.writeString(
        folder.resolve("list.csv"),
        """
        PDQ,quality,name
        f8f8f0cee0f4a84f06370a22038f63f0b36e2ed596621e1d33e6b39c4e9c9b22,100,bridge
        """);
    assertEquals(ExitCode.DONE, assay("index", reports, at("list.csv"), "-o", at("known.index")));
    assertTrue(out.toString(UTF_8).contains("holds 2 pictures"), out.toString(UTF_8));
    out.reset();
    assertEquals(ExitCode.DONE, assay("index", at("coffee.jpg"), "-o", at("known.index")));
    assertTrue(
        out.toString(UTF_8).startsWith("Added 1 file;"), "of the report there was a hash alone");
    copy("coffee.png", "again.jpg");
    assertTrue(
        copiesFound("again.jpg")
            .get(0)
            .path("details")
            .path("name")
            .asText()
            .endsWith("coffee.jpg"));
  }

  @Test
  void aPictureWithNothingInItIsCountedAsSuch() throws IOException {
    BufferedImage flat = new BufferedImage(300, 200, BufferedImage.TYPE_INT_RGB);
    ImageIO.write(flat, "png", folder.resolve("flat.png").toFile());
    assertEquals(ExitCode.DONE, assay("index", at("flat.png"), "-o", at("known.index")));
    assertTrue(
        out.toString(UTF_8).startsWith("Added 0 files; 1 with nothing to be found again by;"),
        out.toString(UTF_8));
  }

  @Test
  void whatIsNoListOrIndexIsASentence() throws IOException {
    Files.writeString(folder.resolve("bad.csv"), "pdq\n" + "0f".repeat(32) + "\nzz\n");
    assertEquals(ExitCode.USAGE, assay("index", at("bad.csv"), "-o", at("known.index")));
    assertTrue(err.toString(UTF_8).contains("Line 3 of"), err.toString(UTF_8));
    try (KnownIndex index = KnownIndex.open(folder.resolve("known.index"))) {
      assertEquals(0, index.size(), "nothing of a list that is none");
    }
    assertEquals(ExitCode.SOME_FAILED, assay("index", at("text.jpg"), "-o", at("known.index")));
    assertTrue(err.toString(UTF_8).contains("text/plain"), err.toString(UTF_8));
    assertEquals(ExitCode.BROKEN, assay("index", at("a.jpg"), "-o", at("notes.txt")));
    assertTrue(err.toString(UTF_8).contains("is no index of known media"), err.toString(UTF_8));
    assertTrue(Files.readString(folder.resolve("notes.txt")).startsWith("Notes"));
    assertEquals(ExitCode.BROKEN, assay("scan", "--known", at("notes.txt"), at("a.jpg")));
    assertEquals(ExitCode.USAGE, assay("scan", "--known", at("nowhere"), at("a.jpg")));
    assertEquals(ExitCode.BROKEN, assay("scan", "--only", "known", at("a.jpg")));
    assertTrue(err.toString(UTF_8).contains("name one with --known"), err.toString(UTF_8));
    assertEquals(ExitCode.USAGE, assay("index", at("a.jpg")));
    assertFalse(Files.exists(folder.resolve("nowhere")));
  }
}
