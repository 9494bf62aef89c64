package dev.assay.internal.provenance;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.internal.container.ByteReader;
import dev.assay.internal.container.Container;
import dev.assay.internal.metadata.Containers;
import dev.assay.internal.provenance.check.BmffHash;
import dev.assay.internal.provenance.read.Asset;
import dev.assay.internal.provenance.read.Cbor;
import dev.assay.internal.provenance.read.EmbeddedStore;
import dev.assay.internal.provenance.read.ManifestStore;
import dev.assay.internal.provenance.status.StatusException;
import dev.assay.spi.Budget;
import dev.assay.spi.DamagedException;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A manifest store and the hashes of a file by an assertion that nobody signed: damage or a status,
 * and nothing else. See {@code HostileBytesFuzzTest} for how to search.
 */
@Tag("long")
class HashFuzzTest {

  private static final int ASSERTION_BYTES = 256;

  static Stream<byte[]> stores() {
    return SignedSeeds.all();
  }

  /** An assertion in CBOR, filled up, then the file. */
  static Stream<byte[]> hashed() {
    byte[] file = Containers.mp4(Containers.box("free", new byte[8]), Containers.box("mdat"));
    return Stream.of(
            Map.of("hash", new byte[32], "exclusions", List.of(Map.of("xpath", "/free"))),
            Map.of(
                "hash",
                new byte[32],
                "exclusions",
                List.of(
                    Map.of("xpath", "/free", "subset", List.of(Map.of("offset", 1, "length", 2))))),
            Map.of("merkle", List.of(Map.of("localId", 0, "hashes", List.of(new byte[32])))))
        .map(TestManifest::cbor)
        .map(cbor -> Containers.join(Arrays.copyOf(cbor, ASSERTION_BYTES), file));
  }

  @MethodSource("stores")
  @FuzzTest(maxDuration = "10m")
  void readsStores(byte[] content) {
    try {
      ManifestStore.parse(content, new Budget(Duration.ofSeconds(20)));
    } catch (DamagedException | StatusException e) {
      // It is no store, or a broken one.
    }
  }

  @MethodSource("hashed")
  @FuzzTest(maxDuration = "10m")
  void hashesBoxes(byte[] content) throws IOException {
    byte[] head = Arrays.copyOf(content, ASSERTION_BYTES);
    byte[] file =
        Arrays.copyOfRange(content, Math.min(content.length, ASSERTION_BYTES), content.length);
    // What fills the head up is no part of the item.
    int length = head.length;
    while (length > 0 && head[length - 1] == 0) {
      length--;
    }
    JsonNode assertion = Cbor.read(Arrays.copyOf(head, length)).orElse(null);
    if (assertion == null) {
      return;
    }
    Asset asset =
        new Asset(
            new ByteReader(file, new Budget(Duration.ofSeconds(20))),
            Container.ISO,
            new EmbeddedStore("uuid box", new byte[0], List.of(), Optional.empty()));
    try {
      BmffHash.check(assertion, "sha256", asset, "url");
    } catch (DamagedException e) {
      // Its boxes are broken.
    }
  }
}
