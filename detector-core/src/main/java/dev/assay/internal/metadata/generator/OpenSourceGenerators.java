package dev.assay.internal.metadata.generator;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.Evidence.Effect;
import dev.assay.internal.metadata.Carrier;
import dev.assay.internal.metadata.DeclaredMetadata;
import dev.assay.internal.metadata.MetadataField;
import dev.assay.internal.metadata.Strength;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the open-source generators write of their own accord. */
final class OpenSourceGenerators {

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
  private static final Pattern NOVELAI = Pattern.compile("NovelAI(?: Diffusion.{0,80})?");
  private static final Pattern DREAM_STEPS = Pattern.compile("\" .{0,200}?-s ?\\d+ ");
  private static final Pattern DREAM_SEED = Pattern.compile(" -S ?\\d+(?: |$)");

  static final List<GeneratorRule> ALL =
      List.of(
          GeneratorRule.generated(
              "stable-diffusion-webui",
              "AUTOMATIC1111 web UI or compatible",
              "holds Stable Diffusion generation settings as AUTOMATIC1111 writes them",
              metadata -> webui(metadata, false)),
          GeneratorRule.edited(
              "stable-diffusion-webui-edited",
              "AUTOMATIC1111 web UI or compatible",
              "holds Stable Diffusion settings of a change to a given picture as AUTOMATIC1111"
                  + " writes them",
              metadata -> webui(metadata, true)),
          GeneratorRule.generated(
              "invokeai",
              "InvokeAI",
              "holds generation settings as InvokeAI writes them",
              metadata -> invokeAi(metadata).filter(found -> !invokeAiEdited(found))),
          GeneratorRule.edited(
              "invokeai-edited",
              "InvokeAI",
              "holds settings of a change to a given picture as InvokeAI writes them",
              metadata -> invokeAi(metadata).filter(OpenSourceGenerators::invokeAiEdited)),
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
              metadata -> swarmUi(metadata).filter(found -> !fromPicture(found))),
          GeneratorRule.edited(
              "swarmui-edited",
              "SwarmUI",
              "holds settings of a change to a given picture as SwarmUI writes them",
              metadata -> swarmUi(metadata).filter(OpenSourceGenerators::fromPicture)),
          GeneratorRule.generated(
              "easy-diffusion",
              "Easy Diffusion",
              "holds generation settings as Easy Diffusion writes them",
              metadata -> easyDiffusion(metadata).filter(found -> !fromPicture(found))),
          GeneratorRule.edited(
              "easy-diffusion-edited",
              "Easy Diffusion",
              "holds settings of a change to a given picture as Easy Diffusion writes them",
              metadata -> easyDiffusion(metadata).filter(OpenSourceGenerators::fromPicture)),
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

  private static final Set<String> CREATIVITY = Set.of("initimagecreativity", "prompt_strength");

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

  /** Settings stand in whatever field a program keeps texts in; their form is unmistakable. */
  private static Optional<Declaration> webui(DeclaredMetadata metadata, boolean edited) {
    if (fooocus(metadata).isPresent()) {
      return Optional.empty();
    }
    return metadata.fields().stream()
        .map(GenerationText::parse)
        .flatMap(Optional::stream)
        .findFirst()
        .filter(found -> GenerationText.fromPicture(found.parameters()) == edited);
  }

  /** The field for remarks, which every container names otherwise. */
  private static boolean comment(MetadataField field) {
    return COMMENTS.contains(field.name().toLowerCase(Locale.ROOT))
        && field.carrier() != Carrier.XMP
        && field.carrier() != Carrier.IPTC;
  }

  private static boolean invokeAiEdited(Declaration found) {
    String mode = found.parameters().getOrDefault("generation_mode", "");
    return mode.contains("img2img") || mode.contains("inpaint") || mode.contains("outpaint");
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
                    .filter(f -> NOVELAI.matcher(f.value()).matches())
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
                        .filter(f -> f.value().matches("Fooocus v\\d[\\w.+-]{0,30}"))
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
                                  "initimagecreativity",
                                  "swarm_version")))
                  : Stream.empty();
            })
        .findFirst();
  }

  /** What both write only where a picture was given: how much of it may change. */
  private static boolean fromPicture(Declaration found) {
    return found.parameters().keySet().stream().anyMatch(CREATIVITY::contains);
  }

  private static Map<String, String> strength(String value) {
    return value.isEmpty() ? Map.of() : Map.of("prompt_strength", value);
  }

  private static Optional<Declaration> easyDiffusion(DeclaredMetadata metadata) {
    Optional<MetadataField> model =
        metadata
            .first(Carrier.PNG_TEXT, "use_stable_diffusion_model")
            .or(() -> metadata.first(Carrier.PNG_TEXT, "Stable Diffusion model"));
    String prompt =
        metadata.text(Carrier.PNG_TEXT, "prompt") + metadata.text(Carrier.PNG_TEXT, "Prompt");
    String strength =
        metadata.text(Carrier.PNG_TEXT, "prompt_strength")
            + metadata.text(Carrier.PNG_TEXT, "Prompt Strength");
    if (model.isPresent() && !prompt.isEmpty()) {
      return model.map(
          f -> Declaration.at(f).withPrompt(prompt).withModel(f.value()).with(strength(strength)));
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
                          .withPrompt(json.path("prompt").asText(json.path("Prompt").asText()))
                          .with(
                              strength(
                                  json.path("prompt_strength")
                                      .asText(json.path("Prompt Strength").asText()))));
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
