package dev.assay.internal.provenance.trust;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Certificates that are believed without proof: C2PA 2.2, 14.4. Immutable.
 *
 * @param official anchors of the specification's trust list, for certificates of its purpose alone
 * @param chosen anchors that the user chose, for every signer of claims
 * @param timeStamping anchors of authorities for time-stamps
 * @param publishers certificates of news publishers themselves, no anchors
 * @param date of the oldest of the published lists; empty where there is none
 */
public record TrustAnchors(
    List<X509Certificate> official,
    List<X509Certificate> chosen,
    List<X509Certificate> timeStamping,
    List<X509Certificate> publishers,
    Optional<LocalDate> date) {

  /** Largest list that is read, in bytes. */
  static final int MAX_LIST_BYTES = 16 << 20;

  private static final Pattern CERTIFICATE =
      Pattern.compile("-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\\s]+)-----END CERTIFICATE-----");

  public TrustAnchors {
    official = List.copyOf(official);
    chosen = List.copyOf(chosen);
    timeStamping = List.copyOf(timeStamping);
    publishers = List.copyOf(publishers);
  }

  /** No anchors: every signer is unknown. */
  public static TrustAnchors none() {
    return new TrustAnchors(List.of(), List.of(), List.of(), List.of(), Optional.empty());
  }

  /**
   * The certificates of a PEM file; text between them is passed over.
   *
   * @throws IOException if it cannot be read, holds no certificate, or a broken one
   */
  public static List<X509Certificate> read(Path pem) throws IOException {
    if (Files.size(pem) > MAX_LIST_BYTES) {
      throw new IOException(pem + " is too large for a list of certificates.");
    }
    return parse(Files.readString(pem, StandardCharsets.ISO_8859_1), pem.toString());
  }

  /**
   * The certificates of PEM text.
   *
   * @param name what the text is called in messages
   * @throws IOException if it holds no certificate, or a broken one
   */
  public static List<X509Certificate> parse(String pem, String name) throws IOException {
    List<X509Certificate> certificates = new ArrayList<>();
    Matcher matcher = CERTIFICATE.matcher(pem);
    while (matcher.find()) {
      try {
        certificates.add(
            (X509Certificate)
                CertificateFactory.getInstance("X.509")
                    .generateCertificate(
                        new ByteArrayInputStream(
                            matcher.group().getBytes(StandardCharsets.US_ASCII))));
      } catch (CertificateException e) {
        throw new IOException(
            name + ": certificate " + (certificates.size() + 1) + " cannot be read.", e);
      }
    }
    if (certificates.isEmpty()) {
      throw new IOException(name + " holds no certificate in PEM form.");
    }
    return certificates;
  }

  /** Who vouches for a signer of claims at a time, by certificates given along. */
  public SignerTrust vouching(X509Certificate signer, List<X509Certificate> along, Instant when) {
    if (CertificateProfile.purposes(signer).contains(CertificateProfile.C2PA_CLAIM_SIGNING)
        && leadsTo(official, signer, along, when)) {
      return SignerTrust.LISTED;
    }
    if (leadsTo(chosen, signer, along, when)) {
      return SignerTrust.CHOSEN;
    }
    return publishers.contains(signer) ? SignerTrust.PUBLISHER : SignerTrust.UNLISTED;
  }

  /** Whether an authority for time-stamps is vouched for at a time. */
  public boolean vouchForTimeStamps(
      X509Certificate authority, Collection<X509Certificate> along, Instant when) {
    return leadsTo(timeStamping, authority, along, when);
  }

  /** RFC 5280, 6: a path by PKIX, without asking for revocation. */
  private static boolean leadsTo(
      List<X509Certificate> anchors,
      X509Certificate leaf,
      Collection<X509Certificate> along,
      Instant when) {
    if (anchors.isEmpty()) {
      return false;
    }
    if (anchors.contains(leaf)) {
      return true;
    }
    Set<TrustAnchor> trusted = new HashSet<>();
    anchors.forEach(anchor -> trusted.add(new TrustAnchor(anchor, null)));
    X509CertSelector target = new X509CertSelector();
    target.setCertificate(leaf);
    Set<Certificate> known = new HashSet<>(along);
    known.add(leaf);
    try {
      PKIXBuilderParameters parameters = new PKIXBuilderParameters(trusted, target);
      parameters.setRevocationEnabled(false);
      parameters.setDate(Date.from(when));
      parameters.addCertStore(
          CertStore.getInstance("Collection", new CollectionCertStoreParameters(known)));
      CertPathBuilder.getInstance("PKIX").build(parameters);
      return true;
    } catch (GeneralSecurityException | RuntimeException e) {
      return false;
    }
  }
}
