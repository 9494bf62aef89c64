package dev.assay.internal.provenance.read;

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
public record Manifest(String label, Kind kind, JumbfBox box) {

  public static final String ASSERTIONS = "c2pa.assertions";
  public static final String SIGNATURE = "c2pa.signature";

  /** The kinds of manifests: C2PA 2.2, 11.1.4. */
  public enum Kind {
    STANDARD,
    UPDATE
  }

  /** The JUMBF URI of something in it. */
  public String url(String within) {
    return "self#jumbf=/c2pa/" + label + (within.isEmpty() ? "" : "/" + within);
  }

  /** Its claims; there ought to be one. */
  public List<JumbfBox> claims() {
    return box.boxes().stream().filter(b -> b.type().equals("c2cl")).toList();
  }

  /** The bytes of its signature. */
  public Optional<byte[]> signature() {
    return box.box(SIGNATURE).filter(b -> b.type().equals("c2cs")).flatMap(b -> b.content("cbor"));
  }

  /** Its assertions; those of a second list, which ought not to be there, count as well. */
  public List<JumbfBox> assertions() {
    return box.boxes().stream()
        .filter(b -> b.label().equals(ASSERTIONS) && b.type().equals("c2as"))
        .flatMap(b -> b.boxes().stream())
        .toList();
  }

  /** The tree of an assertion that is CBOR or JSON; empty where it is neither, or broken. */
  public static Optional<JsonNode> tree(JumbfBox assertion) {
    return switch (assertion.type()) {
      case "cbor" -> assertion.content("cbor").flatMap(Cbor::read);
      case "json" -> assertion.content("json").flatMap(Cbor::readJson);
      default -> Optional.empty();
    };
  }

  /** The label without the number of its instance. */
  public static String base(String label) {
    int instance = label.lastIndexOf("__");
    return instance < 0 ? label : label.substring(0, instance);
  }
}
