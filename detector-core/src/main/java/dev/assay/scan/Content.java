package dev.assay.scan;

import dev.assay.Report;
import dev.assay.internal.container.Sidecar;
import dev.assay.internal.resource.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What an examination looks at: a file, and the C2PA file beside it.
 *
 * @param sha256 of the file, lower-case hexadecimal
 * @param sidecarSha256 of the file beside it; empty where there is none
 */
record Content(String sha256, Optional<String> sidecarSha256) {

  private static final int BUFFER_BYTES = 1 << 16;

  /** Of a file; empty where it cannot be read: the examination says why. */
  static Optional<Content> of(Path file) {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Content(hash(file), ofSidecar(file)));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** What a report is on. */
  static Optional<Content> of(Report.FileFacts facts) {
    return facts.sha256().map(hash -> new Content(hash, facts.sidecarSha256()));
  }

  /** SHA-256 of the C2PA file beside a file. */
  static Optional<String> ofSidecar(Path file) throws IOException {
    Optional<Path> sidecar = Sidecar.of(file);
    return sidecar.isPresent() ? Optional.of(hash(sidecar.get())) : Optional.empty();
  }

  /** Stands for it. */
  Key key() {
    return sidecarSha256.map(beside -> Key.of(sha256 + beside)).orElse(Key.ofHash(sha256));
  }

  private static String hash(Path file) throws IOException {
    MessageDigest digest = Sha256.digest();
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream in = Files.newInputStream(file)) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        digest.update(buffer, 0, count);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
