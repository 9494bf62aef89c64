package dev.assay.internal.natives;

import dev.assay.InstallationException;
import dev.assay.internal.resource.UserFolders;
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

  /** What to throw where a library is missing. */
  static InstallationException notLoaded(String library, LinkageError cause) {
    return new InstallationException(
        library
            + " cannot be loaded on "
            + System.getProperty("os.name")
            + " "
            + System.getProperty("os.arch")
            + ": see that the platform is supported and its jar for it is on the class path, or its library in the folder"
            + " that -D"
            + PROPERTY
            + " names, or set -D"
            + UserFolders.CACHE
            + " to a folder that can be written and run from; a damaged copy goes away with "
            + UserFolders.cache().resolve("natives")
            + ".",
        cause);
  }
}
