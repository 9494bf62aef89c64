package dev.assay.internal.resource;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 (FIPS 180-4), as files, models and pages are known by it. */
public final class Sha256 {

  private Sha256() {}

  /** Digests what it is given piece by piece. */
  public static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  /** In lower-case hexadecimal. */
  public static String hexadecimal(byte[] content) {
    return HexFormat.of().formatHex(digest().digest(content));
  }

  /** What a digest came to, in lower-case hexadecimal. */
  public static String hexadecimal(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }
}
