package dev.assay.model;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.assay.ModelException;
import dev.assay.resource.ShippedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Which models there are: those that ship as resources, and those in a user's folder. Reading it
 * loads no weights and no native library.
 *
 * @param models in the order in which they are asked
 * @param backbones whose features the models read
 */
public record ModelCatalogue(
    List<ModelFolder<ModelCard>> models, List<ModelFolder<BackboneCard>> backbones) {

  private static final String SHIPPED = "/dev/assay/models/";

  /** The form of {@code index.json}. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Index(List<String> folders) {}

  public ModelCatalogue {
    models = List.copyOf(models);
    backbones = List.copyOf(backbones);
    for (ModelFolder<ModelCard> model : models) {
      if (model.card().input() instanceof ModelCard.Features features
          && backbones.stream().noneMatch(b -> b.card().id().equals(features.backbone()))) {
        throw new ModelException(
            "Model "
                + model.card().id()
                + " in "
                + model.origin()
                + " reads the backbone "
                + features.backbone()
                + ", which is not there.");
      }
    }
  }

  /** A catalogue without models: media is judged by what it declares. */
  public static ModelCatalogue empty() {
    return new ModelCatalogue(List.of(), List.of());
  }

  /**
   * The models that ship with Assay, in the order of their index.
   *
   * @throws dev.assay.InstallationException if one is missing or damaged
   */
  public static ModelCatalogue shipped() {
    return of(shippedFolders());
  }

  /**
   * The shipped models and a user's, which replace shipped ones of the same id.
   *
   * @param folder a model folder, or a folder of model folders
   * @throws ModelException if there is no model in it, or one is broken
   */
  public static ModelCatalogue shippedAnd(Path folder) {
    Map<String, ModelFolder<?>> own = new LinkedHashMap<>();
    for (ModelFolder<?> model : in(folder)) {
      if (own.put(model.card().id(), model) != null) {
        throw new ModelException(
            folder + " holds two models with the id " + model.card().id() + ". Rename one.");
      }
    }
    List<ModelFolder<?>> all = new ArrayList<>();
    shippedFolders().stream().filter(m -> !own.containsKey(m.card().id())).forEach(all::add);
    all.addAll(own.values());
    return of(all);
  }

  /** The same with these models only, and the backbones that they read. */
  public ModelCatalogue only(List<String> ids) {
    List<ModelFolder<ModelCard>> kept =
        models.stream().filter(model -> ids.contains(model.card().id())).toList();
    return new ModelCatalogue(kept, backbones);
  }

  /** Models and those backbones that they read. */
  public List<ModelFolder<?>> used() {
    List<ModelFolder<?>> used = new ArrayList<>(models);
    backbones.stream().filter(this::read).forEach(used::add);
    return used;
  }

  private boolean read(ModelFolder<BackboneCard> backbone) {
    return models.stream()
        .map(model -> model.card().input())
        .anyMatch(
            input ->
                input instanceof ModelCard.Features features
                    && features.backbone().equals(backbone.card().id()));
  }

  private static ModelCatalogue of(List<ModelFolder<?>> folders) {
    List<ModelFolder<ModelCard>> models = new ArrayList<>();
    List<ModelFolder<BackboneCard>> backbones = new ArrayList<>();
    for (ModelFolder<?> folder : folders) {
      if (folder.card() instanceof ModelCard card) {
        models.add(new ModelFolder<>(card, folder.origin(), folder.weights()));
      } else if (folder.card() instanceof BackboneCard card) {
        backbones.add(new ModelFolder<>(card, folder.origin(), folder.weights()));
      }
    }
    return new ModelCatalogue(models, backbones);
  }

  private static List<ModelFolder<?>> shippedFolders() {
    List<ModelFolder<?>> folders = new ArrayList<>();
    for (String id : ShippedData.read(SHIPPED + "index.json", Index.class).folders()) {
      String folder = SHIPPED + id + "/";
      Card card =
          ModelFolder.parse(folder + "card.json", () -> ShippedData.bytes(folder + "card.json"));
      folders.add(
          new ModelFolder<>(
              card, "the installation", () -> ShippedData.bytes(folder + card.file())));
    }
    return folders;
  }

  private static List<ModelFolder<?>> in(Path folder) {
    if (Files.isRegularFile(folder.resolve("card.json"))) {
      return List.of(ModelFolder.at(folder));
    }
    List<ModelFolder<?>> found = new ArrayList<>();
    try (Stream<Path> children = Files.list(folder)) {
      children
          .filter(child -> Files.isRegularFile(child.resolve("card.json")))
          .sorted()
          .forEach(child -> found.add(ModelFolder.at(child)));
    } catch (IOException e) {
      throw new ModelException("The models in " + folder + " cannot be listed: " + e, e);
    }
    if (found.isEmpty()) {
      throw new ModelException(
          folder + " holds no model: a model is a folder with card.json and its ONNX file.");
    }
    return found;
  }
}
