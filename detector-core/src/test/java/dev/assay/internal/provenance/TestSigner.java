package dev.assay.internal.provenance;

import dev.assay.internal.provenance.trust.CertificateProfile;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A signer of claims with an authority of its own. */
final class TestSigner {

  static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
  static final Instant UNTIL = Instant.parse("2099-01-01T00:00:00Z");

  private static final KeyPair AUTHORITY_KEY = ecKeys("secp256r1");
  private static final X509Certificate AUTHORITY = authority();

  private final int algorithm;
  private final KeyPair keys;
  private final X509Certificate certificate;
  private final List<X509Certificate> chain;

  private TestSigner(int algorithm, KeyPair keys, List<X509Certificate> chain) {
    this.algorithm = algorithm;
    this.keys = keys;
    this.certificate = chain.get(0);
    this.chain = chain;
  }

  /** The same signer, whose chain holds the authority too. */
  TestSigner withRoot() {
    return new TestSigner(algorithm, keys, List.of(certificate, AUTHORITY));
  }

  /** A signer by an algorithm of COSE, whose certificate has the purpose of a list. */
  static TestSigner of(int algorithm) {
    return of(algorithm, CertificateProfile.C2PA_CLAIM_SIGNING);
  }

  /** The same for another purpose. */
  static TestSigner of(int algorithm, String purpose) {
    KeyPair keys =
        switch (algorithm) {
          case -7 -> ecKeys("secp256r1");
          case -35 -> ecKeys("secp384r1");
          case -36 -> ecKeys("secp521r1");
          case -8 -> keys("Ed25519", 0);
          default -> keys("RSA", 2048);
        };
    return new TestSigner(
        algorithm,
        keys,
        List.of(certificate(keys.getPublic(), "CN=Test Signer,O=Test Makers", purpose)));
  }

  static X509Certificate root() {
    return AUTHORITY;
  }

  static PrivateKey rootKey() {
    return AUTHORITY_KEY.getPrivate();
  }

  int algorithm() {
    return algorithm;
  }

  X509Certificate certificate() {
    return certificate;
  }

  PrivateKey key() {
    return keys.getPrivate();
  }

  /** Leaf first; the root is left out, as C2PA has it. */
  List<X509Certificate> chain() {
    return chain;
  }

  byte[] sign(byte[] bytes) {
    try {
      Signature signature =
          Signature.getInstance(
              switch (algorithm) {
                case -7 -> "SHA256withECDSAinP1363Format";
                case -35 -> "SHA384withECDSAinP1363Format";
                case -36 -> "SHA512withECDSAinP1363Format";
                case -8 -> "Ed25519";
                default -> "RSASSA-PSS";
              });
      if (algorithm <= -37) {
        int bits = algorithm == -37 ? 256 : algorithm == -38 ? 384 : 512;
        String hash = "SHA-" + bits;
        signature.setParameter(
            new PSSParameterSpec(hash, "MGF1", new MGF1ParameterSpec(hash), bits / 8, 1));
      }
      signature.initSign(keys.getPrivate());
      signature.update(bytes);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static KeyPair ecKeys(String curve) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec(curve));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static KeyPair keys(String name, int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(name);
      if (bits > 0) {
        generator.initialize(bits);
      }
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static X509Certificate authority() {
    X500Name name = new X500Name("CN=Test Root,O=Test Authority");
    try {
      X509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              name,
              BigInteger.ONE,
              Date.from(FROM.minusSeconds(86_400)),
              Date.from(UNTIL.plusSeconds(86_400)),
              name,
              AUTHORITY_KEY.getPublic());
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign));
      return signed(builder);
    } catch (CertIOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A certificate of the authority for one purpose. */
  /** The same key with a certificate that is valid from another time on. */
  TestSigner validFrom(Instant from) {
    return new TestSigner(
        algorithm,
        keys,
        List.of(
            certificate(
                keys.getPublic(),
                "CN=Test Signer,O=Test Makers",
                CertificateProfile.C2PA_CLAIM_SIGNING,
                from)));
  }

  static X509Certificate certificate(PublicKey key, String subject, String purpose) {
    return certificate(key, subject, purpose, FROM);
  }

  private static X509Certificate certificate(
      PublicKey key, String subject, String purpose, Instant from) {
    try {
      X509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              new X500Name("CN=Test Root,O=Test Authority"),
              BigInteger.valueOf(subject.hashCode() & 0xFFFF_FFFFL).add(BigInteger.TWO),
              Date.from(from),
              Date.from(UNTIL),
              new X500Name(subject),
              key);
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
      builder.addExtension(
          Extension.extendedKeyUsage,
          true,
          new ExtendedKeyUsage(KeyPurposeId.getInstance(new ASN1ObjectIdentifier(purpose))));
      builder.addExtension(
          Extension.authorityKeyIdentifier,
          false,
          new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(AUTHORITY_KEY.getPublic()));
      return signed(builder);
    } catch (CertIOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static X509Certificate signed(X509v3CertificateBuilder builder) {
    try {
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(
                  new JcaContentSignerBuilder("SHA256withECDSA")
                      .build(AUTHORITY_KEY.getPrivate())));
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }
}
