package dev.assay.internal.provenance;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.internal.container.ByteReader;
import dev.assay.internal.container.Container;
import dev.assay.internal.metadata.Containers;
import dev.assay.internal.provenance.check.BmffHash;
import dev.assay.internal.provenance.identity.IdentityCheck;
import dev.assay.internal.provenance.read.Asset;
import dev.assay.internal.provenance.read.Cbor;
import dev.assay.internal.provenance.read.EmbeddedStore;
import dev.assay.internal.provenance.read.JumbfBox;
import dev.assay.internal.provenance.read.StoreFinder;
import dev.assay.internal.provenance.trust.TrustAnchors;
import dev.assay.spi.Budget;
import dev.assay.spi.DamagedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Identity assertions, fragments and the places of stores, of any bytes: damage or a status, and
 * nothing else. See {@code HostileBytesFuzzTest} for how to search.
 */
@Tag("long")
class IdentityFuzzTest {

  private static final byte[] FIRST = FragmentsTest.initialisation(2, FragmentsTest.leaves(2));
  private static final Container[] PLACES = {
    Container.SVG, Container.ISO, Container.PDF, Container.TIFF, Container.RIFF, Container.GIF
  };

  private static Budget budget() {
    return new Budget(Duration.ofSeconds(20));
  }

  static Stream<byte[]> identities() {
    return IdentityTest.assertions().stream().map(TestManifest::cbor);
  }

  @MethodSource("identities")
  @FuzzTest(maxDuration = "10m")
  void readsIdentities(byte[] content) throws DamagedException {
    byte[] box = TestManifest.superbox("cbor", "cawg.identity", Containers.box("cbor", content));
    IdentityCheck.Setting setting =
        new IdentityCheck.Setting(
            Set.of(),
            Set.of("c2pa.hash.data"),
            Set.of("c2pa.hash.data"),
            List.of(),
            Optional.empty(),
            Instant.EPOCH,
            TrustAnchors.none());
    IdentityCheck.of(JumbfBox.parse(box, budget()), setting, "url").answer();
  }

  static Stream<byte[]> fragments() {
    return Stream.of(FragmentsTest.placed(0, List.of()), FragmentsTest.placed(1, List.of()));
  }

  @MethodSource("fragments")
  @FuzzTest(maxDuration = "10m")
  void readsFragments(byte[] content) throws IOException {
    Path file = Files.createTempFile("fragment", ".m4s");
    try {
      Files.write(file, content);
      JsonNode assertion =
          Cbor.read(TestManifest.cbor(FragmentsTest.bindingOf(2, FragmentsTest.leaves(2), FIRST)))
              .orElseThrow();
      Asset asset =
          new Asset(
              new ByteReader(FIRST, budget()),
              Container.ISO,
              new EmbeddedStore("uuid box", new byte[0], List.of(), Optional.empty()),
              () -> List.of(file));
      BmffHash.check(assertion, "sha256", asset, "url");
    } catch (DamagedException e) {
      // Its boxes are broken.
    } finally {
      Files.delete(file);
    }
  }

  /** The number of a container, then a file. */
  static Stream<byte[]> places() {
    byte[] svg =
        "\0<svg><metadata><c2pa:manifest>AAAA</c2pa:manifest></metadata></svg>"
            .getBytes(StandardCharsets.UTF_8);
    byte[] pdf =
        "\2%PDF-1 0 obj<<>>stream\njumb endobj 2 0 obj<</AFRelationship/C2PA_Manifest/EF<</F 1 0 R>>"
            .getBytes(StandardCharsets.UTF_8);
    return Stream.of(svg, pdf, Containers.join(new byte[] {1}, FIRST));
  }

  @MethodSource("places")
  @FuzzTest(maxDuration = "10m")
  void findsStores(byte[] content) throws IOException {
    if (content.length > 0) {
      byte[] file = Arrays.copyOfRange(content, 1, content.length);
      StoreFinder.find(
          new ByteReader(file, budget()), PLACES[Math.floorMod(content[0], PLACES.length)]);
    }
  }
}
