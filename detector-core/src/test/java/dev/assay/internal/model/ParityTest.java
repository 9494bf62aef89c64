package dev.assay.internal.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.Limits;
import dev.assay.Profile;
import dev.assay.internal.face.FaceDetector;
import dev.assay.internal.media.MediaOpener;
import dev.assay.internal.media.OpenedMedia;
import dev.assay.internal.media.Source;
import dev.assay.internal.sound.VoiceActivity;
import dev.assay.internal.sound.Window;
import dev.assay.internal.sound.WindowCutter;
import dev.assay.spi.Picture;
import dev.assay.spi.Sound;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Holds decoding, pre-processing and inference to what the training recipe computed for the same
 * files.
 */
class ParityTest {

  private static final Path PARITY = Path.of("../models/training/parity");
  private static final String VOICE = "voice.flac";
  private static final double TOLERANCE = 1e-3;

  @Test
  void scoresPicturesAsTheTrainingRecipeDoes() throws Exception {
    JsonNode expected = new ObjectMapper().readTree(PARITY.resolve("expected.json").toFile());
    ModelCatalogue catalogue = ModelCatalogue.shipped(Profile.BALANCED);
    try (Loaded loaded = Loaded.of(catalogue)) {
      for (ModelFolder<ModelCard> model : catalogue.models()) {
        if (model.card().hears()) {
          continue;
        }
        JsonNode pictures = expected.path(model.card().id());
        boolean faces = model.card().views() instanceof ModelCard.Faces;
        assertTrue(
            pictures.size() >= (faces ? 1 : 4),
            "the recipe scored its pictures: " + model.card().id());
        for (Map.Entry<String, JsonNode> picture : pictures.properties()) {
          Classifier.Scores scores =
              loaded.score(model.card().id(), PARITY.resolve(picture.getKey()));
          String what = model.card().id() + " on " + picture.getKey();
          assertEquals(regions(picture.getValue()), regions(scores), what);
          assertEquals(
              probability(picture.getValue().get("score").asDouble()),
              probability(scores.score()),
              TOLERANCE,
              what);
        }
      }
    }
  }

  @Test
  void findsEditsAsTheTrainingRecipeDoes() throws Exception {
    JsonNode expected = new ObjectMapper().readTree(PARITY.resolve("expected.json").toFile());
    ModelCatalogue catalogue = ModelCatalogue.shipped(Profile.BALANCED);
    assertEquals(2, catalogue.localEdits().size());
    for (ModelFolder<LocalEditsCard> folder : catalogue.localEdits()) {
      try (Backbone backbone = new Backbone(catalogue.backbones().get(0), 1);
          PatchNetwork network = new PatchNetwork(folder, backbone, 1)) {
        JsonNode pictures = expected.path(folder.card().id());
        assertTrue(pictures.size() >= 4, "the recipe scored its pictures: " + folder.card().id());
        for (Map.Entry<String, JsonNode> picture : pictures.properties()) {
          String what = folder.card().id() + " on " + picture.getKey();
          edits(network, PARITY.resolve(picture.getKey()), picture.getValue(), what);
        }
      }
    }
  }

  private static void edits(PatchNetwork network, Path file, JsonNode expected, String what)
      throws Exception {
    try (OpenedMedia media =
        MediaOpener.open(Source.of(file, file.toString()), Limits.defaults())) {
      PictureViews views = new PictureViews(media.frames().get(0).picture());
      Features features = new Features();
      Tiles tiles = views.tiles(network.side());
      assertEquals(expected.path("columns").asInt(), tiles.columns(), what);
      assertEquals(expected.path("rows").asInt(), tiles.rows(), what);
      PatchNetwork.Found found = network.find(tiles, features);
      assertEquals(
          probability(expected.path("tiles").asDouble()), probability(found.score()), 3e-3, what);
      assertEquals(
          probability(expected.path("there").asDouble()),
          probability(found.patches().scores().get(expected.path("strongest").asInt())),
          3e-3,
          what);
      List<View> seen = views.of(new ModelCard.Whole(3), network.side());
      assertEquals(expected.path("views").size(), seen.size(), what);
      for (int i = 0; i < seen.size(); i++) {
        assertEquals(
            probability(expected.path("views").get(i).asDouble()),
            probability(network.find(Tiles.one(seen.get(i)), features).score()),
            3e-3,
            what);
      }
    }
  }

