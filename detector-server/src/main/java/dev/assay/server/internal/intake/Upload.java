package dev.assay.server.internal.intake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A body that arrived. Owns its file, which {@link #close} removes.
 *
 * @param file where it lies
 * @param name what its sender calls it
 * @param size in bytes
 * @param sha256 of its content, hexadecimal
 */
public record Upload(Path file, String name, long size, String sha256) implements AutoCloseable {

  /** The same by the last part of another name. */
  public Upload named(String path) {
    return new Upload(file, Uploads.plain(path), size, sha256);
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(file);
  }
}
