package dev.assay.metadata.generator;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.Evidence.Effect;
import dev.assay.metadata.Carrier;
import dev.assay.metadata.DeclaredMetadata;
import dev.assay.metadata.MetadataField;
import dev.assay.metadata.Strength;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the open-source generators write of their own accord. */
final class OpenSourceGenerators {

  private static final Set<Carrier> GRAPH_CARRIERS =
      Set.of(
          Carrier.PNG_TEXT,
          Carrier.MP4_TAG,
          Carrier.MATROSKA_TAG,
          Carrier.ID3_FRAME,
          Carrier.VORBIS_COMMENT);
  private static final Set<String> COMMENTS =
      Set.of(
          "comment",
          "comm",
          "description",
          "\u00a9cmt",
          "\u00a9des",
          "desc",
          "parameters",
          "icmt",
          "com.apple.quicktime.comment",
          "com.apple.quicktime.description",
          "wm/comments");
  private static final Pattern DREAM_STEPS = Pattern.compile("\" .{0,200}?-s ?\\d+ ");
  private static final Pattern DREAM_SEED = Pattern.compile(" -S ?\\d+(?: |$)");

  static final List<GeneratorRule> ALL =
      List.of(
          GeneratorRule.generated(
              "stable-diffusion-webui",
              "AUTOMATIC1111 web UI or compatible",
              "holds Stable Diffusion generation settings as AUTOMATIC1111 writes them",
              OpenSourceGenerators::webui),
          GeneratorRule.generated(
              "comfyui",
              "ComfyUI",
              "holds the ComfyUI graph that generated the media",
              metadata -> comfy(metadata, ComfyGraph::samples)),
          GeneratorRule.processed(
              "comfyui-processing",
              "ComfyUI",
              "holds a ComfyUI graph without a sampling node, so ComfyUI processed the media",
              metadata ->
                  comfy(metadata, ComfyGraph::samples).isPresent()
                      ? Optional.empty()
                      : comfy(metadata, graph -> true)),
          GeneratorRule.generated(
              "invokeai",
              "InvokeAI",
              "holds generation settings as InvokeAI writes them",
              OpenSourceGenerators::invokeAi),
          GeneratorRule.generated(
              "novelai",
              "NovelAI",
              "holds the words by which NovelAI marks what it generated",
              OpenSourceGenerators::novelAi),
          GeneratorRule.generated(
              "fooocus",
              "Fooocus",
              "holds the words by which Fooocus marks what it generated",
              OpenSourceGenerators::fooocus),
          GeneratorRule.generated(
              "swarmui",
              "SwarmUI",
              "holds generation settings as SwarmUI writes them",
              OpenSourceGenerators::swarmUi),
          GeneratorRule.generated(
              "easy-diffusion",
              "Easy Diffusion",
              "holds generation settings as Easy Diffusion writes them",
              OpenSourceGenerators::easyDiffusion),
          GeneratorRule.generated(
              "draw-things",
              "Draw Things",
              "holds generation settings as Draw Things writes them",
              OpenSourceGenerators::drawThings),
          new GeneratorRule(
              "hugging-face-job",
              Strength.HINT,
              Effect.GENERATED,
              "Hugging Face job",
              "names a job on Hugging Face, where models are hosted",
              metadata -> metadata.first(Carrier.PNG_TEXT, "hf-job-id").map(Declaration::at)));

  private OpenSourceGenerators() {}

  private static Stream<MetadataField> parameters(DeclaredMetadata metadata) {
    return metadata.fields().stream()
        .filter(
            f ->
                switch (f.carrier()) {
                  case PNG_TEXT ->
                      f.name().equals("parameters") || f.name().equals("postprocessing");
                  case EXIF -> f.name().equals("UserComment");
                  case GIF_COMMENT, JPEG_COMMENT -> true;
                  default -> comment(f);
                });
  }

  private static Optional<Declaration> webui(DeclaredMetadata metadata) {
    if (fooocus(metadata).isPresent()) {
      return Optional.empty();
    }
    return parameters(metadata).map(GenerationText::parse).flatMap(Optional::stream).findFirst();
  }

  private static Optional<Declaration> comfy(
      DeclaredMetadata metadata, Predicate<ComfyGraph> wanted) {
    return metadata.fields().stream()
        .filter(f -> graphField(f) || misusedCameraField(f) || comment(f))
        .flatMap(field -> comfyDeclaration(field, wanted).stream())
        .findFirst();
  }

  private static boolean graphField(MetadataField field) {
    // Containers differ on case: Matroska and Vorbis comments are written in capitals.
    return GRAPH_CARRIERS.contains(field.carrier())
        && (field.name().equalsIgnoreCase("prompt") || field.name().equalsIgnoreCase("workflow"));
  }

