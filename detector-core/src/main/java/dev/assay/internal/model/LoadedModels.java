package dev.assay.internal.model;

import dev.assay.InstallationException;
import dev.assay.MediaKind;
import dev.assay.internal.face.FaceDetector;
import dev.assay.internal.sound.VoiceActivity;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
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
  private final Map<String, InstallationException> broken = new HashMap<>();
  private final Set<MediaKind> begun = EnumSet.noneOf(MediaKind.class);
  private final List<Thread> loading = new ArrayList<>();
  private @Nullable FaceDetector faceDetector;
  private @Nullable VoiceActivity voiceActivity;
  private @Nullable SoundKindTeller soundKind;
  private @Nullable LocalEdits localEdits;
  private @Nullable CopyEmbedder copyEmbedder;

  LoadedModels(ModelCatalogue catalogue, int threads) {
    this.catalogue = catalogue;
    this.threads = threads;
  }

  /**
   * Loads in the background what a kind of media takes; who asks for it meanwhile waits.
   *
   * @param ids of the models that are asked about it
   */
  void begin(MediaKind kind, List<String> ids) {
    synchronized (begun) {
      if (begun.add(kind)) {
        Thread thread = new Thread(() -> load(kind, ids), "assay-models");
        thread.setDaemon(true);
        thread.start();
        loading.add(thread);
      }
    }
  }

  private void load(MediaKind kind, List<String> ids) {
    try {
      List<Classifier> asked = classifiers(ids);
      if (asked.stream().anyMatch(c -> c.card().views() instanceof ModelCard.Faces)) {
        faceDetector();
      }
      if (asked.stream().anyMatch(c -> c.card().hears())) {
        voiceActivity();
        soundKind();
      }
      if (kind == MediaKind.IMAGE) {
        localEdits();
      }
    } catch (RuntimeException | Error e) {
      // Whoever asks for the model meets the same.
    }
  }

  /** The models of these ids that there are, in their order. */
  synchronized List<Classifier> classifiers(List<String> ids) {
    for (ModelFolder<ModelCard> folder : catalogue.models()) {
      if (ids.contains(folder.card().id()) && !classifiers.containsKey(folder.card().id())) {
        classifiers.put(folder.card().id(), loadOnce(folder));
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

  /** The catalogue's voice activity detector, which it has where a model hears sound. */
  synchronized VoiceActivity voiceActivity() {
    VoiceActivity known = voiceActivity;
    if (known == null) {
      known = new VoiceActivity(catalogue.voiceActivity().orElseThrow().network(threads));
      voiceActivity = known;
    }
    return known;
  }

  /** What tells speech from music, which the catalogue has where a model hears sound. */
  synchronized SoundKindTeller soundKind() {
    SoundKindTeller known = soundKind;
    if (known == null) {
      ModelFolder<SoundKindCard> folder = catalogue.soundKind().orElseThrow();
      Backbone backbone = backbone(folder.card().input().backbone()).orElseThrow();
      known = new SoundKindTeller(folder, backbone, threads);
      soundKind = known;
    }
    return known;
  }

  /**
   * What says where pictures lie among others by the features of this backbone, if there is such.
   */
  synchronized Optional<CopyEmbedder> copyEmbedder(Optional<BackboneCard> backbone) {
    Optional<ModelFolder<CopyEmbeddingCard>> folder =
        catalogue
            .copyEmbedding()
            .filter(
                f -> backbone.filter(b -> b.id().equals(f.card().input().backbone())).isPresent());
    if (copyEmbedder == null && folder.isPresent()) {
      copyEmbedder = new CopyEmbedder(folder.get(), backbone.orElseThrow(), threads);
    }
    return folder.isPresent() ? Optional.ofNullable(copyEmbedder) : Optional.empty();
  }

  /** What finds changed parts of pictures, if the catalogue has it. */
  synchronized Optional<LocalEdits> localEdits() {
    if (localEdits == null && !catalogue.localEdits().isEmpty()) {
      localEdits =
          new LocalEdits(
              patchNetwork(catalogue.localEdits().get(0)),
              patchNetwork(catalogue.localEdits().get(1)),
              Objects.requireNonNull(catalogue.fusion().image().edits()));
    }
    return Optional.ofNullable(localEdits);
  }

  private PatchNetwork patchNetwork(ModelFolder<LocalEditsCard> folder) {
    Backbone backbone = backbone(folder.card().input().backbone()).orElseThrow();
    return new PatchNetwork(folder, backbone, threads);
  }

  /** What failed fails again with the same words: a missing library says why only once. */
  private Classifier loadOnce(ModelFolder<ModelCard> folder) {
    InstallationException known = broken.get(folder.card().id());
    if (known != null) {
      throw known;
    }
    try {
      return load(folder);
    } catch (InstallationException e) {
      broken.put(folder.card().id(), e);
      throw e;
    }
  }

  private Classifier load(ModelFolder<ModelCard> folder) {
    if (folder.card().input() instanceof ModelCard.Features features) {
      return new Classifier(folder, backbone(features.backbone()).orElse(null), threads);
    }
    return new Classifier(folder, null, threads);
  }

  /** The catalogue's backbone of this id. */
  private Optional<Backbone> backbone(String id) {
    return catalogue.backbones().stream()
        .filter(folder -> folder.card().id().equals(id))
        .findFirst()
        .map(folder -> backbones.computeIfAbsent(id, known -> new Backbone(folder, threads)));
  }

  @Override
  public void close() {
    synchronized (begun) {
      loading.forEach(LoadedModels::await);
    }
    free();
  }

  /** To its end, interrupted or not: what it loads has to be freed. */
  private static void await(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void free() {
    classifiers.values().forEach(Classifier::close);
    classifiers.clear();
    backbones.values().forEach(Backbone::close);
    backbones.clear();
    if (faceDetector != null) {
      faceDetector.close();
      faceDetector = null;
    }
    if (voiceActivity != null) {
      voiceActivity.close();
      voiceActivity = null;
    }
    if (soundKind != null) {
      soundKind.close();
      soundKind = null;
    }
    if (localEdits != null) {
      localEdits.close();
      localEdits = null;
    }
    if (copyEmbedder != null) {
      copyEmbedder.close();
      copyEmbedder = null;
    }
  }
}
