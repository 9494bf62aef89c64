package dev.assay.internal.provenance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/**
 * One manifest of a store: its boxes, unread.
 *
 * @param label its name in the store
 * @param kind whether it describes an asset or only adds to another manifest
 * @param box the superbox
 */
record Manifest(String label, Kind kind, JumbfBox box) {

  static final String ASSERTIONS = "c2pa.assertions";
  static final String SIGNATURE = "c2pa.signature";

  /** The kinds of manifests: C2PA 2.2, 11.1.4. */
  enum Kind {
    STANDARD,
    UPDATE
  }

  /** The JUMBF URI of something in it. */
  String url(String within) {
    return "self#jumbf=/c2pa/" + label + (within.isEmpty() ? "" : "/" + within);
  }

  /** Its claims; there ought to be one. */
  List<JumbfBox> claims() {
    return box.boxes().stream().filter(b -> b.type().equals("c2cl")).toList();
  }

  /** The bytes of its signature. */
  Optional<byte[]> signature() {
    return box.box(SIGNATURE).flatMap(b -> b.content("cbor"));
  }

  /** Its assertions; those of a second list, which ought not to be there, count as well. */
  List<JumbfBox> assertions() {
    return box.boxes().stream()
        .filter(b -> b.label().equals(ASSERTIONS))
        .flatMap(b -> b.boxes().stream())
        .toList();
  }

  /** The tree of an assertion that is CBOR or JSON; empty where it is neither, or broken. */
  static Optional<JsonNode> tree(JumbfBox assertion) {
    return switch (assertion.type()) {
      case "cbor" -> assertion.content("cbor").flatMap(Cbor::read);
      case "json" -> assertion.content("json").flatMap(Cbor::readJson);
      default -> Optional.empty();
    };
  }

  /** The label without the number of its instance. */
  static String base(String label) {
    int instance = label.lastIndexOf("__");
    return instance < 0 ? label : label.substring(0, instance);
  }
}
