package dev.assay.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Folders and lists as people have them. */
class DatasetTest {

  @TempDir Path folder;

  private Dataset read(String name) throws DatasetException, IOException {
    return Dataset.read(folder.resolve(name), Optional.empty());
  }

  private void touch(String... names) throws IOException {
    for (String name : names) {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, name);
    }
  }

  private Sample sample(Dataset dataset, String name) {
    return dataset.samples().stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    // Assay's own layout; ImageFolder; CNNDetection; GenImage; classes alone.
    "real/phone/a.jpg, false, '', phone, ''",
    "synthetic/flux/a.png, true, flux, flux, ''",
    "synthetic/a.png, true, synthetic, synthetic, ''",
    "train/fake/b.png, true, synthetic, fake, train",
    "test/real/c.jpg, false, '', real, test",
    "progan/0_real/d.png, false, '', progan, ''",
    "progan/1_fake/e.png, true, progan, progan, ''",
    "Midjourney/train/ai/f.png, true, Midjourney, Midjourney, train",
    "Midjourney/train/nature/g.jpg, false, '', Midjourney, train",
  })
  void readsTheUsualLayouts(
      String name, boolean synthetic, String system, String source, String split)
      throws DatasetException, IOException {
    touch("set/" + name, "set/real/x.jpg", "set/fake/x.jpg");
    Sample sample = sample(read("set"), name);
    assertEquals(synthetic, sample.synthetic());
    assertEquals(system, sample.system());
    assertEquals(synthetic && source.equals("fake") ? "fake" : source, sample.source());
    assertEquals(split, sample.split());
  }

  @Test
  void saysWhatItLeavesOut() throws DatasetException, IOException {
    touch("set/real/a.jpg", "set/fake/b.jpg", "set/other/c.jpg", "set/real/notes.txt");
    touch("outside/d.jpg", "set/real/.hidden.jpg");
    Files.createSymbolicLink(folder.resolve("set/real/link.jpg"), folder.resolve("outside/d.jpg"));
    Dataset dataset = read("set");
    assertEquals(2, dataset.samples().size());
    String notes = String.join(" ", dataset.notes());
    assertTrue(notes.contains("Left out: 1 link, not followed"), notes);
    assertTrue(notes.contains("Left out: 1 file in no folder that names a class"), notes);
    assertTrue(notes.contains("Left out: 1 file by whose name it is no media"), notes);
  }

  @Test
  void readsListsAsCsv() throws DatasetException, IOException {
    touch("a.jpg", "sub/b.png");
    Files.writeString(
        folder.resolve("list.csv"),
        """
        Path,label,System,kind,group
        a.jpg,real,,"press, photo",g1
        sub/b.png,FAKE,sdxl,,g2
        missing.png,fake,sdxl,,g3
        """);
    Dataset dataset = read("list.csv");
    assertEquals("press, photo", sample(dataset, "a.jpg").kind());
    assertEquals("sdxl", sample(dataset, "sub/b.png").system());
    assertEquals("g2", sample(dataset, "sub/b.png").group());
    assertEquals(List.of("Not there: 1 of 3 listed files."), dataset.notes());
  }

  @Test
  void readsManifestsWhoseMediaLiesInClones() throws DatasetException, IOException {
    touch("media/owner+name/pictures/a.jpg", "media/other/name/b.jpg", "escaped.jpg");
    Files.writeString(
        folder.resolve("m.jsonl"),
        """
        {"source":"s","repo":"owner/name","path":"pictures/a.jpg","label":"real","kind":"scan"}
        {"source":"t","repo":"other/name","path":"b.jpg","label":"fake","generator":"flux","sha256":"AB"}
        {"source":"t","repo":"other/name","path":"../../../escaped.jpg","label":"fake","generator":"flux"}
        {"source":"t","repo":"other/name","path":"c.jpg","label":"fake","generator":"flux","tile":2}
        """);
    Dataset dataset = Dataset.read(folder.resolve("m.jsonl"), Optional.of(folder.resolve("media")));
    assertEquals(2, dataset.samples().size());
    assertEquals("scan", sample(dataset, "owner/name/pictures/a.jpg").kind());
    assertEquals("flux", sample(dataset, "other/name/b.jpg").system());
    assertEquals("ab", sample(dataset, "other/name/b.jpg").sha256());
    assertEquals(
        List.of("Not there: 1 of 4 listed files.", "Left out: 1 file to be cut before use."),
        dataset.notes());
  }

  @ParameterizedTest
  @CsvSource({
    "nothing.csv, is not there",
    "empty.csv, holds no synthetic media",
    "onlyreal.csv, holds no synthetic media",
    "nolabel.csv, has no label",
    "nopath.csv, names no file",
    "broken.jsonl, Line 2 of",
    "binary.jsonl, is no text",
    "array.jsonl, is no JSON object",
  })
  void aBrokenListIsOneSentence(String name, String sentence) throws IOException {
    touch("a.jpg");
    Files.writeString(folder.resolve("empty.csv"), "");
    Files.writeString(folder.resolve("onlyreal.csv"), "path,label\na.jpg,real\n");
    Files.writeString(folder.resolve("nolabel.csv"), "path,label\na.jpg,perhaps\n");
    Files.writeString(folder.resolve("nopath.csv"), "file name,label\na.jpg,real\n");
    Files.writeString(
        folder.resolve("broken.jsonl"), "{\"path\":\"a.jpg\",\"label\":\"real\"}\n{\"path\":\n");
    Files.write(folder.resolve("binary.jsonl"), new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
    Files.writeString(folder.resolve("array.jsonl"), "[1]\n");
    String message = assertThrows(DatasetException.class, () -> read(name)).getMessage();
    assertTrue(message.contains(sentence), message);
  }
}
