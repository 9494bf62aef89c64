package dev.assay.internal.provenance.read;

import dev.assay.internal.container.ByteReader;
import dev.assay.internal.container.Container;
import dev.assay.spi.DamagedException;
import java.io.IOException;
import java.security.MessageDigest;

/**
 * The file that a manifest is about: its bytes as they are.
 *
 * @param bytes all of them
 * @param container what they are
 * @param store where in them the manifest store lies
 */
public record Asset(ByteReader bytes, Container container, EmbeddedStore store) {

  private static final int CHUNK = 1 << 20;

  /** Feeds bytes of the file to a hash. */
  public void feed(MessageDigest digest, ByteRange range) throws IOException, DamagedException {
    for (long at = range.start(); at < range.end(); ) {
      int length = (int) Math.min(CHUNK, range.end() - at);
      digest.update(bytes.read(at, length));
      at += length;
    }
  }
}
