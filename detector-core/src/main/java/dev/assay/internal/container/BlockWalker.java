package dev.assay.internal.container;

import dev.assay.spi.Block;
import dev.assay.spi.DamagedException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Visits the blocks of a container in the order of the file, reading only their heads. */
public interface BlockWalker {

  /**
   * The next block; null after the last.
   *
   * @throws DamagedException if the rest cannot be walked, or the budget is spent
   * @throws IOException if the file cannot be read
   */
  @Nullable Block next() throws IOException, DamagedException;
}
