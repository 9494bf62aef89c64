package dev.assay.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.ModelException;
import java.io.IOException;
import java.io.InputStream;
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

  private ModelCatalogue() {}

  /**
   * The models that ship with Assay, in the order of their index.
   *
   * @throws ModelException if the installation is broken
   */
  public static List<ModelFolder> shipped() {
    List<ModelFolder> models = new ArrayList<>();
    for (String id : index()) {
      String folder = SHIPPED + id + "/";
      ModelCard card =
          ModelFolder.parse(folder + "card.json", () -> resource(folder + "card.json"));
      models.add(
          new ModelFolder(card, "the detector-models jar", () -> resource(folder + card.file())));
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

  private static List<String> index() {
    try {
      JsonNode index = new ObjectMapper().readTree(resource(SHIPPED + "index.json"));
      List<String> ids = new ArrayList<>();
      index.path("models").forEach(id -> ids.add(id.asText()));
      return ids;
    } catch (IOException e) {
      throw new ModelException(
          "The shipped models cannot be listed: "
              + e.getMessage()
              + " Is detector-models on the class path?",
          e);
    }
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream stream = ModelCatalogue.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IOException(name + " is not on the class path.");
      }
      return stream.readAllBytes();
    }
  }
}
