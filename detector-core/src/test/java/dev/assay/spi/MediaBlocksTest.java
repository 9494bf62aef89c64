package dev.assay.spi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.Detector;
import dev.assay.DetectorSettings;
import dev.assay.Evidence;
import dev.assay.internal.metadata.BytesMedia;
import dev.assay.internal.metadata.Containers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What an examiner of a third party is handed: blocks, a budget, findings. */
class MediaBlocksTest {

  private static final byte[] PNG =
      Containers.png(Containers.pngText("Title", "blocks"), Containers.pngText("Author", "a test"));

  @Test
  void areThoseOfTheContainerInTheOrderOfTheFile() throws Exception {
    BytesMedia media = new BytesMedia(PNG);
    List<String> types = media.blocks().stream().map(Block::type).toList();
    assertEquals(2, types.stream().filter("tEXt"::equals).count(), types.toString());
    Block title = media.blocks().stream().filter(b -> b.is("tEXt")).findFirst().orElseThrow();
    assertArrayEquals("Title\0blocks".getBytes(StandardCharsets.ISO_8859_1), media.content(title));
  }

  @Test
  void endWhereTheFileIsDamaged() throws IOException {
    List<Block> whole = new BytesMedia(PNG).blocks();
    List<Block> cut = new BytesMedia(Arrays.copyOf(PNG, PNG.length - 20)).blocks();
    assertTrue(cut.size() < whole.size());
    assertEquals(whole.subList(0, cut.size()), cut);
  }

  @Test
  void areNoneOfWhatHasNone() throws IOException {
    assertEquals(List.of(), new BytesMedia(new byte[] {1, 2, 3}).blocks());
  }

  @Test
  void areHandedOutWithinTheBudgetAndTheFileAlone() {
    BytesMedia media = new BytesMedia(PNG);
    assertThrows(DamagedException.class, () -> media.content(new Block("x", PNG.length - 1, 2)));
    assertThrows(DamagedException.class, () -> media.content(new Block("x", 0, -1)));
    assertThrows(DamagedException.class, () -> media.content(new Block("x", 0, 1L << 40)));
    Budget over = new Budget(Duration.ofMinutes(1));
    over.cancel();
    BytesMedia late = new BytesMedia(PNG, over);
    assertThrows(DamagedException.class, () -> late.content(new Block("x", 0, 8)));
  }

  @Test
  void areTheSameForAllWhoAskAndWhatWasFoundOutIsKept() throws IOException {
    BytesMedia media = new BytesMedia(PNG);
    assertSame(media.blocks(), media.blocks());
    Finding<List<String>> one = file -> new ArrayList<>(List.of(file.name()));
    Finding<List<String>> other = file -> new ArrayList<>(List.of("other"));
    assertSame(media.once(one), media.once(one));
    assertEquals(List.of("other"), media.once(other));
    assertEquals(List.of("test"), media.once(one));
  }

  @Test
  void reachAnExaminerThatWasHandedToTheDetector() {
    List<Evidence> none = new ArrayList<>();
    List<Block> seen = new ArrayList<>();
    Examiner curious =
        new Examiner() {
          @Override
          public ExaminerInfo info() {
            return new ExaminerInfo("curious", "a test", Set.of(ExaminerInfo.Need.BYTES), Map.of());
          }

          @Override
          public List<Evidence> examine(Media media) throws IOException {
            media.budget();
            seen.addAll(media.blocks());
            return none;
          }
        };
    try (Detector detector =
        Detector.open(DetectorSettings.defaults().withOnly(List.of("curious")), List.of(curious))) {
      detector.analyze(PNG, "blocks.png");
    }
    assertTrue(seen.stream().anyMatch(block -> block.is("tEXt")));
  }
}
