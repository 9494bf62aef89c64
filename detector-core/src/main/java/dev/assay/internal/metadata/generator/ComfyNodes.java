package dev.assay.internal.metadata.generator;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.assay.internal.resource.ShippedData;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The known families of ComfyUI nodes; what is in none of them is known by the shape of its inputs
 * ({@link ComfyGraph.Node}), or not at all.
 *
 * @param format form of the file, 1
 * @param families in the order in which they are tried
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record ComfyNodes(int format, List<Family> families) {

  private static final String RESOURCE = "/dev/assay/internal/metadata/generator/comfy-nodes.json";
  private static final int MAX_TYPE_CHARS = 120;

  /** What a node does to the pixels or samples that reach it. */
  enum Role {
    @JsonProperty("empty")
    EMPTY,
    @JsonProperty("save")
    SAVE,
    @JsonProperty("preview")
    PREVIEW,
    @JsonProperty("source")
    SOURCE,
    @JsonProperty("select")
    SELECT,
    @JsonProperty("sampler")
    SAMPLER,
    @JsonProperty("mask")
    MASK,
    @JsonProperty("instruct")
    INSTRUCT,
    @JsonProperty("animate")
    ANIMATE,
    @JsonProperty("service")
    SERVICE,
    @JsonProperty("edit")
    EDIT,
    @JsonProperty("process")
    PROCESS
  }

  /**
   * Nodes of one role.
   *
   * @param role what they do
   * @param types pattern that the whole type matches, in any case
   */
  record Family(Role role, Pattern types) {
    Family {
      types = Pattern.compile(types.pattern(), Pattern.CASE_INSENSITIVE);
    }
  }

  ComfyNodes {
    families = List.copyOf(families);
  }

  /** The families that ship. */
  static ComfyNodes shipped() {
    return Holder.SHIPPED;
  }

  /** The role of a type of nodes, if its family is known. */
  Optional<Role> role(String type) {
    if (type.length() > MAX_TYPE_CHARS) {
      return Optional.empty();
    }
    return families.stream()
        .filter(family -> family.types().matcher(type).matches())
        .map(Family::role)
        .findFirst();
  }

  private static final class Holder {
    static final ComfyNodes SHIPPED = ShippedData.read(RESOURCE, ComfyNodes.class);
  }
}
