package dev.assay.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.Writer;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server with a certificate. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class TlsTest {

  @TempDir private Path folder;

  private record Made(X509Certificate certificate, ServerSettings.Tls files) {}

  private Made made() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    KeyPair pair = generator.generateKeyPair();
    X500Name name = new X500Name("CN=localhost");
    Instant now = Instant.now();
    X509Certificate certificate =
        new JcaX509CertificateConverter()
            .getCertificate(
                new JcaX509v3CertificateBuilder(
                        name,
                        BigInteger.ONE,
                        Date.from(now.minus(Duration.ofHours(1))),
                        Date.from(now.plus(Duration.ofHours(1))),
                        name,
                        pair.getPublic())
                    .addExtension(
                        Extension.subjectAlternativeName,
                        false,
                        new GeneralNames(new GeneralName(GeneralName.dNSName, "localhost")))
                    .build(
                        new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
    ServerSettings.Tls files =
        new ServerSettings.Tls(folder.resolve("cert.pem"), folder.resolve("key.pem"));
    pem(files.certificates(), certificate);
    pem(files.key(), new JcaPKCS8Generator(pair.getPrivate(), null));
    return new Made(certificate, files);
  }

  private static void pem(Path file, Object content) throws IOException {
    try (Writer out = Files.newBufferedWriter(file);
        JcaPEMWriter pem = new JcaPEMWriter(out)) {
      pem.writeObject(content);
    }
  }

  private static SSLContext trusting(X509Certificate certificate) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("server", certificate);
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  @Test
  void speaksTlsByItsCertificate() throws Exception {
    Made made = made();
    try (StartedServer server =
        StartedServer.with(ServerSettings.defaults().withTls(made.files()))) {
      HttpRequest request =
          HttpRequest.newBuilder(
                  URI.create("https://localhost:" + server.server().port() + "/v1/version"))
              .build();
      HttpClient client = HttpClient.newBuilder().sslContext(trusting(made.certificate())).build();
      assertEquals(200, client.send(request, BodyHandlers.ofString()).statusCode());
      assertThrows(
          SSLHandshakeException.class,
          () -> HttpClient.newHttpClient().send(request, BodyHandlers.ofString()));
    }
  }

  @Test
  void sessionsOfADeskAreForTlsAlone() throws Exception {
    Made made = made();
    try (StartedServer server =
        StartedServer.with(ServerSettings.defaults().withDesk(true).withTls(made.files()))) {
      URI address = server.server().deskAddress();
      assertEquals("https", address.getScheme());
      HttpRequest request =
          HttpRequest.newBuilder(
                  URI.create("https://localhost:" + server.server().port() + "/desk/session"))
              .header("Authorization", "Bearer " + address.getFragment())
              .POST(HttpRequest.BodyPublishers.noBody())
              .build();
      HttpClient client = HttpClient.newBuilder().sslContext(trusting(made.certificate())).build();
      String cookie =
          client
              .send(request, BodyHandlers.ofString())
              .headers()
              .firstValue("Set-Cookie")
              .orElseThrow();
      assertTrue(cookie.endsWith("; Secure"), cookie);
    }
  }

  @Test
  void filesThatAreNoneAreRefused() throws Exception {
    Made made = made();
    Path text = Files.writeString(folder.resolve("text"), "no certificate");
    refused(new ServerSettings.Tls(text, made.files().key()));
    refused(new ServerSettings.Tls(made.files().certificates(), text));
    refused(new ServerSettings.Tls(folder.resolve("missing"), made.files().key()));
  }

  private void refused(ServerSettings.Tls files) {
    ServerSettings settings = ServerSettings.defaults().withTls(files);
    IOException refused =
        assertThrows(IOException.class, () -> StartedServer.with(settings).close());
    assertTrue(refused.getMessage().contains(folder.toString()), refused.getMessage());
  }
}
