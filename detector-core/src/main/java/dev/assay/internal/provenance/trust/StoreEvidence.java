package dev.assay.internal.provenance.trust;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.internal.provenance.read.Cbor;
import dev.assay.internal.provenance.read.JumbfBox;
import dev.assay.internal.provenance.read.Manifest;
import dev.assay.internal.provenance.read.ManifestStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What lies in a store beside the signatures and bears on them: time-stamps (C2PA 2.2, 15.8.1.2)
 * and answers on revocation (15.9) that later manifests added. Each is signed by an authority of
 * its own, so that it does not matter whose manifest holds it.
 */
public final class StoreEvidence {

  /** Most tokens of one manifest, and most responses, that are looked at. */
  static final int MAX_ENTRIES = 16;

  private final Map<String, List<byte[]>> timeStamps = new HashMap<>();
  private final List<byte[]> answers = new ArrayList<>();

  public StoreEvidence(ManifestStore store) {
    for (Manifest manifest : store.all()) {
      for (JumbfBox assertion : manifest.assertions()) {
        switch (Manifest.base(assertion.label())) {
          case "c2pa.time-stamp" -> Manifest.tree(assertion).ifPresent(this::timeStamps);
          case "c2pa.certificate-status" -> Manifest.tree(assertion).ifPresent(this::answers);
          default -> {
            // It bears on something else.
          }
        }
      }
    }
  }

  private void timeStamps(JsonNode assertion) {
    for (Map.Entry<String, JsonNode> entry : assertion.properties()) {
      List<byte[]> tokens = timeStamps.computeIfAbsent(entry.getKey(), k -> new ArrayList<>());
      Cbor.bytes(entry.getValue()).ifPresent(token -> add(tokens, token));
    }
  }

  private void answers(JsonNode assertion) {
    for (JsonNode value : Cbor.elements(assertion.path("ocspVals"))) {
      Cbor.bytes(value).ifPresent(answer -> add(answers, answer));
    }
  }

  private static void add(List<byte[]> entries, byte[] entry) {
    if (entries.size() < MAX_ENTRIES) {
      entries.add(entry);
    }
  }

  /** Tokens over the signature of the manifest with that label. */
  public List<byte[]> timeStamps(String label) {
    return timeStamps.getOrDefault(label, List.of());
  }

  /** Responses on any certificate. */
  public List<byte[]> answers() {
    return answers;
  }
}
