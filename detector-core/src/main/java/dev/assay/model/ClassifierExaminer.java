package dev.assay.model;

import dev.assay.Evidence;
import dev.assay.Examiner;
import dev.assay.Frame;
import dev.assay.Media;
import dev.assay.MediaException;
import dev.assay.MediaKind;
import dev.assay.Picture;
import dev.assay.Region;
import dev.assay.Report;
import dev.assay.TimelinePoint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Shows a picture, or the sampled frames of a video, to every trained model.
 *
 * <p>Models are loaded when the first media comes, once, and shared by all threads.
 */
public final class ClassifierExaminer implements Examiner {

  /** Code of a model's score, in evidence. */
  public static final String CODE_SCORE = "classifier.score";

  /** Code of a model's abstention, in evidence. */
  public static final String CODE_ABSTAINED = "classifier.abstained";

  private final List<ModelFolder> folders;
  private final int threads;
  private final Object lock = new Object();
  private volatile List<Classifier> loaded = List.of();

  /**
   * An examiner with these models; none is loaded yet.
   *
   * @param folders the models
   * @param threads threads that one inference may use, at least 1
   */
  public ClassifierExaminer(List<ModelFolder> folders, int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1: " + threads);
    }
    this.folders = List.copyOf(folders);
    this.threads = threads;
  }

  @Override
  public String id() {
    return "classifier";
  }

  /** The models of this examiner, loaded or not. */
  public List<Report.ModelReference> models() {
    return folders.stream()
        .map(ModelFolder::card)
        .map(card -> new Report.ModelReference(card.id(), card.version(), card.sha256()))
        .toList();
  }

  @Override
  public List<Evidence> examine(Media media) throws MediaException {
    if (media.kind() == MediaKind.AUDIO || folders.isEmpty()) {
      return List.of();
    }
    List<Evidence> evidence = new ArrayList<>();
    for (Classifier classifier : classifiers()) {
      evidence.add(
          media.kind() == MediaKind.IMAGE
              ? ofPicture(classifier, media.picture())
              : ofFrames(classifier, media.frames()));
    }
    return evidence;
  }

  private Evidence ofPicture(Classifier classifier, Picture picture) {
    ModelCard card = classifier.card();
    if (tooSmall(card, picture)) {
      return abstention(card, picture);
    }
    Classifier.Scores scores = classifier.score(picture);
    ModelCard.Calibration calibration = card.calibration();
    List<Region> regions = new ArrayList<>();
    for (int i = 0; i < scores.logits().size(); i++) {
      CropGrid.Crop crop = scores.crops().get(i);
      double part = calibration.logLikelihoodRatio(calibration.image(), scores.logits().get(i));
      regions.add(new Region(crop.x(), crop.y(), crop.width(), crop.height(), part));
    }
    double ratio = calibration.logLikelihoodRatio(calibration.image(), scores.score());
    return new Evidence(
        id(),
        Evidence.Kind.CLASSIFIER,
        CODE_SCORE,
        OptionalDouble.of(ratio),
        sentence(
            card,
            ratio,
            regions.size() + (regions.size() == 1 ? " part" : " parts") + " of the picture"),
        details(card, scores.score()),
        regions,
        List.of());
  }

  private Evidence ofFrames(Classifier classifier, List<Frame> frames) {
    ModelCard card = classifier.card();
    if (tooSmall(card, frames.get(0).picture())) {
      return abstention(card, frames.get(0).picture());
    }
    ModelCard.Calibration calibration = card.calibration();
    List<TimelinePoint> timeline = new ArrayList<>();
    double sum = 0;
    for (Frame frame : frames) {
      double score = classifier.score(frame.picture()).score();
      sum += score;
      timeline.add(
          new TimelinePoint(
              frame.timeSeconds(), calibration.logLikelihoodRatio(calibration.video(), score)));
    }
    double score = sum / frames.size();
    double ratio = calibration.logLikelihoodRatio(calibration.video(), score);
    return new Evidence(
        id(),
        Evidence.Kind.CLASSIFIER,
        CODE_SCORE,
        OptionalDouble.of(ratio),
        sentence(card, ratio, frames.size() + (frames.size() == 1 ? " frame" : " frames")),
        details(card, score),
        List.of(),
        timeline);
  }

  private static boolean tooSmall(ModelCard card, Picture picture) {
    return Math.min(picture.width(), picture.height()) < card.abstains().belowSide();
  }

  private Evidence abstention(ModelCard card, Picture picture) {
    return new Evidence(
        id(),
        Evidence.Kind.CLASSIFIER,
        CODE_ABSTAINED,
        OptionalDouble.empty(),
        String.format(
            Locale.ROOT,
            "The model %s does not judge pictures with a side below %d pixels; this one is %d x %d.",
            card.id(),
            card.abstains().belowSide(),
            picture.width(),
            picture.height()),
        Map.of("model", card.id()));
  }

  private static String sentence(ModelCard card, double ratio, String where) {
    double times = Math.exp(Math.abs(ratio));
    return String.format(
        Locale.ROOT,
        "The model %s, looking at %s, finds what it sees %s times more probable in %s media.",
        card.id(),
        where,
        times < 10 ? String.format(Locale.ROOT, "%.1f", times) : Long.toString(Math.round(times)),
        ratio >= 0 ? "synthetic" : "real");
  }

  private static Map<String, Object> details(ModelCard card, double score) {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("model", card.id());
    details.put("modelVersion", card.version());
    details.put("score", score);
    return details;
  }

  private List<Classifier> classifiers() {
    List<Classifier> current = loaded;
    if (!current.isEmpty()) {
      return current;
    }
    synchronized (lock) {
      if (loaded.isEmpty()) {
        loaded = load();
      }
      return loaded;
    }
  }

  private List<Classifier> load() {
    List<Classifier> all = new ArrayList<>();
    try {
      for (ModelFolder folder : folders) {
        all.add(Classifier.load(folder, threads));
      }
      return List.copyOf(all);
    } catch (RuntimeException e) {
      all.forEach(Classifier::close);
      throw e;
    }
  }

  @Override
  public void close() {
    synchronized (lock) {
      loaded.forEach(Classifier::close);
      loaded = List.of();
    }
  }
}
