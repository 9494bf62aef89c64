package dev.assay.internal.model;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.assay.MediaKind;
import dev.assay.ModelException;
import dev.assay.Profile;
import dev.assay.internal.fusion.FusionParameters;
import dev.assay.internal.fusion.FusionParameters.Own;
import dev.assay.internal.resource.ShippedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which models there are, and which of them are asked about what. Reading it loads no weights and
 * no native library.
 *
 * @param models all that are asked about some kind of media
 * @param backbones those whose features the models read
 * @param faceDetector what finds the faces that models look at; empty where none does
 * @param voiceActivity what finds the voice that models hear; empty where none does
 * @param soundKind what tells speech from music; empty where no model hears sound
 * @param localEdits what finds changed parts of pictures: the network that looks at the whole and
 *     the one that looks closely; empty where nothing does
 * @param copyEmbedding what says where pictures lie among others; empty where no model has its
 *     backbone
 * @param asked ids of models by kind of media, in the order in which they are asked
 * @param fusion how what the models say adds up
 */
public record ModelCatalogue(
    List<ModelFolder<ModelCard>> models,
    List<ModelFolder<BackboneCard>> backbones,
    Optional<ModelFolder<FaceDetectorCard>> faceDetector,
    Optional<ModelFolder<VoiceActivityCard>> voiceActivity,
    Optional<ModelFolder<SoundKindCard>> soundKind,
    List<ModelFolder<LocalEditsCard>> localEdits,
    Optional<ModelFolder<CopyEmbeddingCard>> copyEmbedding,
    Map<MediaKind, List<String>> asked,
    FusionParameters fusion) {

  private static final String SHIPPED = "/dev/assay/models/";
  private static final String FUSION = "fusion.json";

  /** The form of {@code index.json}: profile to kind of media to models. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Index(
      List<String> folders,
      String faceDetector,
      String voiceActivity,
      String soundKind,
      List<String> localEdits,
      String copyEmbedding,
      Map<String, Map<String, List<String>>> profiles) {}

  public ModelCatalogue {
    models = List.copyOf(models);
    localEdits = List.copyOf(localEdits);
    backbones = List.copyOf(backbones);
    asked = Map.copyOf(asked);
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
      if (model.card().views() instanceof ModelCard.Faces && faceDetector.isEmpty()) {
        throw new ModelException(
            "Model "
                + model.card().id()
                + " in "
                + model.origin()
                + " looks at faces, and there is no face detector.");
      }
      if (model.card().hears() && (voiceActivity.isEmpty() || soundKind.isEmpty())) {
        throw new ModelException(
            "Model "
                + model.card().id()
                + " in "
                + model.origin()
                + " hears sound, and nothing finds voice in it and tells it from music.");
      }
    }
  }

  /**
   * The models that ship with Assay.
   *
   * @throws dev.assay.InstallationException if one is missing or damaged
   */
  public static ModelCatalogue shipped(Profile profile) {
    return of(profile, Map.of(), Own.none(), FUSION);
  }

  /**
   * The shipped models and a user's, which replace shipped ones of the same id; new ones are asked
   * about every kind of media that their cards are calibrated for. A {@code fusion.json} beside
   * them says how models add up that its owner has measured together.
   *
   * @param folder a model folder, or a folder of model folders
   * @throws ModelException if there is no model in it, or it or {@code fusion.json} is broken
   */
  public static ModelCatalogue shippedAnd(Path folder, Profile profile) {
    Map<String, ModelFolder<?>> own = new LinkedHashMap<>();
    for (ModelFolder<?> model : in(folder)) {
      if (own.put(model.card().id(), model) != null) {
        throw new ModelException(
            folder + " holds two models with the id " + model.card().id() + ". Rename one.");
      }
    }
    return of(profile, own, sums(folder), folder.resolve(FUSION).toString());
  }

  /**
   * The same as a user fitted it to media of their own.
   *
   * @param profile by which these models were chosen
   * @throws ModelException if that was fitted to other models than these
   */
  public ModelCatalogue fitted(Adaptation own, Profile profile) {
    if (!own.card().profile().equals(profile.code())) {
      throw new ModelException(
          "The profile "
              + own.card().id()
              + " was fitted to --profile "
              + own.card().profile()
              + ", not to "
              + profile.code()
              + ". Use that, or fit again.");
    }
    if (!own.heads().stream().allMatch(this::hasBackboneOf)) {
      throw new ModelException(
          "The profile "
              + own.card().id()
              + " was fitted to another backbone than this release has. Run 'assay adapt' again.");
    }
    return new ModelCatalogue(
        models,
        backbones,
        faceDetector,
        voiceActivity,
        soundKind,
        localEdits,
        copyEmbedding,
        asked,
        fusion.fitted(own.fits()));
  }

  private boolean hasBackboneOf(AdaptedHead head) {
    return backbones.stream()
        .anyMatch(b -> b.card().sha256().equals(head.coefficients().backbone()));
  }

  /** Models, backbones and detectors together. */
  public List<ModelFolder<?>> all() {
    List<ModelFolder<?>> all = new ArrayList<>(models);
    all.addAll(backbones);
    faceDetector.ifPresent(all::add);
    voiceActivity.ifPresent(all::add);
    soundKind.ifPresent(all::add);
    all.addAll(localEdits);
    copyEmbedding.ifPresent(all::add);
    return all;
  }

  private static ModelCatalogue of(
      Profile profile, Map<String, ModelFolder<?>> own, Own sums, String origin) {
    Index index = ShippedData.read(SHIPPED + "index.json", Index.class);
    Map<String, List<String>> profiled = index.profiles().getOrDefault(profile.code(), Map.of());
    Map<MediaKind, List<String>> asked = new LinkedHashMap<>();
    boolean findsEdits =
        profiled.getOrDefault(MediaKind.IMAGE.code(), List.of()).containsAll(index.localEdits());
    for (MediaKind kind : MediaKind.values()) {
      List<String> ids = new ArrayList<>(profiled.getOrDefault(kind.code(), List.of()));
      ids.removeAll(index.localEdits());
      own.values().stream()
          .filter(folder -> folder.card() instanceof ModelCard card && judges(card, kind))
          .map(folder -> folder.card().id())
          .filter(id -> !ids.contains(id))
          .forEach(ids::add);
      asked.put(kind, List.copyOf(ids));
    }
    Map<String, ModelFolder<ModelCard>> models = new LinkedHashMap<>();
    Map<String, ModelFolder<BackboneCard>> backbones = new LinkedHashMap<>();
    asked.values().stream()
        .flatMap(List::stream)
        .distinct()
        .forEach(id -> models.put(id, model(own.containsKey(id) ? own.get(id) : shipped(id))));
    for (ModelFolder<ModelCard> model : models.values()) {
      if (model.card().input() instanceof ModelCard.Features features
          && (own.containsKey(features.backbone())
              || index.folders().contains(features.backbone()))) {
        String id = features.backbone();
        backbones.put(id, backbone(own.containsKey(id) ? own.get(id) : shipped(id)));
      }
    }
    Optional<ModelFolder<FaceDetectorCard>> faceDetector = Optional.empty();
    if (models.values().stream().anyMatch(m -> m.card().views() instanceof ModelCard.Faces)) {
      faceDetector = Optional.of(faceDetector(shipped(index.faceDetector())));
    }
    Optional<ModelFolder<VoiceActivityCard>> voiceActivity = Optional.empty();
    Optional<ModelFolder<SoundKindCard>> soundKind = Optional.empty();
    if (models.values().stream().anyMatch(m -> m.card().hears())) {
      voiceActivity = Optional.of(voiceActivity(shipped(index.voiceActivity())));
      soundKind = Optional.of(soundKind(shipped(index.soundKind())));
      String id = soundKind.get().card().input().backbone();
      backbones.computeIfAbsent(id, known -> backbone(shipped(known)));
    }
    List<ModelFolder<LocalEditsCard>> localEdits = new ArrayList<>();
    for (String name : findsEdits ? index.localEdits() : List.<String>of()) {
      ModelFolder<LocalEditsCard> finder = localEdits(shipped(name));
      String id = finder.card().input().backbone();
      if (!own.containsKey(id)) {
        localEdits.add(finder);
        backbones.computeIfAbsent(id, known -> backbone(shipped(known)));
      }
    }
    ModelFolder<CopyEmbeddingCard> embedding = copyEmbedding(shipped(index.copyEmbedding()));
    String embedded = embedding.card().input().backbone();
    // A user's own backbone has features that it does not know.
    boolean embeds = backbones.containsKey(embedded) && !own.containsKey(embedded);
    Set<String> known = new HashSet<>(index.folders());
    known.addAll(own.keySet());
    return new ModelCatalogue(
        List.copyOf(models.values()),
        List.copyOf(backbones.values()),
        faceDetector,
        voiceActivity,
        soundKind,
        localEdits,
        embeds ? Optional.of(embedding) : Optional.empty(),
        asked,
        FusionParameters.shipped().with(checked(sums, known, origin), replaced(models, own)));
  }

  /** A sum of a model that does not exist would never hold, and nobody would know why. */
  private static Own checked(Own sums, Set<String> known, String origin) {
    for (String model : sums.models()) {
      if (!known.contains(model)) {
        throw new ModelException(
            origin
                + " has a weight for the model "
                + model
                + ", which is not there. Correct its id.");
      }
    }
    return sums;
  }

  /** The models that are a user's own, or read a backbone that is. */
  private static Set<String> replaced(
      Map<String, ModelFolder<ModelCard>> models, Map<String, ModelFolder<?>> own) {
    Set<String> replaced = new HashSet<>(own.keySet());
    for (ModelFolder<ModelCard> model : models.values()) {
      if (model.card().input() instanceof ModelCard.Features features
          && own.containsKey(features.backbone())) {
        replaced.add(model.card().id());
      }
    }
    return replaced;
  }

  private static Own sums(Path folder) {
    Path file = folder.resolve(FUSION);
    if (!Files.exists(file)) {
      return Own.none();
    }
    try {
      return ShippedData.parse(
          ModelFolder.readBounded(file, ModelFolder.MAX_CARD_BYTES), Own.class);
    } catch (IOException e) {
      throw new ModelException(
          file
              + " does not say how models add up: "
              + ModelFolder.firstLine(e)
              + " The form is told in docs/model-folder.md.",
          e);
    }
  }

  private static boolean judges(ModelCard card, MediaKind kind) {
    return card.calibration().of(kind).isPresent();
  }

  private static ModelFolder<ModelCard> model(ModelFolder<?> folder) {
    if (folder.card() instanceof ModelCard card) {
      return new ModelFolder<>(card, folder.origin(), folder.weights());
    }
    throw new ModelException(folder.card().id() + " in " + folder.origin() + " judges nothing.");
  }

  private static ModelFolder<BackboneCard> backbone(ModelFolder<?> folder) {
    if (folder.card() instanceof BackboneCard card) {
      return new ModelFolder<>(card, folder.origin(), folder.weights());
    }
    throw new ModelException(folder.card().id() + " in " + folder.origin() + " is no backbone.");
  }

  private static ModelFolder<FaceDetectorCard> faceDetector(ModelFolder<?> folder) {
    if (folder.card() instanceof FaceDetectorCard card) {
      return new ModelFolder<>(card, folder.origin(), folder.weights());
    }
    throw new ModelException(folder.card().id() + " in " + folder.origin() + " finds no faces.");
  }

  private static ModelFolder<VoiceActivityCard> voiceActivity(ModelFolder<?> folder) {
    if (folder.card() instanceof VoiceActivityCard card) {
      return new ModelFolder<>(card, folder.origin(), folder.weights());
    }
    throw new ModelException(folder.card().id() + " in " + folder.origin() + " finds no voice.");
  }

  private static ModelFolder<SoundKindCard> soundKind(ModelFolder<?> folder) {
    if (folder.card() instanceof SoundKindCard card) {
      return new ModelFolder<>(card, folder.origin(), folder.weights());
    }
    throw new ModelException(folder.card().id() + " in " + folder.origin() + " tells no kinds.");
  }

  private static ModelFolder<LocalEditsCard> localEdits(ModelFolder<?> folder) {
    if (folder.card() instanceof LocalEditsCard card) {
      return new ModelFolder<>(card, folder.origin(), folder.weights());
    }
    throw new ModelException(folder.card().id() + " in " + folder.origin() + " finds no edits.");
  }

  private static ModelFolder<CopyEmbeddingCard> copyEmbedding(ModelFolder<?> folder) {
    if (folder.card() instanceof CopyEmbeddingCard card) {
      return new ModelFolder<>(card, folder.origin(), folder.weights());
    }
    throw new ModelException(folder.card().id() + " in " + folder.origin() + " embeds nothing.");
  }

  private static ModelFolder<?> shipped(String id) {
    String folder = SHIPPED + id + "/";
    Card card =
        ModelFolder.parse(folder + "card.json", () -> ShippedData.bytes(folder + "card.json"));
    return new ModelFolder<>(
        card,
        "the installation",
        () -> WeightsFile.shipped(SHIPPED, id + "/" + card.file(), card.sha256()));
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
    if (found.isEmpty() && !Files.exists(folder.resolve(FUSION))) {
      throw new ModelException(
          folder + " holds no model: a model is a folder with card.json and its ONNX file.");
    }
    return found;
  }
}
