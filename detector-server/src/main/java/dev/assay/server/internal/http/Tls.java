package dev.assay.server.internal.http;

import dev.assay.server.ServerSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** Reads the certificate and the key of a server from PEM files. */
final class Tls {

  private static final String ALIAS = "assay";

  private Tls() {}

  /**
   * What Jetty needs for TLS.
   *
   * @throws IOException if a file is none of these, or both do not belong together; the message is
   *     a sentence
   */
  static SslContextFactory.Server of(ServerSettings.Tls files) throws IOException {
    try (InputStream in = Files.newInputStream(files.certificates())) {
      Certificate[] chain =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(in)
              .toArray(new Certificate[0]);
      if (chain.length == 0) {
        throw new IOException(files.certificates() + " holds no certificate.");
      }
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry(ALIAS, key(files.key()), new char[0], chain);
      SslContextFactory.Server tls = new SslContextFactory.Server();
      tls.setKeyStore(store);
      tls.setKeyStorePassword("");
      return tls;
    } catch (GeneralSecurityException e) {
      throw new IOException(
          files.certificates() + " and " + files.key() + " are no certificate and its key.", e);
    }
  }

  private static PrivateKey key(Path file) throws IOException {
    try (Reader reader = Files.newBufferedReader(file);
        PEMParser parser = new PEMParser(reader)) {
      Object read = parser.readObject();
      if (read instanceof PEMKeyPair pair) {
        return new JcaPEMKeyConverter().getKeyPair(pair).getPrivate();
      }
      if (read instanceof PrivateKeyInfo info) {
        return new JcaPEMKeyConverter().getPrivateKey(info);
      }
      throw new IOException(file + " holds no private key that can be read without a password.");
    }
  }
}
