package dev.assay.model;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.assay.ModelException;
import dev.assay.resource.ShippedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which models there are: those that ship as resources, and those in a user's folder. Reading it
 * loads no weights and no native library.
 */
public final class ModelCatalogue {

  private static final String SHIPPED = "/dev/assay/models/";

  /** The form of {@code index.json}. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Index(List<String> models) {}

  private ModelCatalogue() {}

  /**
   * The models that ship with Assay, in the order of their index.
   *
   * @throws dev.assay.InstallationException if one is missing or damaged
   */
  public static List<ModelFolder> shipped() {
    List<ModelFolder> models = new ArrayList<>();
    for (String id : ShippedData.read(SHIPPED + "index.json", Index.class).models()) {
      String folder = SHIPPED + id + "/";
      ModelCard card =
          ModelFolder.parse(folder + "card.json", () -> ShippedData.bytes(folder + "card.json"));
      models.add(
          new ModelFolder(
              card, "the detector-models jar", () -> ShippedData.bytes(folder + card.file())));
    }
    return List.copyOf(models);
  }

  /**
   * The shipped models and a user's, which replace shipped ones of the same id.
   *
   * @param folder a model folder, or a folder of model folders
   * @throws ModelException if there is no model in it, or one is broken
   */
  public static List<ModelFolder> shippedAnd(Path folder) {
    List<ModelFolder> own = in(folder);
    Set<String> ids = new HashSet<>();
    for (ModelFolder model : own) {
      if (!ids.add(model.card().id())) {
        throw new ModelException(
            folder + " holds two models with the id " + model.card().id() + ". Rename one.");
      }
    }
    List<ModelFolder> all = new ArrayList<>();
    shipped().stream().filter(model -> !ids.contains(model.card().id())).forEach(all::add);
    all.addAll(own);
    return List.copyOf(all);
  }

  private static List<ModelFolder> in(Path folder) {
    if (Files.isRegularFile(folder.resolve("card.json"))) {
      return List.of(ModelFolder.at(folder));
    }
    try (Stream<Path> children = Files.list(folder)) {
      List<ModelFolder> found =
          children
              .filter(child -> Files.isRegularFile(child.resolve("card.json")))
              .sorted()
              .map(ModelFolder::at)
              .toList();
      if (found.isEmpty()) {
        throw new ModelException(
            folder + " holds no model: a model is a folder with card.json and its ONNX file.");
      }
      return found;
    } catch (IOException e) {
      throw new ModelException("The models in " + folder + " cannot be listed: " + e, e);
    }
  }
}
