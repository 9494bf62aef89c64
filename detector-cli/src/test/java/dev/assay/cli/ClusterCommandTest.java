package dev.assay.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class ClusterCommandTest extends CommandCase {

  private static final Path SAMPLES = Path.of("../datasets/samples");

  private Path archive() throws IOException {
    Path archive = Files.createDirectory(folder.resolve("archive"));
    for (String name : new String[] {"coffee.png", "chelsea.png", "rocket.jpg"}) {
      Files.copy(SAMPLES.resolve(name), archive.resolve(name));
    }
    BufferedImage coffee = ImageIO.read(SAMPLES.resolve("coffee.png").toFile());
    ImageIO.write(coffee, "jpg", archive.resolve("b.jpg").toFile());
    ImageIO.write(coffee, "bmp", archive.resolve("c.bmp").toFile());
    BufferedImage cat = ImageIO.read(SAMPLES.resolve("chelsea.png").toFile());
    ImageIO.write(cat, "jpg", archive.resolve("d.jpg").toFile());
    return archive;
  }

  @Test
  void groupsAFolderItsReportsAndItsIndexAlike() throws IOException {
    String archive = archive().toString();
    assertEquals(ExitCode.DONE, assay("cluster", archive), err.toString(UTF_8));
    String said = out.toString(UTF_8);
    assertTrue(said.startsWith("3 files\n"), said);
    assertTrue(said.indexOf("coffee.png") < said.indexOf("2 files"), said);
    assertTrue(said.indexOf("d.jpg") > said.indexOf("2 files"), said);
    assertTrue(said.contains("2 groups of 5 of 6 files"), said);
    String reports = folder.resolve("reports.jsonl").toString();
    String index = folder.resolve("known.index").toString();
    assertEquals(
        ExitCode.DONE,
        assay("scan", "--profile", "fast", "--index", index, "-o", reports, archive));
    for (String from : new String[] {reports, index}) {
      out.reset();
      assertEquals(ExitCode.DONE, assay("cluster", "--json", from));
      String[] lines = out.toString(UTF_8).split("\n", -1);
      assertEquals(3, lines.length);
      assertTrue(lines[0].startsWith("{\"count\":3,\"files\":["), lines[0]);
    }
  }

  @Test
  void whatIsNothingToCompareIsASentence() throws IOException {
    assertEquals(ExitCode.USAGE, assay("cluster"));
    assertEquals(ExitCode.USAGE, assay("cluster", "--distance", "32", "."));
    assertTrue(err.toString(UTF_8).contains("a whole number from 0 to 31"), err.toString(UTF_8));
    assertEquals(ExitCode.USAGE, assay("cluster", folder.resolve("nowhere").toString()));
    Path lines = Files.writeString(folder.resolve("no.jsonl"), "{}\n");
    assertEquals(ExitCode.USAGE, assay("cluster", lines.toString()));
    assertTrue(err.toString(UTF_8).contains("line 1 is no report"), err.toString(UTF_8));
  }
}
