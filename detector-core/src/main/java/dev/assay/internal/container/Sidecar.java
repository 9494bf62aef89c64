package dev.assay.internal.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Finds the C2PA manifest store beside a file: {@code photo.c2pa} or {@code photo.jpg.c2pa} for
 * {@code photo.jpg} (C2PA 2.2, 11.4). Links are not followed: they could lead out of the folder.
 */
public final class Sidecar {

  /** Largest one that is read, in bytes. */
  static final int MAX_BYTES = 48 << 20;

  private Sidecar() {}

  /** Its bytes. */
  public static Optional<byte[]> read(Path file) throws IOException {
    Optional<Path> beside = of(file);
    return beside.isPresent() ? Optional.of(Files.readAllBytes(beside.get())) : Optional.empty();
  }

  /** Where it lies; empty where there is none that is read. */
  public static Optional<Path> of(Path file) throws IOException {
    Path name = file.getFileName();
    if (name == null) {
      return Optional.empty();
    }
    String whole = name.toString();
    int dot = whole.lastIndexOf('.');
    String stem = dot > 0 ? whole.substring(0, dot) : whole;
    for (String candidate : List.of(stem + ".c2pa", whole + ".c2pa")) {
      Path beside = file.resolveSibling(candidate);
      if (!candidate.equals(whole)
          && Files.isRegularFile(beside, LinkOption.NOFOLLOW_LINKS)
          && Files.size(beside) <= MAX_BYTES) {
        return Optional.of(beside);
      }
    }
    return Optional.empty();
  }
}
