package dev.assay.internal.heif;

import static dev.assay.internal.metadata.Containers.box;
import static dev.assay.internal.metadata.Containers.join;
import static dev.assay.internal.metadata.Containers.latin1;
import static dev.assay.internal.metadata.Containers.u16;
import static dev.assay.internal.metadata.Containers.u32;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.assay.Detector;
import dev.assay.DetectorSettings;
import dev.assay.FailureCode;
import dev.assay.Profile;
import dev.assay.Report;
import dev.assay.internal.container.ByteReader;
import dev.assay.spi.Budget;
import dev.assay.spi.DamagedException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HeifTilesTest {

  private static final byte[] HANDLER = box("hdlr", new byte[25]);
  private static final byte[] ITEMS = box("iinf", u32(0), u16(0));
  private static final byte[] GRID_OF_2_AND_3 =
      box("iref", u32(0), box("dimg", u16(1), u16(2), u16(2), u16(3)));

  /** Found by fuzzing: FFmpeg adds heights of nothing for ever. */
  @Test
  void aGridOfTilesWithoutSizeIsDamaged() {
    Path file = Path.of("src/test/resources/cases/22-grid-of-tiles-without-size.avif");
    Report report =
        assertTimeoutPreemptively(
            Duration.ofSeconds(20),
            () -> {
              try (Detector detector =
                  Detector.open(DetectorSettings.defaults().withProfile(Profile.FAST))) {
                return detector.analyze(file);
              }
            });
    assertEquals(FailureCode.CORRUPT, report.failure().orElseThrow().code());
  }

  @Test
  void eachPartNeedsASize() {
    accepted(meta(GRID_OF_2_AND_3, properties(size(64, 64), 2, 3)));
    refused(meta(GRID_OF_2_AND_3, properties(size(64, 64), 2)));
    refused(meta(GRID_OF_2_AND_3, properties(size(0, 64), 2, 3)));
    refused(meta(GRID_OF_2_AND_3, properties(size(64, 0), 2, 3)));
    refused(meta(GRID_OF_2_AND_3, properties(size(0xffffffffL, 64), 2, 3)));
    refused(meta(GRID_OF_2_AND_3));
    accepted(meta(properties(size(0, 0), 2)));
  }

  @Test
  void listsOfItemsAreLookedForWhereFfmpegLooks() {
    byte[] bad = join(HANDLER, GRID_OF_2_AND_3);
    refused(box("meta", u32(0), bad));
    refused(box("meta", bad));
    refused(box("meta", new byte[12], bad));
    refused(box("moov", box("udta", box("meta", u32(0), bad))));
    refused(join(box("meta", u32(0), HANDLER), box("meta", u32(0), bad)));
    accepted(box("free", box("meta", u32(0), bad)));
  }

  /** What FFmpeg reads over the whole file is held together over the whole file. */
  @Test
  void propertiesHoldAsFfmpegTakesThem() {
    byte[] good = properties(size(64, 64), 2, 3);
    accepted(join(meta(good), meta(GRID_OF_2_AND_3)));
    refused(join(meta(GRID_OF_2_AND_3, good), meta(properties(size(0, 64), 3))));
    refused(meta(GRID_OF_2_AND_3, properties(size(64, 64)), properties(box("free"), 2, 3)));
    refused(join(box("meta", u32(0), HANDLER, good), meta(GRID_OF_2_AND_3)));
  }

  @Test
  void whatIsBrokenElsewhereIsNoConcern() {
    byte[] good = meta(GRID_OF_2_AND_3, properties(size(64, 64), 2, 3));
    accepted(join(good, u32(1_000_000), latin1("mdat"), new byte[20]));
    accepted(join(good, u32(3), latin1("junk")));
    accepted(meta(join(HANDLER, u32(3), latin1("junk"))));
  }

  @Test
  void moreBoxesThanAreReadHideNothing() {
    byte[] file = meta(GRID_OF_2_AND_3);
    Budget budget = new Budget(Duration.ofMinutes(1));
    assertThrows(
        DamagedException.class,
        () -> {
          for (int i = 0; i <= Budget.MAX_STEPS; i++) {
            budget.step();
          }
        });
    assertThrows(
        DamagedException.class, () -> HeifTiles.requireSizes(new ByteReader(file, budget)));
  }

  private static byte[] meta(byte[]... boxes) {
    return box("meta", u32(0), HANDLER, ITEMS, join(boxes));
  }

  private static byte[] size(long width, long height) {
    return box("ispe", u32(0), u32(width), u32(height));
  }

  /** One property, of these items. */
  private static byte[] properties(byte[] property, int... items) {
    byte[] associations = new byte[0];
    for (int item : items) {
      associations = join(associations, u16(item), new byte[] {1, 1});
    }
    return box("iprp", box("ipco", property), box("ipma", u32(0), u32(items.length), associations));
  }

  private static void accepted(byte[] file) {
    assertDoesNotThrow(() -> requireSizes(file));
  }

  private static void refused(byte[] file) {
    assertThrows(DamagedException.class, () -> requireSizes(file));
  }

  private static void requireSizes(byte[] file) throws Exception {
    HeifTiles.requireSizes(new ByteReader(file, new Budget(Duration.ofMinutes(1))));
  }
}
