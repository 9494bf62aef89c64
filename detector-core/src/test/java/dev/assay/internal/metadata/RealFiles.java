package dev.assay.internal.metadata;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/**
 * Real files of cameras, editors and generators, which are not part of the repository. They lie in
 * {@code ../shared/data} beside it, or where ASSAY_SHARED_DATA says.
 */
public final class RealFiles {

  /** Those with metadata or signatures. */
  public static final Path PROVENANCE = folder().resolve("provenance");

  private RealFiles() {}

  private static Path folder() {
    String configured = System.getenv("ASSAY_SHARED_DATA");
    return configured == null ? Path.of("..", "..", "shared", "data") : Path.of(configured);
  }

  /** Skips a test, aloud, where they are not there. */
  public static void require(Class<?> test) {
    if (!Files.isDirectory(PROVENANCE)) {
      System.err.println(
          "SKIPPED "
              + test.getSimpleName()
              + ": "
              + PROVENANCE.toAbsolutePath().normalize()
              + " is not there; set ASSAY_SHARED_DATA to test on real files.");
      Assumptions.abort("no real files at " + PROVENANCE);
    }
  }
}
