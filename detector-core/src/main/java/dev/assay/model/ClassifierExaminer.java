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
import dev.assay.container.ContainerFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

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
    List<Frame> frames = media.frames();
    List<Evidence> evidence = new ArrayList<>();
    for (Classifier classifier : classifiers()) {
      evidence.add(judged(classifier, media, frames));
    }
    return evidence;
  }

  private Evidence judged(Classifier classifier, Media media, List<Frame> frames)
      throws MediaException {
    MediaKind kind = media.kind();
    ModelCard card = classifier.card();
    if (tooSmall(card, frames.get(0).picture())) {
      return abstention(card, frames.get(0).picture());
    }
    ModelCard.Calibration calibration = card.calibration();
    ModelCard.Calibration.Line line =
        kind == MediaKind.IMAGE ? calibration.image() : calibration.video();
    List<TimelinePoint> timeline = new ArrayList<>();
    List<Region> regions = new ArrayList<>();
    double sum = 0;
    for (Frame frame : frames) {
      checkTime(media);
      Classifier.Scores scores = classifier.score(frame.picture());
      sum += scores.score();
      if (frames.size() == 1 && kind == MediaKind.IMAGE) {
        regions.addAll(regions(calibration, line, scores));
      } else {
        timeline.add(
            new TimelinePoint(
                frame.timeSeconds(), calibration.logLikelihoodRatio(line, scores.score())));
      }
    }
    double score = sum / frames.size();
    double ratio = calibration.logLikelihoodRatio(line, score);
    return Evidence.of(
            id(),
            Evidence.Kind.CLASSIFIER,
            CODE_SCORE,
            sentence(
                card,
                kind,
                ratio,
                regions.isEmpty() ? frames.size() : regions.size(),
                !regions.isEmpty()))
        .from(Evidence.Source.model(card.id()))
        .logLikelihoodRatio(ratio)
        .details(details(card, score))
        .regions(regions)
        .timeline(timeline)
        .build();
  }

  private static void checkTime(Media media) throws MediaException {
    if (media instanceof ContainerFile file) {
      file.budget().checkTime();
    }
  }

  private static List<Region> regions(
      ModelCard.Calibration calibration,
      ModelCard.Calibration.Line line,
      Classifier.Scores scores) {
    List<Region> regions = new ArrayList<>();
    for (int i = 0; i < scores.logits().size(); i++) {
      CropGrid.Crop crop = scores.crops().get(i);
      double part = calibration.logLikelihoodRatio(line, scores.logits().get(i));
      regions.add(new Region(crop.x(), crop.y(), crop.width(), crop.height(), part));
    }
    return regions;
  }

  private static boolean tooSmall(ModelCard card, Picture picture) {
    return Math.min(picture.width(), picture.height()) < card.abstains().belowSide();
  }

  private Evidence abstention(ModelCard card, Picture picture) {
    return Evidence.of(
            id(),
            Evidence.Kind.CLASSIFIER,
            CODE_ABSTAINED,
            String.format(
                Locale.ROOT,
                "Model %s abstains: it does not judge pictures with a side below %d pixels; this"
                    + " one is %d x %d.",
                card.id(),
                card.abstains().belowSide(),
                picture.width(),
                picture.height()))
        .from(Evidence.Source.model(card.id()))
        .details(Map.of("model", card.id()))
        .build();
  }

  private static String sentence(
      ModelCard card, MediaKind kind, double ratio, int count, boolean crops) {
    double times = Math.exp(Math.abs(ratio));
    String unit = crops ? "crop" : "frame";
    return String.format(
        Locale.ROOT,
        "Model %s (%d %s%s): this %s is %s times more likely under \"%s\" than under \"%s\".",
        card.id(),
        count,
        unit,
        count == 1 ? "" : "s",
        kind.code(),
        times < 10 ? String.format(Locale.ROOT, "%.1f", times) : Long.toString(Math.round(times)),
        ratio >= 0 ? "synthetic" : "real",
        ratio >= 0 ? "real" : "synthetic");
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
