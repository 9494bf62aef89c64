package dev.assay.known;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The figures of docs/known.md, printed with {@code -Dassay.speed=true}; nothing depends on them.
 */
class KnownIndexSpeedTest {

  private static final int ENTRIES = 1_000_000;
  private static final int WARM = 100;
  private static final int MEASURED = 200;

  @TempDir Path folder;

  private final Random random = new Random(1);

  private PdqHash any() {
    return new PdqHash(
        random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong(), 100);
  }

  @Test
  void searchesAMillion() throws IOException {
    assumeTrue(Boolean.getBoolean("assay.speed"), "measured with -Dassay.speed=true only");
    Path file = folder.resolve("known.index");
    try (KnownIndexWriter writer = KnownIndexWriter.open(file)) {
      for (int i = 0; i < ENTRIES; i++) {
        writer.add(
            any(),
            new KnownFile(
                "pictures/of/some/length/" + i + ".jpg",
                Optional.empty(),
                0,
                Optional.of("synthetic"),
                OptionalDouble.of(0.9),
                Optional.empty(),
                Optional.empty(),
                "report"));
      }
    }
    double[] milliseconds = new double[MEASURED];
    try (KnownIndex index = KnownIndex.open(file)) {
      for (int i = -WARM; i < MEASURED; i++) {
        PdqHash hash = any();
        long begin = System.nanoTime();
        assertEquals(0, index.near(new PdqHash.Pair(hash, hash), PdqHash.SAME).size());
        milliseconds[Math.max(0, i)] = (System.nanoTime() - begin) / 1e6;
      }
    }
    Arrays.sort(milliseconds);
    System.out.printf(
        Locale.ROOT,
        "known: %.0f MB, median %.2f ms, 99 %% within %.2f ms%n",
        Files.size(file) / 1e6,
        milliseconds[MEASURED / 2],
        milliseconds[MEASURED * 99 / 100]);
  }
}