  private static Optional<Declaration> comfyDeclaration(
      MetadataField field, Predicate<ComfyGraph> wanted) {
    return graphs(field)
        .flatMap(text -> ComfyGraph.parse(text).stream())
        .filter(wanted)
        .findFirst()
        .map(
            graph ->
                Declaration.at(field)
                    .withModel(graph.model().orElse(""))
                    .withPrompt(graph.prompt().orElse(""))
                    .with(graph.settings()));
  }

  /**
   * The texts of a field that may be graphs: the field itself, what follows the name in a misused
   * camera field, or the members of an object in a comment, as video nodes write it.
   */
  private static Stream<String> graphs(MetadataField field) {
    if (misusedCameraField(field)) {
      return Stream.of(field.value().substring(field.value().indexOf(':') + 1));
    }
    if (!comment(field)) {
      return Stream.of(field.value());
    }
    JsonNode json = Json.object(field.value());
    return Stream.of("prompt", "workflow")
        .map(json::path)
        .filter(node -> node.isTextual() || node.isObject())
        .map(node -> node.isTextual() ? node.asText() : node.toString());
  }

  /** The field for remarks, which every container names otherwise. */
  private static boolean comment(MetadataField field) {
    return COMMENTS.contains(field.name().toLowerCase(Locale.ROOT))
        && field.carrier() != Carrier.XMP
        && field.carrier() != Carrier.IPTC;
  }

  /** In WebP, ComfyUI writes its graphs where a camera writes its make and model. */
  private static boolean misusedCameraField(MetadataField field) {
    return field.carrier() == Carrier.EXIF
        && (field.value().startsWith("workflow:{") || field.value().startsWith("prompt:{"));
  }

  private static Optional<Declaration> invokeAi(DeclaredMetadata metadata) {
    Optional<MetadataField> current = metadata.first(Carrier.PNG_TEXT, "invokeai_metadata");
    if (current.isPresent()) {
      JsonNode json = Json.object(current.get().value());
      if (json.isObject()) {
        return Optional.of(
            Declaration.at(current.get())
                .withPrompt(json.path("positive_prompt").asText())
                .withModel(
                    json.path("model")
                        .path("model_name")
                        .asText(json.path("model").path("name").asText()))
                .with(
                    Json.settings(
                        json,
                        "generation_mode",
                        "seed",
                        "steps",
                        "cfg_scale",
                        "scheduler",
                        "negative_prompt",
                        "app_version")));
      }
    }
    Optional<MetadataField> second = metadata.first(Carrier.PNG_TEXT, "sd-metadata");
    if (second.isPresent()) {
      JsonNode json = Json.object(second.get().value());
      if (json.path("app_id").asText().contains("invoke-ai")) {
        JsonNode image = json.path("image");
        return Optional.of(
            Declaration.at(second.get())
                .withModel(json.path("model_weights").asText())
                .withPrompt(
                    image
                        .path("prompt")
                        .path(0)
                        .path("prompt")
                        .asText(image.path("prompt").asText()))
                .with(Json.settings(image, "seed", "steps", "cfg_scale", "sampler")));
      }
    }
    return metadata
        .first(Carrier.PNG_TEXT, "Dream")
        .filter(
            f ->
                f.value().startsWith("\"")
                    && DREAM_STEPS.matcher(f.value()).find()
                    && DREAM_SEED.matcher(f.value()).find())
        .map(f -> Declaration.at(f).withPrompt(f.value()));
  }

  private static Optional<Declaration> novelAi(DeclaredMetadata metadata) {
    Optional<MetadataField> png =
        metadata
            .all(Carrier.PNG_TEXT, "Software")
            .filter(f -> f.value().equals("NovelAI"))
            .findFirst();
    if (png.isPresent()) {
      return png.map(
          f ->
              Declaration.at(f)
                  .withPrompt(metadata.text(Carrier.PNG_TEXT, "Description"))
                  .withModel(metadata.text(Carrier.PNG_TEXT, "Source"))
                  .with(novelAiSettings(metadata.text(Carrier.PNG_TEXT, "Comment"))));
    }
    return metadata
        .all(Carrier.EXIF, "DocumentName")
        .filter(f -> f.value().equals("AI generated image"))
        .findFirst()
        .or(
            () ->
                metadata
                    .all(Carrier.EXIF, "Software")
                    .filter(f -> f.value().startsWith("NovelAI"))
                    .findFirst())
        .map(
            f ->
                Declaration.at(f)
                    .withPrompt(metadata.text(Carrier.EXIF, "ImageDescription"))
                    .withModel(metadata.text(Carrier.EXIF, "Software"))
                    .with(novelAiSettings(metadata.text(Carrier.EXIF, "UserComment"))));
  }

