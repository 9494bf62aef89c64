package dev.assay.internal.provenance.trust;

import java.util.Locale;

/** What is known of when a manifest was signed: C2PA 2.2, 15.8. */
public enum SigningTime {
  /** A trusted time-stamp shows that the certificate was valid then. */
  PROVED,
  /** No trusted time-stamp tells, but the certificate is valid today. */
  CURRENT,
  /** No trusted time-stamp tells, and the certificate has expired, or is not valid yet. */
  EXPIRED,
  /** A trusted time-stamp shows that the certificate was not valid then. */
  OUTSIDE,
  /** The certificate cannot be read. */
  UNKNOWN;

  /** The answer as reports spell it. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
