package dev.assay.known;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
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

  /** Near one another by 0.5, as pictures of one kind may be. */
  private Embedding besides(float[] place) {
    FloatBuffer vector = FloatBuffer.allocate(Embedding.DIMENSIONS);
    double length = 0;
    for (int i = 0; i < Embedding.DIMENSIONS; i++) {
      vector.put(i, place[i] + (float) random.nextGaussian());
      length += vector.get(i) * vector.get(i);
    }
    for (int i = 0; i < Embedding.DIMENSIONS; i++) {
      vector.put(i, (float) (vector.get(i) / Math.sqrt(length)));
    }
    return Embedding.of(1, vector);
  }

  @Test
  void searchesAMillion() throws IOException {
    assumeTrue(Boolean.getBoolean("assay.speed"), "measured with -Dassay.speed=true only");
    Path file = folder.resolve("known.index");
    float[] centre = new float[Embedding.DIMENSIONS];
    for (int i = 0; i < centre.length; i++) {
      centre[i] = (float) random.nextGaussian();
    }
    Keypoints points = KeypointPatterns.any(random, Keypoints.MAX_KEPT).at(1, 0, 0);
    try (KnownIndexWriter writer = KnownIndexWriter.open(file)) {
      for (int i = 0; i < ENTRIES; i++) {
        writer.add(
            new Fingerprint(
                any(),
                Optional.of(besides(centre)),
                Optional.of(points),
                ByteBuffer.allocate(3000)),
            new KnownFile(
                "pictures/of/some/length/" + i + ".jpg",
                Optional.empty(),
                0,
                Optional.of("synthetic"),
                OptionalDouble.of(0.9),
                Optional.empty(),
                Optional.empty(),
                OptionalDouble.empty(),
                "report"));
      }
    }
    Keypoints asked = KeypointPatterns.any(random, Keypoints.MAX_POINTS).at(1, 0, 0);
    try (KnownIndex index = KnownIndex.open(file)) {
      measure(
          "hashes",
          file,
          () -> {
            PdqHash hash = any();
            return index.near(new PdqHash.Pair(hash, hash), PdqHash.SAME);
          });
      // As near as pictures of one kind lie, so that key points are compared.
      measure("embeddings", file, () -> index.shownIn(besides(centre), asked, asked));
    }
  }

  private interface Search {
    List<KnownMatch> run() throws IOException;
  }

  private static void measure(String what, Path file, Search search) throws IOException {
    double[] milliseconds = new double[MEASURED];
    for (int i = -WARM; i < MEASURED; i++) {
      long begin = System.nanoTime();
      assertEquals(0, search.run().size());
      milliseconds[Math.max(0, i)] = (System.nanoTime() - begin) / 1e6;
    }
    Arrays.sort(milliseconds);
    System.out.printf(
        Locale.ROOT,
        "known: %.0f MB, %s: median %.2f ms, 99 %% within %.2f ms%n",
        Files.size(file) / 1e6,
        what,
        milliseconds[MEASURED / 2],
        milliseconds[MEASURED * 99 / 100]);
  }
}
