package dev.assay.internal.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.assay.MediaKind;
import dev.assay.ModelException;
import dev.assay.Profile;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoadedModelsTest {

  @Test
  void aBrokenModelSaysTheSameAgainAndCostsNoOtherModel() {
    ModelCatalogue shipped = ModelCatalogue.shipped(Profile.BALANCED);
    ModelCatalogue broken =
        new ModelCatalogue(
            shipped.models().stream().map(LoadedModelsTest::withoutWeights).toList(),
            shipped.backbones(),
            shipped.faceDetector(),
            shipped.voiceActivity(),
            shipped.soundKind(),
            shipped.localEdits(),
            shipped.copyEmbedding(),
            shipped.asked(),
            shipped.fusion());
    try (LoadedModels loaded = new LoadedModels(broken, 1)) {
      loaded.begin(MediaKind.IMAGE, List.of("clip-whole"));
      ModelException first =
          assertThrows(ModelException.class, () -> loaded.classifiers(List.of("clip-whole")));
      assertSame(
          first,
          assertThrows(ModelException.class, () -> loaded.classifiers(List.of("clip-whole"))));
      assertEquals(1, loaded.classifiers(List.of("clip-native")).size());
    }
  }

  private static ModelFolder<ModelCard> withoutWeights(ModelFolder<ModelCard> folder) {
    return folder.card().id().equals("clip-whole")
        ? new ModelFolder<>(
            folder.card(),
            "nowhere",
            () -> {
              throw new IOException("gone");
            })
        : folder;
  }
}
