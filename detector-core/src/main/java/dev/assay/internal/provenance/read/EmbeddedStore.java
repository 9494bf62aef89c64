package dev.assay.internal.provenance.read;

import dev.assay.Sentence;
import java.util.List;
import java.util.Optional;

/**
 * A manifest store as it lies in a file.
 *
 * @param carrier the container's structure that holds it, for a sentence
 * @param bytes the store, put together
 * @param ranges the parts of the file that it takes, heads of what carries it included, in order;
 *     none where they are not known
 * @param fault why it could not be read; empty where it was
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares stores.
public record EmbeddedStore(
    String carrier, byte[] bytes, List<ByteRange> ranges, Optional<Sentence> fault) {

  public EmbeddedStore {
    ranges = List.copyOf(ranges);
  }
}
