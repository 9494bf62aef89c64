package dev.assay.internal.provenance.trust;

import java.util.Locale;

/** Who vouches for the signer of a manifest: C2PA 2.2, 14.4 and 14.5. */
public enum SignerTrust {
  /** The C2PA's list of signers. */
  LISTED,
  /** The user's own list. */
  CHOSEN,
  /**
   * The IPTC's list of verified news publishers. It names certificates, not authorities, and C2PA
   * 2.2, 14.4.3, lets no validator come with such a list: the state of the manifest stays as it is.
   */
  PUBLISHER,
  /** Nobody: everybody can make such a certificate. */
  UNLISTED,
  /** Nobody, and the certificate may not sign claims. */
  UNFIT,
  /** Its issuer took the certificate back. */
  REVOKED,
  /** The certificate cannot be read. */
  UNREADABLE;

  /** The answer as reports spell it. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether it makes a valid manifest a trusted one: C2PA 2.2, 14.3.6. */
  public boolean trusted() {
    return this == LISTED || this == CHOSEN;
  }
}
