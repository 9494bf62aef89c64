package dev.assay.internal.natives;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The folder in which an installed Assay keeps its native libraries as files, all in one place.
 * There nothing is unpacked, no cache is needed, and FFmpeg can be replaced by another build.
 */
final class NativeFolder {

  /** Names the folder; where it is not set, libraries come from the jars on the class path. */
  static final String PROPERTY = "assay.natives";

  private NativeFolder() {}

  static Optional<Path> installed() {
    return Optional.ofNullable(System.getProperty(PROPERTY)).map(Path::of);
  }
}
