package dev.assay.internal.provenance.trust;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.Sentence;
import dev.assay.internal.provenance.read.Cbor;
import dev.assay.internal.provenance.read.CoseSign1;
import dev.assay.internal.provenance.read.CoseSignature;
import dev.assay.internal.provenance.read.SignedText;
import dev.assay.internal.provenance.status.StatusCode;
import dev.assay.internal.provenance.status.StatusException;
import dev.assay.internal.provenance.status.ValidationStatus;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TSPValidationException;
import org.bouncycastle.tsp.TimeStampResponse;
import org.bouncycastle.tsp.TimeStampToken;

/**
 * A time-stamp over a signature (RFC 3161; C2PA 2.2, 10.3.2.5 and 15.8).
 *
 * @param statuses what checking it gave
 * @param time when the signature existed; empty where the stamp proves nothing
 * @param stated the time that it names, believed or not
 * @param authority who vouches for the time, as a name; empty where it cannot be read
 */
public record TimeStamp(
    List<ValidationStatus> statuses,
    Optional<Instant> time,
    Optional<Instant> stated,
    String authority) {

  private static final String OVER_CLAIM = "sigTst";
  private static final String OVER_SIGNATURE = "sigTst2";

  /**
   * Checks the time-stamp of a signature.
   *
   * @param claim the bytes that are signed
   * @param others tokens for it that lie elsewhere in the store, which count where its own does not
   * @param url of the signature
   * @return empty where there is none
   */
  public static Optional<TimeStamp> of(
      CoseSignature signature, byte[] claim, List<byte[]> others, TrustAnchors trust, String url) {
    Optional<TimeStamp> own = own(signature, claim, trust, url);
    if (own.flatMap(TimeStamp::time).isPresent()) {
      return own;
    }
    Optional<TimeStamp> best = own;
    for (byte[] encoded : others) {
      TimeStamp other = read(encoded, true, stamped(signature.sign1(), claim, true), trust, url);
      if (other.time().isPresent()) {
        return Optional.of(other);
      }
      if (best.flatMap(TimeStamp::stated).isEmpty()) {
        best = Optional.of(other);
      }
    }
    return best;
  }

  /** Whether it is over this signature, whoever vouches for its authority. */
  public boolean overTheSignature() {
    return statuses.stream().anyMatch(s -> s.code() == StatusCode.TIME_STAMP_VALIDATED);
  }

  /**
   * Checks the time-stamp of a signature where it is of the second form, which is the only one that
   * counts beside a person's signature; empty where there is none.
   */
  public static Optional<TimeStamp> second(CoseSign1 signature, TrustAnchors trust, String url) {
    JsonNode tokens = signature.unprotectedHeader().path(OVER_SIGNATURE).path("tstTokens");
    if (!signature.unprotectedHeader().has(OVER_SIGNATURE)) {
      return Optional.empty();
    }
    return Optional.of(
        read(single(tokens), true, stamped(signature, new byte[0], true), trust, url));
  }

  /** C2PA 2.2, 15.8.1.1: of several, none counts. */
  private static byte[] single(JsonNode tokens) {
    return tokens.size() == 1
        ? Cbor.bytes(tokens.path(0).path("val")).orElse(new byte[0])
        : new byte[0];
  }

  private static Optional<TimeStamp> own(
      CoseSignature signature, byte[] claim, TrustAnchors trust, String url) {
    JsonNode header = signature.unprotectedHeader();
    boolean second = header.has(OVER_SIGNATURE);
    JsonNode container = header.path(second ? OVER_SIGNATURE : OVER_CLAIM);
    if (container.isMissingNode()) {
      return Optional.empty();
    }
    byte[] encoded = single(container.path("tstTokens"));
    return Optional.of(
        read(encoded, second, stamped(signature.sign1(), claim, second), trust, url));
  }

  /** The second form stamps the signature as it stands in its box, with the head of its string. */
  private static byte[] stamped(CoseSign1 signature, byte[] claim, boolean second) {
    return Cbor.array(
        "CounterSignature",
        signature.protectedHeader(),
        new byte[0],
        second ? Cbor.string(signature.signature()) : claim);
  }

  private static TimeStamp read(
      byte[] encoded, boolean bare, byte[] stamped, TrustAnchors trust, String url) {
    List<ValidationStatus> statuses = new ArrayList<>();
    try {
      return checked(token(encoded, bare), stamped, trust, url, statuses);
    } catch (StatusException e) {
      statuses.add(e.at(url));
      return new TimeStamp(statuses, Optional.empty(), Optional.empty(), "");
    }
  }

  private static TimeStampToken token(byte[] encoded, boolean bare) throws StatusException {
    try {
      if (bare) {
        return new TimeStampToken(new CMSSignedData(encoded));
      }
      TimeStampResponse response = new TimeStampResponse(encoded);
      if (response.getStatus() > 1 || response.getTimeStampToken() == null) {
        throw malformed("The authority gave none.");
      }
      return response.getTimeStampToken();
    } catch (IOException | TSPException | CMSException | RuntimeException e) {
      throw malformed("It cannot be read.");
    }
  }

  private static StatusException malformed(String why) {
    return new StatusException(
        StatusCode.TIME_STAMP_MALFORMED,
        Sentence.of("The time-stamp cannot be used. {0}", Sentence.of(why)));
  }

  private static TimeStamp checked(
      TimeStampToken token,
      byte[] stamped,
      TrustAnchors trust,
      String url,
      List<ValidationStatus> statuses)
      throws StatusException {
    Instant stated = token.getTimeStampInfo().getGenTime().toInstant();
    List<X509Certificate> given = certificates(token);
    X509Certificate authority = signer(token, given);
    String name = authority.getSubjectX500Principal().getName();
    if (!Arrays.equals(
        token.getTimeStampInfo().getMessageImprintDigest(), digest(token, stamped))) {
      statuses.add(
          new ValidationStatus(
              StatusCode.TIME_STAMP_MISMATCH,
              url,
              "The time-stamp is over other bytes than these."));
      return new TimeStamp(statuses, Optional.empty(), Optional.of(stated), name);
    }
    verify(token, authority);
    statuses.add(
        new ValidationStatus(
            StatusCode.TIME_STAMP_VALIDATED,
            url,
            Sentence.of("The time-stamp is over this signature: {0}.", stated)));
    if (!trust.vouchForTimeStamps(authority, given, stated)) {
      statuses.add(
          new ValidationStatus(
              StatusCode.TIME_STAMP_UNTRUSTED,
              url,
              Sentence.of(
                  "Its authority, {0}, is on no list of trusted ones.", SignedText.shown(name))));
      return new TimeStamp(statuses, Optional.empty(), Optional.of(stated), name);
    }
    statuses.add(
        new ValidationStatus(
            StatusCode.TIME_STAMP_TRUSTED, url, "Its authority is on a list of trusted ones."));
    return new TimeStamp(statuses, Optional.of(stated), Optional.of(stated), name);
  }

  private static List<X509Certificate> certificates(TimeStampToken token) throws StatusException {
    List<X509Certificate> result = new ArrayList<>();
    try {
      for (X509CertificateHolder holder : token.getCertificates().getMatches(null)) {
        result.add(new JcaX509CertificateConverter().getCertificate(holder));
      }
    } catch (CertificateException | RuntimeException e) {
      throw malformed("A certificate of its authority cannot be read.");
    }
    return result;
  }

  private static X509Certificate signer(TimeStampToken token, List<X509Certificate> given)
      throws StatusException {
    int position = 0;
    for (X509CertificateHolder holder : token.getCertificates().getMatches(null)) {
      if (token.getSID().match(holder)) {
        return given.get(position);
      }
      position++;
    }
    throw malformed("It does not carry the certificate of its authority.");
  }

  private static byte[] digest(TimeStampToken token, byte[] stamped) throws StatusException {
    String oid = token.getTimeStampInfo().getMessageImprintAlgOID().getId();
    String name =
        switch (oid) {
          case "2.16.840.1.101.3.4.2.1" -> "SHA-256";
          case "2.16.840.1.101.3.4.2.2" -> "SHA-384";
          case "2.16.840.1.101.3.4.2.3" -> "SHA-512";
          default -> throw malformed("Its hash algorithm is not allowed.");
        };
    try {
      return MessageDigest.getInstance(name).digest(stamped);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(name + " is part of every Java", e);
    }
  }

  private static void verify(TimeStampToken token, X509Certificate authority)
      throws StatusException {
    try {
      token.validate(new JcaSimpleSignerInfoVerifierBuilder().build(authority));
    } catch (TSPValidationException e) {
      Instant at = token.getTimeStampInfo().getGenTime().toInstant();
      boolean outside =
          at.isBefore(authority.getNotBefore().toInstant())
              || at.isAfter(authority.getNotAfter().toInstant());
      throw outside
          ? new StatusException(
              StatusCode.TIME_STAMP_OUTSIDE_VALIDITY,
              "The time-stamp names a time at which its authority's certificate was not valid.")
          : malformed("Its signature is not its authority's.");
    } catch (TSPException | OperatorCreationException | RuntimeException e) {
      throw malformed("Its signature cannot be checked.");
    }
  }
}
