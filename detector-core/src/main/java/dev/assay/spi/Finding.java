package dev.assay.spi;

import java.io.IOException;

/**
 * Something that is found out about a file by reading it, once for all who ask: see {@link
 * Media#once}. Kept in a constant, since the object itself is what it is known by.
 *
 * @param <T> what is found; never null
 */
@FunctionalInterface
public interface Finding<T> {

  /**
   * Reads the file.
   *
   * @throws IOException if it cannot be read
   */
  T find(Media media) throws IOException;
}