  private static Map<String, String> novelAiSettings(String comment) {
    return Json.settings(Json.object(comment), "steps", "sampler", "seed", "scale", "uc");
  }

  private static Optional<Declaration> fooocus(DeclaredMetadata metadata) {
    Optional<MetadataField> scheme =
        metadata
            .all(Carrier.PNG_TEXT, "fooocus_scheme")
            .filter(f -> f.value().equals("fooocus") || f.value().equals("a1111"))
            .findFirst()
            .or(
                () ->
                    metadata
                        .all(Carrier.EXIF, "Software")
                        .filter(f -> f.value().startsWith("Fooocus v"))
                        .findFirst());
    if (scheme.isPresent()) {
      return Optional.of(
          parameters(metadata)
              .findFirst()
              .flatMap(
                  f -> {
                    JsonNode json = Json.object(f.value());
                    return json.isObject()
                        ? Optional.of(fooocusDeclaration(f, json))
                        : GenerationText.parse(f);
                  })
              .orElseGet(() -> Declaration.at(scheme.get())));
    }
    return Stream.concat(
            metadata.all(Carrier.PNG_TEXT, "Comment"), metadata.all(Carrier.JPEG_COMMENT, ""))
        .flatMap(
            f -> {
              JsonNode json = Json.object(f.value());
              return json.has("prompt") && json.has("negative_prompt") && json.has("base_model")
                  ? Stream.of(fooocusDeclaration(f, json))
                  : Stream.empty();
            })
        .findFirst();
  }

  private static Declaration fooocusDeclaration(MetadataField field, JsonNode json) {
    return Declaration.at(field)
        .withPrompt(json.path("prompt").asText())
        .withModel(json.path("base_model").asText())
        .with(
            Json.settings(
                json, "negative_prompt", "seed", "steps", "sampler", "guidance_scale", "version"));
  }

  private static Optional<Declaration> swarmUi(DeclaredMetadata metadata) {
    return Stream.concat(parameters(metadata), metadata.all(Carrier.EXIF, "Model"))
        .flatMap(
            f -> {
              JsonNode settings = Json.object(f.value()).path("sui_image_params");
              return settings.isObject()
                  ? Stream.of(
                      Declaration.at(f)
                          .withPrompt(settings.path("prompt").asText())
                          .withModel(settings.path("model").asText())
                          .with(
                              Json.settings(
                                  settings,
                                  "negativeprompt",
                                  "seed",
                                  "steps",
                                  "cfgscale",
                                  "sampler",
                                  "swarm_version")))
                  : Stream.empty();
            })
        .findFirst();
  }

  private static Optional<Declaration> easyDiffusion(DeclaredMetadata metadata) {
    Optional<MetadataField> model =
        metadata
            .first(Carrier.PNG_TEXT, "use_stable_diffusion_model")
            .or(() -> metadata.first(Carrier.PNG_TEXT, "Stable Diffusion model"));
    String prompt =
        metadata.text(Carrier.PNG_TEXT, "prompt") + metadata.text(Carrier.PNG_TEXT, "Prompt");
    if (model.isPresent() && !prompt.isEmpty()) {
      return model.map(f -> Declaration.at(f).withPrompt(prompt).withModel(f.value()));
    }
    return metadata
        .all(Carrier.EXIF, "UserComment")
        .flatMap(
            f -> {
              JsonNode json = Json.object(f.value());
              String name =
                  json.path("use_stable_diffusion_model")
                      .asText(json.path("Stable Diffusion model").asText());
              return name.isEmpty()
                  ? Stream.empty()
                  : Stream.of(
                      Declaration.at(f)
                          .withModel(name)
                          .withPrompt(json.path("prompt").asText(json.path("Prompt").asText())));
            })
        .findFirst();
  }

  private static Optional<Declaration> drawThings(DeclaredMetadata metadata) {
    return metadata
        .all(Carrier.XMP, "exif:UserComment")
        .flatMap(
            f -> {
              JsonNode json = Json.object(f.value());
              return json.has("c") && json.has("sampler") && json.has("steps") && json.has("seed")
                  ? Stream.of(
                      Declaration.at(f)
                          .withPrompt(json.path("c").asText())
                          .withModel(json.path("model").asText())
                          .with(
                              Json.settings(
                                  json, "uc", "seed", "sampler", "scale", "steps", "size")))
                  : Stream.empty();
            })
        .findFirst();
  }
}
