package dev.assay.internal.metadata.generator;

import dev.assay.internal.metadata.generator.ComfyGraph.Node;
import dev.assay.internal.metadata.generator.ComfyNodes.Role;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the media that a graph of ComfyUI saved came from: walks back from the nodes that save, and
 * counts only what leads there.
 *
 * @param outcome what the graph did
 * @param unknown types of nodes on that way that no family and no shape explains
 * @param model the model that it loads, or nothing
 * @param prompt the longest text that it encodes, or nothing
 * @param settings seed, steps and the like of the sampling node
 */
record ComfyOrigin(
    Outcome outcome,
    Set<String> unknown,
    String model,
    String prompt,
    Map<String, String> settings) {

  /** What a graph did with the media. */
  enum Outcome {
    /** A model made it from noise, or a service from a text. */
    GENERATED,
    /** Some of what it saves was generated, and which of it this file is cannot be told. */
    AMBIGUOUS,
    /** A model changed a picture that was given. */
    EDITED,
    /** What was given was changed by no generative model that is known. */
    PROCESSED
  }

  /** What pixels or samples consist of. */
  private enum Content {
    GIVEN,
    GENERATED,
    EDITED,
    MASKED,
    UNDECIDED
  }

  private static final int MAX_DEPTH = 500;
  private static final int MAX_STEPS = 1_000_000;
  private static final Set<Role> SAMPLING = EnumSet.of(Role.SAMPLER, Role.SERVICE, Role.ANIMATE);
  private static final String[] SETTINGS = {
    "seed", "noise_seed", "steps", "cfg", "sampler_name", "scheduler", "denoise"
  };
  private static final List<String> MODELS =
      List.of("ckpt_name", "unet_name", "model_name", "model");
  private static final Set<String> TEXTS =
      Set.of("text", "prompt", "text_g", "text_l", "t5xxl", "clip_l", "positive_prompt", "tags");

  /** Inputs that carry no pixels or samples of what is made. */
  private static final Pattern NO_CONTENT =
      Pattern.compile(
          "(?i).*(?:model|clip|vae|positive|negative|condition|control_?net|text|prompt|mask|sigmas"
              + "|noise|guider|lora|embeds|pipe|string|int|float|boolean|bbox|detector|seed|steps"
              + "|scheduler).*|sampler(?:'\\d+)?");

  /** Inputs that a picture is like, and not made of. */
  private static final Pattern REFERENCE =
      Pattern.compile("(?i).*(?:source|reference|ref_|style|face_model|driving|audio).*");

  private static final Pattern LATENT = Pattern.compile("(?i).*(?:latent|samples).*");
  private static final Pattern PICTURE =
      Pattern.compile("(?i)(?:input_?)?(?:image|pixels|video|frames)s?(?:'\\d+)?");
  private static final Pattern MODEL =
      Pattern.compile("(?i).*(?:model|guider|basic_pipe|pipe)(?:'\\d+)?");
  private static final Set<String> SAMPLER_VALUES =
      Set.of("seed", "noise_seed", "steps", "denoise", "sampler_name", "start_at_step");

  /** What the graph did. */
  static ComfyOrigin of(ComfyGraph graph) {
    return new Walk(graph).origin();
  }

  private static final class Walk {

    private final ComfyGraph graph;
    private final ComfyNodes families = ComfyNodes.shipped();
    private final Map<String, Set<Content>> known = new HashMap<>();
    private final Set<String> unknown = new TreeSet<>();
    private final Map<String, Optional<Role>> roles = new HashMap<>();
    private int depth;
    private int steps;
    private boolean lost; // whether a node on the way is not in the graph

    Walk(ComfyGraph graph) {
      this.graph = graph;
    }

    ComfyOrigin origin() {
      List<String> ends = ends(Role.SAVE);
      if (ends.isEmpty()) {
        ends = ends(Role.PREVIEW);
      }
      Set<Outcome> outcomes = EnumSet.noneOf(Outcome.class);
      ends.forEach(end -> outcomes.add(outcome(content(end))));
      if (ends.isEmpty() || lost) {
        // Nothing says what was saved: all that nothing follows is taken together.
        Set<Content> all = EnumSet.noneOf(Content.class);
        graph.ends().forEach(end -> all.addAll(content(end)));
        return described(outcome(all), upstream(graph.ends()));
      }
      Outcome outcome = outcomes.iterator().next();
      if (outcomes.size() > 1) {
        boolean generated =
            outcomes.contains(Outcome.GENERATED) || outcomes.contains(Outcome.AMBIGUOUS);
        outcome = generated ? Outcome.AMBIGUOUS : Outcome.EDITED;
      }
      return described(outcome, upstream(ends));
    }

    private List<String> ends(Role role) {
      return graph.nodes().entrySet().stream()
          .filter(node -> role(node.getValue()) == role)
          .filter(node -> !node.getValue().links().isEmpty())
          .map(Map.Entry::getKey)
          .toList();
    }

    private static Outcome outcome(Set<Content> content) {
      if (content.contains(Content.UNDECIDED)) {
        return Outcome.AMBIGUOUS;
      }
      if (content.contains(Content.GENERATED) && !content.contains(Content.GIVEN)) {
        return Outcome.GENERATED;
      }
      return content.contains(Content.EDITED) || content.contains(Content.GENERATED)
          ? Outcome.EDITED
          : Outcome.PROCESSED;
    }

    private Set<Content> content(String id) {
      Set<Content> before = known.get(id);
      if (before != null || depth >= MAX_DEPTH) {
        return before == null ? Set.of() : before;
      }
      known.put(id, Set.of()); // what a cycle finds
      Node node = graph.nodes().get(id);
      depth++;
      lost |= node == null && graph.executed();
      Set<Content> content = node == null ? Set.of() : content(node);
      depth--;
      known.put(id, content);
      return content;
    }

    private Set<Content> content(Node node) {
      Role role = role(node);
      if (role == null) {
        role = shape(node);
      }
      if (role == null && !node.type().isEmpty()) {
        unknown.add(node.type());
      }
      Set<Content> content = EnumSet.noneOf(Content.class);
      switch (role == null ? Role.PROCESS : role) {
        case EMPTY -> {}
        case SOURCE -> content.add(Content.GIVEN);
        case ANIMATE -> content.add(Content.GENERATED);
        case SAMPLER -> content.addAll(sampled(node));
        case SELECT -> content.addAll(selected(node));
        case SERVICE -> {
          content.addAll(inputs(node));
          content.add(content.contains(Content.GIVEN) ? Content.EDITED : Content.GENERATED);
        }
        case EDIT -> {
          content.addAll(inputs(node));
          content.add(Content.EDITED);
        }
        case MASK -> {
          content.addAll(inputs(node));
          content.add(Content.MASKED);
        }
        case SAVE, PREVIEW, INSTRUCT, PROCESS -> content.addAll(inputs(node));
      }
      return content;
    }

    private Set<Content> inputs(Node node) {
      Set<Content> content = EnumSet.noneOf(Content.class);
      node.links()
          .forEach(
              (name, from) -> {
                if (!NO_CONTENT.matcher(name).matches() && !REFERENCE.matcher(name).matches()) {
                  content.addAll(content(from));
                }
              });
      return content;
    }

    /** From noise, or from a picture of which the denoising leaves something. */
    private Set<Content> sampled(Node node) {
      Set<Content> content = inputs(node);
      if (instructed(node)) {
        return EnumSet.of(Content.GIVEN, Content.EDITED);
      }
      boolean kept = content.contains(Content.MASKED) || keepsSome(node);
      if (content.contains(Content.GIVEN) && kept) {
        content.add(Content.EDITED);
        return content;
      }
      return EnumSet.of(Content.GENERATED);
    }

    /** Whether a model was handed a given picture to edit it by instruction. */
    private boolean instructed(Node node) {
      return node.links().entrySet().stream()
          .filter(link -> NO_CONTENT.matcher(link.getKey()).matches())
          .flatMap(link -> upstream(List.of(link.getValue())).stream())
          .filter(upstream -> role(upstream) == Role.INSTRUCT)
          .anyMatch(upstream -> inputs(upstream).contains(Content.GIVEN));
    }

    /** Whether less than all of a given latent is replaced by noise. */
    private boolean keepsSome(Node node) {
      Map<String, String> values = new LinkedHashMap<>(node.values());
      Node sigmas = graph.nodes().get(node.links().getOrDefault("sigmas", ""));
      if (sigmas != null) {
        values.putAll(sigmas.values());
      }
      if (values.containsKey("denoise")) {
        return number(values.get("denoise"), 0) < 1;
      }
      return !values.containsKey("start_at_step") || number(values.get("start_at_step"), 1) > 0;
    }

    /** The input that a number chooses, or all of them. */
    private Set<Content> selected(Node node) {
      String choice = node.values().getOrDefault("select", node.values().getOrDefault("index", ""));
      for (Map.Entry<String, String> link : node.links().entrySet()) {
        if (!choice.isEmpty()
            && link.getKey()
                .matches("(?i)(?:input|image|any|latent)_?0*" + Pattern.quote(choice))) {
          return content(link.getValue());
        }
      }
      Set<Outcome> outcomes = EnumSet.noneOf(Outcome.class);
      Set<Content> content = EnumSet.noneOf(Content.class);
      node.links()
          .forEach(
              (name, from) -> {
                if (!NO_CONTENT.matcher(name).matches()) {
                  outcomes.add(outcome(content(from)));
                  content.addAll(content(from));
                }
              });
      if (outcomes.size() > 1 && content.contains(Content.GENERATED)) {
        content.add(Content.UNDECIDED);
      }
      return content;
    }

    private @Nullable Role role(Node node) {
      return node.type().isEmpty()
          ? Role.PROCESS
          : roles.computeIfAbsent(node.type(), families::role).orElse(null);
    }

    /**
     * The role of a node of no known family by the shape of its inputs: a model with a latent and
     * steps samples; a model with a picture edits; a prompt without a model is a service.
     */
    private static @Nullable Role shape(Node node) {
      Set<String> links = node.links().keySet();
      boolean model = links.stream().anyMatch(name -> MODEL.matcher(name).matches());
      boolean latent = links.stream().anyMatch(name -> LATENT.matcher(name).matches());
      boolean picture = links.stream().anyMatch(name -> PICTURE.matcher(name).matches());
      boolean sampling =
          node.values().keySet().stream().anyMatch(SAMPLER_VALUES::contains)
              || links.contains("sigmas")
              || links.contains("noise");
      boolean prompt = !node.values().getOrDefault("prompt", "").isBlank();
      if (model && sampling) {
        return picture && !latent ? Role.EDIT : Role.SAMPLER;
      }
      if (model && latent && links.stream().anyMatch(name -> name.startsWith("positive"))) {
        return Role.SAMPLER;
      }
      if (prompt && !model && (!picture || node.values().containsKey("seed"))) {
        return Role.SERVICE;
      }
      return null;
    }

    /** All nodes that any input of these leads back to, and themselves. */
    private List<Node> upstream(List<String> ends) {
      Set<String> seen = new LinkedHashSet<>(ends);
      List<String> open = new ArrayList<>(ends);
      for (int i = 0; i < open.size() && steps < MAX_STEPS; i++) {
        Node node = graph.nodes().get(open.get(i));
        if (node != null) {
          steps += 1 + node.links().size();
          node.links().values().stream().filter(seen::add).forEach(open::add);
        }
      }
      return open.stream().filter(graph.nodes()::containsKey).map(graph.nodes()::get).toList();
    }

    private ComfyOrigin described(Outcome outcome, List<Node> used) {
      String model = "";
      String prompt = "";
      Map<String, String> settings = new LinkedHashMap<>();
      for (Node node : used) {
        boolean samples = SAMPLING.contains(role(node)) || shape(node) == Role.SAMPLER;
        boolean upscaler = node.type().toLowerCase(Locale.ROOT).contains("upscale");
        for (String name : MODELS) {
          if (model.isEmpty() && !upscaler) {
            model = node.values().getOrDefault(name, "");
          }
        }
        for (Map.Entry<String, String> value : node.values().entrySet()) {
          boolean text = samples || node.type().contains("TextEncode");
          if (text
              && TEXTS.contains(value.getKey())
              && value.getValue().length() > prompt.length()) {
            prompt = value.getValue();
          }
        }
        if (samples) {
          for (String name : SETTINGS) {
            if (node.values().containsKey(name)) {
              settings.putIfAbsent(name, node.values().get(name));
            }
          }
        }
      }
      return new ComfyOrigin(outcome, unknown, model, prompt, settings);
    }

    private static double number(String text, double otherwise) {
      try {
        return Double.parseDouble(text);
      } catch (NumberFormatException e) {
        return otherwise;
      }
    }
  }
}
