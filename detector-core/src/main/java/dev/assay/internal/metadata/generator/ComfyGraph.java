package dev.assay.internal.metadata.generator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A graph of ComfyUI, flat: subgraphs and group nodes are entered, muted nodes are left out, and a
 * bypassed node passes on what it is given.
 *
 * <p>Two forms exist: the API graph (node id to {@code class_type} and {@code inputs}), which is
 * what was executed, and the editor's workflow ({@code nodes}, {@code links}), which is all that
 * lay on the canvas.
 *
 * @param executed whether it is an API graph
 * @param nodes the nodes by their id
 */
record ComfyGraph(boolean executed, Map<String, Node> nodes) {

  private static final int MAX_NODES = 5_000;
  private static final int MAX_DEPTH = 8;
  private static final int MAX_STEPS = 200_000;
  private static final int MUTED = 2;
  private static final int BYPASSED = 4;
  private static final int SUBGRAPH_INPUT = -10;
  private static final int SUBGRAPH_OUTPUT = -20;

  /**
   * A node.
   *
   * @param type its class; empty for what only passes on
   * @param links input name to the id of the node that feeds it
   * @param values settings by name
   */
  record Node(String type, Map<String, String> links, Map<String, String> values) {

    private static Node passing() {
      return new Node("", new LinkedHashMap<>(), Map.of());
    }

    private void link(String name, String from) {
      // Many links may share a name; each is kept under one of its own.
      if (links.putIfAbsent(name, from) != null) {
        links.put(name + "'" + links.size(), from);
      }
    }
  }

  /** Reads a graph, if the text is one. */
  static Optional<ComfyGraph> parse(String text) {
    return parse(Json.object(text));
  }

  /** Reads a graph, if the object is one. */
  static Optional<ComfyGraph> parse(JsonNode root) {
    Map<String, Node> nodes =
        root.path("nodes").isArray() ? new Workflow(root).nodes() : apiNodes(root);
    return nodes.isEmpty()
        ? Optional.empty()
        : Optional.of(new ComfyGraph(!root.path("nodes").isArray(), nodes));
  }

