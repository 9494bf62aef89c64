package dev.assay.metadata.generator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A graph of ComfyUI in one of its two forms: the API graph (node id to {@code class_type} and
 * {@code inputs}) and the editor's workflow ({@code nodes} with a {@code type} each).
 *
 * @param samples whether one of its nodes samples from a model
 * @param model the checkpoint that it loads
 * @param prompt the longest text that it encodes
 * @param settings seed, steps and the like of the sampling node
 */
record ComfyGraph(
    boolean samples,
    Optional<String> model,
    Optional<String> prompt,
    Map<String, String> settings) {

  private static final String[] SETTINGS = {
    "seed", "noise_seed", "steps", "cfg", "sampler_name", "scheduler", "denoise"
  };
  private static final String[] MODELS = {"ckpt_name", "unet_name", "model_name"};

  /** Reads a graph, if the text is one. */
  static Optional<ComfyGraph> parse(String text) {
    JsonNode root = Json.object(text);
    return root.path("nodes").isArray() ? workflow(root) : apiGraph(root);
  }

  private static Optional<ComfyGraph> apiGraph(JsonNode root) {
    boolean graph = false;
    boolean samples = false;
    String model = "";
    String prompt = "";
    Map<String, String> settings = new LinkedHashMap<>();
    for (JsonNode node : root) {
      String type = node.path("class_type").asText();
      JsonNode inputs = node.path("inputs");
      if (type.isEmpty() || !inputs.isObject()) {
        continue;
      }
      graph = true;
      if (samples(type)) {
        samples = true;
        Json.settings(inputs, SETTINGS).forEach(settings::putIfAbsent);
      }
      for (String name : MODELS) {
        if (model.isEmpty() && inputs.path(name).isTextual()) {
          model = inputs.path(name).asText();
        }
      }
      if (type.contains("TextEncode") && inputs.path("text").asText().length() > prompt.length()) {
        prompt = inputs.path("text").asText();
      }
    }
    return graph ? Optional.of(of(samples, model, prompt, settings)) : Optional.empty();
  }

  private static Optional<ComfyGraph> workflow(JsonNode root) {
    if (!root.has("last_node_id") && !root.path("links").isArray()) {
      return Optional.empty();
    }
    boolean samples = false;
    for (JsonNode node : root.path("nodes")) {
      samples |= samples(node.path("type").asText());
    }
    return Optional.of(of(samples, "", "", Map.of()));
  }

  private static ComfyGraph of(
      boolean samples, String model, String prompt, Map<String, String> settings) {
    return new ComfyGraph(
        samples,
        Optional.of(model).filter(s -> !s.isBlank()),
        Optional.of(prompt).filter(s -> !s.isBlank()),
        settings);
  }

  private static boolean samples(String type) {
    return type.toLowerCase(Locale.ROOT).contains("sampler");
  }
}