  @Test
  void hearsVoicesAsTheTrainingRecipeDoes() throws Exception {
    JsonNode expected = new ObjectMapper().readTree(PARITY.resolve("expected.json").toFile());
    ModelCatalogue catalogue = ModelCatalogue.shipped(Profile.BALANCED);
    List<Window> windows = windows(catalogue, PARITY.resolve(VOICE));
    try (Loaded loaded = Loaded.of(catalogue)) {
      for (Classifier classifier : loaded.classifiers()) {
        if (!classifier.card().hears()) {
          continue;
        }
        String id = classifier.card().id();
        JsonNode heard = expected.path(id).path(VOICE);
        assertEquals(heard.path("starts").size(), windows.size(), id);
        double sum = 0;
        for (int i = 0; i < windows.size(); i++) {
          Window window = windows.get(i);
          assertEquals(heard.path("starts").get(i).asInt(), window.from() * Sound.RATE, 0.5, id);
          assertEquals(heard.path("voiced").get(i).asDouble(), window.voiced(), 0.02, id);
          sum += classifier.score(window, new Features());
        }
        assertEquals(
            probability(heard.path("score").asDouble()),
            probability(sum / windows.size()),
            TOLERANCE,
            id);
      }
    }
  }

  private static List<Window> windows(ModelCatalogue catalogue, Path file) throws Exception {
    List<Window> windows = new ArrayList<>();
    try (VoiceActivity voice =
            new VoiceActivity(catalogue.voiceActivity().orElseThrow().network(1));
        OpenedMedia media = MediaOpener.open(Source.of(file, VOICE), Limits.defaults());
        Sound sound = media.sound().orElseThrow()) {
      WindowCutter cutter = new WindowCutter(voice.listen(), 2);
      while (sound.next()) {
        windows.addAll(cutter.add(sound.resampled()));
      }
      windows.addAll(cutter.end());
    }
    return windows;
  }

  /** All networks of a catalogue. */
  private record Loaded(
      List<Backbone> backbones, List<Classifier> classifiers, Optional<FaceDetector> detector)
      implements AutoCloseable {

    static Loaded of(ModelCatalogue catalogue) {
      List<Backbone> backbones =
          catalogue.backbones().stream().map(b -> new Backbone(b, 1)).toList();
      return new Loaded(
          backbones,
          catalogue.models().stream().map(m -> new Classifier(m, of(m, backbones), 1)).toList(),
          catalogue.faceDetector().map(folder -> new FaceDetector(folder.network(1))));
    }

    private static @Nullable Backbone of(ModelFolder<ModelCard> model, List<Backbone> backbones) {
      return model.card().input() instanceof ModelCard.Features features
          ? backbones.stream()
              .filter(b -> b.card().id().equals(features.backbone()))
              .findFirst()
              .orElseThrow()
          : null;
    }

    Classifier.Scores score(String model, Path file) throws Exception {
      Classifier classifier =
          classifiers.stream().filter(c -> c.card().id().equals(model)).findFirst().orElseThrow();
      try (OpenedMedia media =
          MediaOpener.open(Source.of(file, file.toString()), Limits.defaults())) {
        Picture picture = media.frames().get(0).picture();
        PictureViews views = new PictureViews(picture);
        return classifier.card().views() instanceof ModelCard.Faces
            ? classifier.score(faces(picture, views, classifier.side()), new Features())
            : classifier.score(views, new Features()).orElseThrow();
      }
    }

    private List<View> faces(Picture picture, PictureViews views, int side) {
      return detector.orElseThrow().find(picture).stream()
          .map(face -> face.square(picture.width(), picture.height()))
          .map(square -> new Rectangle(square.x(), square.y(), square.side(), square.side()))
          .map(square -> views.square(square, side))
          .toList();
    }

    @Override
    public void close() {
      classifiers.forEach(Classifier::close);
      backbones.forEach(Backbone::close);
      detector.ifPresent(FaceDetector::close);
    }
  }

  private static List<List<Integer>> regions(JsonNode picture) {
    return StreamSupport.stream(picture.get("regions").spliterator(), false)
        .map(
            region ->
                StreamSupport.stream(region.spliterator(), false).map(JsonNode::asInt).toList())
        .toList();
  }

  private static List<List<Integer>> regions(Classifier.Scores scores) {
    return scores.views().stream()
        .map(View::region)
        .map(region -> List.of(region.x(), region.y(), region.width(), region.height()))
        .toList();
  }

  private static double probability(double logit) {
    return 1 / (1 + Math.exp(-logit));
  }
}
