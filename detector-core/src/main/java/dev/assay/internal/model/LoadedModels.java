package dev.assay.internal.model;

import dev.assay.internal.face.FaceDetector;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The networks of a catalogue, each loaded when it is first asked for and shared by all threads:
 * what is not asked costs no memory. Owns them.
 */
final class LoadedModels implements AutoCloseable {

  private final ModelCatalogue catalogue;
  private final int threads;
  private final Map<String, Backbone> backbones = new HashMap<>();
  private final Map<String, Classifier> classifiers = new HashMap<>();
  private @Nullable FaceDetector faceDetector;

  LoadedModels(ModelCatalogue catalogue, int threads) {
    this.catalogue = catalogue;
    this.threads = threads;
  }

  /** The models of these ids that there are, in their order. */
  synchronized List<Classifier> classifiers(List<String> ids) {
    for (ModelFolder<ModelCard> folder : catalogue.models()) {
      if (ids.contains(folder.card().id()) && !classifiers.containsKey(folder.card().id())) {
        classifiers.put(folder.card().id(), load(folder));
      }
    }
    return ids.stream().map(classifiers::get).filter(Objects::nonNull).toList();
  }

  /** The catalogue's face detector, which it has where a model looks at faces. */
  synchronized FaceDetector faceDetector() {
    FaceDetector known = faceDetector;
    if (known == null) {
      known = new FaceDetector(catalogue.faceDetector().orElseThrow().network(threads));
      faceDetector = known;
    }
    return known;
  }

  private Classifier load(ModelFolder<ModelCard> folder) {
    if (folder.card().input() instanceof ModelCard.Features features) {
      for (ModelFolder<BackboneCard> backbone : catalogue.backbones()) {
        if (backbone.card().id().equals(features.backbone())) {
          return new Classifier(
              folder,
              backbones.computeIfAbsent(features.backbone(), id -> new Backbone(backbone, threads)),
              threads);
        }
      }
    }
    return new Classifier(folder, null, threads);
  }

  @Override
  public synchronized void close() {
    classifiers.values().forEach(Classifier::close);
    classifiers.clear();
    backbones.values().forEach(Backbone::close);
    backbones.clear();
    if (faceDetector != null) {
      faceDetector.close();
      faceDetector = null;
    }
  }
}
