package dev.assay.internal.model;

import dev.assay.MediaException;
import dev.assay.internal.inference.Tensor;
import dev.assay.internal.sound.SoundMeasures;
import dev.assay.internal.sound.VoiceActivity;
import dev.assay.internal.sound.Window;
import dev.assay.internal.sound.WindowCutter;
import dev.assay.spi.Budget;
import dev.assay.spi.Sound;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A sound that was listened to from its start to its end, once: what was measured of it, and what
 * models say of its windows.
 *
 * @param measured of the sound as it is coded
 * @param voicedSeconds how much of it is voice
 * @param windows those that are not quiet, in order of time
 * @param speech the mean over the windows of speech of the features that models of speech read;
 *     empty where there is none
 */
record HeardSound(
    SoundMeasures.Result measured,
    double voicedSeconds,
    List<HeardWindow> windows,
    Optional<FloatBuffer> speech) {

  /** Windows that are more quiet hold nothing to judge: root mean square, of full scale. */
  private static final double QUIET = 0.0005;

  /** Share of a window that has to be voice for it to hold speech or singing. */
  private static final double VOICED = 0.5;

  /** From the beginning of a window to that of the next, in seconds, where time allows. */
  private static final double HOP_SECONDS = 2;

  HeardSound {
    windows = List.copyOf(windows);
  }

  /** Who listens. */
  record Ears(VoiceActivity voice, SoundKindTeller kinds, List<Classifier> classifiers) {

    /** The most windows that any of the models is asked about. */
    private int most() {
      return classifiers.stream()
          .map(classifier -> classifier.card().views())
          .filter(ModelCard.Windows.class::isInstance)
          .mapToInt(views -> ((ModelCard.Windows) views).most())
          .max()
          .orElse(1);
    }
  }

  /** Whose features of speech are kept: the first model of speech that reads a backbone's. */
  static Optional<Classifier> readerOfSpeech(List<Classifier> classifiers) {
    return classifiers.stream()
        .filter(c -> c.card().task().equals(ModelCard.SPEECH_TASK) && c.backbone().isPresent())
        .findFirst();
  }

  /**
   * Listens.
   *
   * @throws MediaException if nothing can be decoded, or time runs out
   */
  static HeardSound of(Sound sound, Ears ears, Budget budget) throws MediaException {
    double hop = Math.max(HOP_SECONDS, sound.duration().orElse(0) / ears.most());
    WindowCutter cutter = new WindowCutter(ears.voice().listen(), hop);
    Heard heard = new Heard(new ArrayList<>(), new MeanFeatures());
    SoundMeasures measures = new SoundMeasures(sound.track().rate());
    while (sound.next()) {
      measures.add(sound);
      hear(cutter.add(sound.resampled()), ears, budget, heard);
    }
    hear(cutter.end(), ears, budget, heard);
    return new HeardSound(
        measures.result(),
        cutter.voicedSeconds(),
        heard.windows(),
        heard.speech().mean().map(Tensor::values));
  }

  /** What was heard so far. */
  private record Heard(List<HeardWindow> windows, MeanFeatures speech) {}

  private static void hear(List<Window> windows, Ears ears, Budget budget, Heard into)
      throws MediaException {
    for (Window window : windows) {
      if (window.level() > QUIET) {
        budget.checkTime();
        into.windows().add(heard(window, ears, into.speech()));
      }
    }
  }

  private static HeardWindow heard(Window window, Ears ears, MeanFeatures speech) {
    Features features = new Features();
    SoundKind kind = ears.kinds().of(window, features);
    if (kind == SoundKind.SPEECH && window.voiced() < VOICED) {
      kind = SoundKind.OTHER;
    }
    Map<String, Double> logits = new LinkedHashMap<>();
    for (Classifier classifier : ears.classifiers()) {
      if (judges(classifier.card(), kind)) {
        logits.put(classifier.card().id(), classifier.score(window, features));
      }
    }
    if (kind == SoundKind.SPEECH) {
      readerOfSpeech(ears.classifiers())
          .ifPresent(classifier -> classifier.addFeatures(window, features, speech));
    }
    return HeardWindow.of(window, kind, logits);
  }

  /** Whether a model judges what a window holds. */
  static boolean judges(ModelCard card, SoundKind kind) {
    return switch (kind) {
      case SPEECH -> card.task().equals(ModelCard.SPEECH_TASK);
      case SINGING, MUSIC -> card.task().equals(ModelCard.MUSIC_TASK);
      case OTHER -> false;
    };
  }

  /** The windows that a model was asked about. */
  List<HeardWindow> judgedBy(ModelCard card) {
    return windows.stream().filter(window -> window.logits().containsKey(card.id())).toList();
  }

  /** Share of the windows that hold this, 0 to 1. */
  double share(SoundKind kind) {
    return windows.isEmpty()
        ? 0
        : windows.stream().filter(window -> window.kind() == kind).count()
            / (double) windows.size();
  }
}
