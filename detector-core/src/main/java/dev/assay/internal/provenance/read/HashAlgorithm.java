package dev.assay.internal.provenance.read;

import dev.assay.internal.provenance.status.StatusCode;
import dev.assay.internal.provenance.status.StatusException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hashes that C2PA 2.2, section 13.1, allows. */
public enum HashAlgorithm {
  SHA256("sha256", "SHA-256"),
  SHA384("sha384", "SHA-384"),
  SHA512("sha512", "SHA-512");

  private final String name;
  private final String standardName;

  HashAlgorithm(String name, String standardName) {
    this.name = name;
    this.standardName = standardName;
  }

  public static HashAlgorithm of(String name) throws StatusException {
    for (HashAlgorithm algorithm : values()) {
      if (algorithm.name.equals(name)) {
        return algorithm;
      }
    }
    throw new StatusException(
        StatusCode.ALGORITHM_UNSUPPORTED,
        name.isEmpty()
            ? "No hash algorithm is named."
            : "The hash algorithm " + SignedText.shown(name) + " is not allowed.");
  }

  public MessageDigest digest() {
    try {
      return MessageDigest.getInstance(standardName);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(standardName + " is part of every Java", e);
    }
  }
}
