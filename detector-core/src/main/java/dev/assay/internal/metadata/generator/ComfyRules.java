package dev.assay.internal.metadata.generator;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.Sentence;
import dev.assay.internal.metadata.DeclaredMetadata;
import dev.assay.internal.metadata.MetadataField;
import dev.assay.internal.metadata.generator.ComfyOrigin.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What graphs of ComfyUI declare, wherever its nodes and the sites that keep its pictures write
 * them: a field of its own, a camera's fields, a comment, as it is or wrapped.
 */
final class ComfyRules {

  private static final Pattern NAMED =
      Pattern.compile("\\s*(?:prompt|workflow)\\s*:\\s*(?=\\{)", Pattern.CASE_INSENSITIVE);
  private static final int MAX_MEMBERS = 64;
  private static final int MAX_UNKNOWN = 8;
  private static final int MAX_TYPE_CHARS = 60;

  static final List<GeneratorRule> ALL =
      List.of(
          GeneratorRule.generated(
              "comfyui",
              "ComfyUI",
              "holds the ComfyUI graph that generated the media",
              metadata -> find(metadata, Outcome.GENERATED)),
          GeneratorRule.generated(
                  "comfyui-ambiguous",
                  "ComfyUI",
                  "holds a ComfyUI graph of which one branch generates and another does not;"
                      + " which of them made this file it does not say",
                  metadata -> find(metadata, Outcome.AMBIGUOUS))
              .asHint(),
          GeneratorRule.edited(
              "comfyui-edited",
              "ComfyUI",
              "holds a ComfyUI graph that changed given media with a generative model",
              metadata -> find(metadata, Outcome.EDITED)),
          GeneratorRule.processed(
              "comfyui-processing",
              "ComfyUI",
              "holds a ComfyUI graph in which no generative model that is known took part",
              metadata -> find(metadata, Outcome.PROCESSED)));

  private ComfyRules() {}

  private static Optional<Declaration> find(DeclaredMetadata metadata, Outcome outcome) {
    return metadata
        .once(Told.class, ComfyRules::told)
        .origin()
        .flatMap(found -> declaration(found.field(), found.origin(), outcome));
  }

  /** What the graphs of a file tell, which each rule asks about. */
  private record Told(Optional<Origin> origin) {}

  private record Origin(MetadataField field, ComfyOrigin origin) {}

  private record Found(MetadataField field, ComfyGraph graph) {}

  /** What was executed outranks what lay on the canvas. */
  private static Told told(DeclaredMetadata metadata) {
    List<Found> found = metadata.fields().stream().flatMap(ComfyRules::graphs).toList();
    return new Told(
        found.stream()
            .filter(f -> f.graph().executed())
            .findFirst()
            .or(() -> found.stream().findFirst())
            .map(f -> new Origin(f.field(), ComfyOrigin.of(f.graph()))));
  }

  private static Optional<Declaration> declaration(
      MetadataField field, ComfyOrigin origin, Outcome outcome) {
    if (origin.outcome() != outcome) {
      return Optional.empty();
    }
    Declaration declaration =
        Declaration.at(field)
            .withModel(origin.model())
            .withPrompt(origin.prompt())
            .with(origin.settings());
    if (origin.unknown().isEmpty() || outcome == Outcome.GENERATED) {
      return Optional.of(declaration);
    }
    List<String> names =
        origin.unknown().stream()
            .limit(MAX_UNKNOWN)
            .map(type -> type.substring(0, Math.min(type.length(), MAX_TYPE_CHARS)))
            .toList();
    String remark =
        origin.unknown().size() > MAX_UNKNOWN
            ? "Unknown nodes, which may hold a model: {0} and more."
            : "Unknown nodes, which may hold a model: {0}.";
    return Optional.of(declaration.remarking(Sentence.of(remark, Sentence.list(names))));
  }

  private static Stream<Found> graphs(MetadataField field) {
    Matcher named = NAMED.matcher(field.value());
    String text = named.lookingAt() ? field.value().substring(named.end()) : field.value();
    return graphs(Json.object(text), 1).map(graph -> new Found(field, graph));
  }

  /** The graph that an object is, or those that it wraps, as objects or as texts. */
  private static Stream<ComfyGraph> graphs(JsonNode object, int deeper) {
    Optional<ComfyGraph> graph = ComfyGraph.parse(object);
    if (graph.isPresent() || deeper < 0) {
      return graph.stream();
    }
    return StreamSupport.stream(object.spliterator(), false)
        .limit(MAX_MEMBERS)
        .map(member -> member.isTextual() ? Json.object(member.asText()) : member)
        .filter(JsonNode::isObject)
        .flatMap(member -> graphs(member, deeper - 1));
  }
}
