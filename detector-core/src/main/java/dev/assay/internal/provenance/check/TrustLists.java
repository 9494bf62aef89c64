package dev.assay.internal.provenance.check;

import dev.assay.InstallationException;
import dev.assay.internal.resource.CacheFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * Where the lists of trusted certificates lie: the published ones in the user's cache, once {@code
 * assay trust update} has fetched them, and the user's own.
 */
public final class TrustLists {

  /** Name of the specification's list of signers, in the cache and where it is published. */
  public static final String SIGNERS = "C2PA-TRUST-LIST.pem";

  /** Name of its list of authorities for time-stamps. */
  public static final String TIME_STAMPS = "C2PA-TSA-TRUST-LIST.pem";

  private TrustLists() {}

  /** The folder of the published lists; it may not exist. */
  public static Path folder() {
    return CacheFolder.path().resolve("trust");
  }

  /**
   * The anchors of the published lists that are there, and of the user's own.
   *
   * @param own a PEM file, if there is one
   * @throws InstallationException if a list that is there cannot be read
   */
  public static TrustAnchors installed(Optional<Path> own) {
    return new TrustAnchors(
        cached(SIGNERS), own.map(TrustLists::list).orElse(List.of()), cached(TIME_STAMPS));
  }

  private static List<X509Certificate> cached(String name) {
    Path file = folder().resolve(name);
    return Files.isRegularFile(file) ? list(file) : List.of();
  }

  private static List<X509Certificate> list(Path file) {
    try {
      return TrustAnchors.read(file);
    } catch (IOException e) {
      throw new InstallationException("The trust list cannot be used: " + e.getMessage(), e);
    }
  }
}
