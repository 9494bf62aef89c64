package dev.assay.internal.provenance.read;

import dev.assay.internal.container.ByteReader;
import dev.assay.internal.container.Container;
import dev.assay.spi.DamagedException;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;

/**
 * The file that a manifest is about: its bytes as they are.
 *
 * @param bytes all of them
 * @param container what they are
 * @param store where in them the manifest store lies
 * @param fragments of a film, in files beside it
 */
public record Asset(
    ByteReader bytes, Container container, EmbeddedStore store, Fragments fragments) {

  private static final int CHUNK = 1 << 20;

  /** Finds the files that hold the fragments of a film; asked only where there must be some. */
  public interface Fragments {
    List<Path> files() throws IOException;
  }

  /** One that is whole. */
  public Asset(ByteReader bytes, Container container, EmbeddedStore store) {
    this(bytes, container, store, List::of);
  }

  /** Feeds bytes of the file to a hash. */
  public void feed(MessageDigest digest, ByteRange range) throws IOException, DamagedException {
    feed(bytes, digest, range);
  }

  /** Feeds bytes to a hash. */
  public static void feed(ByteReader bytes, MessageDigest digest, ByteRange range)
      throws IOException, DamagedException {
    for (long at = range.start(); at < range.end(); ) {
      int length = (int) Math.min(CHUNK, range.end() - at);
      digest.update(bytes.read(at, length));
      at += length;
    }
  }
}