  private static Map<String, Node> apiNodes(JsonNode root) {
    Map<String, Node> nodes = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> member : root.properties()) {
      String type = member.getValue().path("class_type").asText();
      JsonNode inputs = member.getValue().path("inputs");
      if (type.isEmpty() || !inputs.isObject() || nodes.size() >= MAX_NODES) {
        continue;
      }
      Node node = new Node(type, new LinkedHashMap<>(), new LinkedHashMap<>());
      for (Map.Entry<String, JsonNode> input : inputs.properties()) {
        JsonNode value = input.getValue();
        if (value.isArray() && value.size() == 2 && value.path(1).isInt()) {
          node.link(input.getKey(), value.path(0).asText());
        } else if (value.isValueNode() && !value.isNull()) {
          node.values().put(input.getKey(), value.asText());
        }
      }
      nodes.put(member.getKey(), node);
    }
    return nodes;
  }

  /** The editor's form while it is made flat. */
  private static final class Workflow {

    private final JsonNode root;
    private final Map<String, JsonNode> subgraphs = new HashMap<>();
    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private int steps; // a subgraph may be entered as often as it is named

    Workflow(JsonNode root) {
      this.root = root;
      for (JsonNode subgraph : root.path("definitions").path("subgraphs")) {
        subgraphs.put(subgraph.path("id").asText(), subgraph);
      }
    }

    Map<String, Node> nodes() {
      boolean graph =
          root.has("last_node_id") || root.path("links").isArray() || !subgraphs.isEmpty();
      if (graph) {
        add("", root, 0);
      }
      return nodes;
    }

    /** Adds the nodes of a graph under a prefix; then its links. */
    private void add(String prefix, JsonNode graph, int depth) {
      Map<String, JsonNode> members = new LinkedHashMap<>();
      for (JsonNode member : graph.path("nodes")) {
        if (++steps > MAX_STEPS) {
          return;
        }
        // Nodes of a group go by their index.
        String id = prefix + (member.has("id") ? member.path("id") : member.path("index")).asText();
        int mode = member.path("mode").asInt();
        if (mode == MUTED || nodes.size() >= MAX_NODES) {
          continue;
        }
        members.put(id, member);
        String type = member.path("type").asText();
        if (mode == BYPASSED) {
          nodes.put(id, Node.passing());
        } else if (subgraphs.containsKey(type) && depth < MAX_DEPTH) {
          enter(id, subgraphs.get(type), depth);
        } else if (!group(type).isMissingNode() && depth < MAX_DEPTH) {
          nodes.put(id, Node.passing());
        } else {
          nodes.put(id, new Node(type, new LinkedHashMap<>(), values(member)));
        }
      }
      for (JsonNode link : graph.path("links")) {
        if (++steps > MAX_STEPS) {
          return;
        }
        // Nodes of a group have no ids, and its links no numbers.
        link(prefix, members, Link.of(link, graph.path("nodes").path(0).has("id")));
      }
      members.forEach((id, member) -> enterGroup(id, member, depth));
    }

    private void enter(String id, JsonNode subgraph, int depth) {
      nodes.put(id, Node.passing());
      int outputs = Math.min(subgraph.path("outputs").size(), MAX_NODES - nodes.size());
      for (int slot = 0; slot < outputs; slot++) {
        nodes.put(id + ":out" + slot, Node.passing());
      }
      add(id + ":", subgraph, depth + 1);
      // Where the links are lost, the node stands for all that is inside.
      if (subgraph.path("links").isEmpty()) {
        steps += nodes.size();
        Node outer = nodes.get(id);
        List.copyOf(nodes.keySet()).stream()
            .filter(inner -> inner.startsWith(id + ":"))
            .forEach(inner -> outer.link(inner, inner));
      }
    }

    private JsonNode group(String type) {
      boolean named = type.startsWith("workflow/") || type.startsWith("workflow>");
      return root.path("extra")
          .path("groupNodes")
          .path(named ? type.substring("workflow/".length()) : "");
    }

    /** A group node, the older form: what is fed to it is taken to reach all that begins inside. */
    private void enterGroup(String id, JsonNode member, int depth) {
      JsonNode group = group(member.path("type").asText());
      Node outer = nodes.get(id);
      if (!group.isObject()
          || outer == null
          || member.path("mode").asInt() == BYPASSED
          || steps > MAX_STEPS) {
        return;
      }
      Map<String, String> fed = Map.copyOf(outer.links());
      outer.links().clear();
      String prefix = id + ":";
      add(prefix, group, depth + 1);
      steps += nodes.size();
      nodes.forEach(
          (inner, node) -> {
            if (inner.startsWith(prefix)) {
              if (node.links().isEmpty() && steps < MAX_STEPS) {
                steps += fed.size();
                fed.forEach(node::link);
              }
              outer.link(inner, inner);
            }
          });
    }

    private void link(String prefix, Map<String, JsonNode> members, Link link) {
      String from = prefix + link.from();
      String slotted = from + ":out" + link.fromSlot();
      from = nodes.containsKey(slotted) ? slotted : from;
      if (link.from() == SUBGRAPH_INPUT) {
        // What is fed to a subgraph lies at the node that stands for it, and is told by its slot.
        from = prefix.substring(0, prefix.length() - 1) + ":in" + link.fromSlot();
        nodes.putIfAbsent(from, Node.passing());
      }
      String to = prefix + link.to();
      if (link.to() == SUBGRAPH_OUTPUT) {
        to = prefix.substring(0, prefix.length() - 1) + ":out" + link.toSlot();
      } else if (members.containsKey(to)
          && subgraphs.containsKey(members.get(to).path("type").asText())) {
        nodes.computeIfAbsent(to + ":in" + link.toSlot(), k -> Node.passing()).link("", from);
      }
      Node target = nodes.get(to);
      if (target != null) {
        JsonNode member = members.get(to);
        String name =
            member == null
                ? ""
                : member.path("inputs").path(link.toSlot()).path("name").asText(link.type());
        target.link(name, from);
      }
    }

    /** The editor keeps settings by position; only those of the common sampler are known by it. */
    private static Map<String, String> values(JsonNode member) {
      Map<String, String> values = new LinkedHashMap<>();
      JsonNode widgets = member.path("widgets_values");
      if (member.path("type").asText().equals("KSampler") && widgets.size() >= 7) {
        values.put("seed", widgets.path(0).asText());
        values.put("steps", widgets.path(2).asText());
        values.put("cfg", widgets.path(3).asText());
        values.put("denoise", widgets.path(6).asText());
      } else if (widgets.isObject()) {
        for (Map.Entry<String, JsonNode> widget : widgets.properties()) {
          if (widget.getValue().isValueNode()) {
            values.put(widget.getKey(), widget.getValue().asText());
          }
        }
      } else if (widgets.path(0).isTextual()) {
        values.put("text", widgets.path(0).asText());
      }
      return values;
    }
  }

  /**
   * A link of the editor's form, in each of its spellings: an object, or a list that may begin with
   * a number.
   */
  private record Link(int from, int fromSlot, int to, int toSlot, String type) {

    static Link of(JsonNode link, boolean numbered) {
      if (link.isObject()) {
        return new Link(
            link.path("origin_id").asInt(),
            link.path("origin_slot").asInt(),
            link.path("target_id").asInt(),
            link.path("target_slot").asInt(),
            link.path("type").asText());
      }
      int at = numbered ? 1 : 0;
      return new Link(
          link.path(at).asInt(),
          link.path(at + 1).asInt(),
          link.path(at + 2).asInt(),
          link.path(at + 3).asInt(),
          link.path(at + 4).asText());
    }
  }

  /** The nodes that others do not use. */
  List<String> ends() {
    Set<String> ends = new LinkedHashSet<>(nodes.keySet());
    nodes.values().forEach(node -> node.links().values().forEach(ends::remove));
    return List.copyOf(ends);
  }
}
