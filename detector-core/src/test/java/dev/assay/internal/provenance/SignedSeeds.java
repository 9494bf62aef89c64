package dev.assay.internal.provenance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Signed files of every container, to begin from. */
public final class SignedSeeds {

  private SignedSeeds() {}

  /** One file of each container. */
  public static Stream<byte[]> all() {
    TestSigner signer = TestSigner.of(-7);
    return Arrays.stream(SignedFile.values()).map(kind -> SignedFile.signed(kind, signer));
  }

  /** Writes a picture of two manifests, and the certificate that vouches for it, into a folder. */
  public static void main(String[] arguments) throws IOException, CertificateEncodingException {
    Path folder = Path.of(arguments[0]);
    TestSigner signer = TestSigner.of(-7);
    TestManifest parent =
        new TestManifest("urn:c2pa:parent", signer)
            .created(TestManifest.AI)
            .with("c2pa.hash.data", Map.of("alg", "sha256", "hash", new byte[32]));
    Map<String, Object> ingredient = parent.asIngredient("parentOf");
    Map<String, Object> opened =
        Map.of(
            "action",
            "c2pa.opened",
            "parameters",
            Map.of(
                "ingredients",
                List.of(TestManifest.referenceTo("c2pa.ingredient.v3", ingredient))));
    byte[] file =
        SignedFile.PNG.with(
            (label, binding) ->
                TestManifest.store(
                    parent.bytes(),
                    new TestManifest("urn:c2pa:active", signer)
                        .with(label, binding)
                        .with("c2pa.ingredient.v3", ingredient)
                        .with("c2pa.actions.v2", Map.of("actions", List.of(opened)))
                        .bytes()));
    Files.createDirectories(folder);
    Files.write(folder.resolve("generated-then-opened.png"), file);
    Files.writeString(
        folder.resolve("root.pem"),
        "-----BEGIN CERTIFICATE-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(TestSigner.root().getEncoded())
            + "\n-----END CERTIFICATE-----\n");
  }
}
