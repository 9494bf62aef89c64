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
import dev.assay.model.ModelCard.Calibration.Line;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Shows a picture, or the sampled frames of a video, to every trained model.
 *
 * <p>Models are loaded when the first media comes that they are asked about, once, and shared by
 * all threads.
 */
public final class ClassifierExaminer implements Examiner {

  /** Code of a model's score, in evidence. */
  public static final String CODE_SCORE = "classifier.score";

  /** Code of a model's abstention, in evidence. */
  public static final String CODE_ABSTAINED = "classifier.abstained";

  /** Frames of an animation that models on a backbone look at; a transformer takes its time. */
  static final int MAX_TRANSFORMER_FRAMES = 4;

  private final ModelCatalogue catalogue;
  private final int threads;
  private final Object lock = new Object();
  private final Map<String, Backbone> backbones = new HashMap<>();
  private final Map<String, Classifier> classifiers = new HashMap<>();

  /** What is known of one frame while all models look at it. */
  private record Looked(Frame frame, PictureViews views, Features features) {}

  /**
   * An examiner with these models; none is loaded yet.
   *
   * @param catalogue the models
   * @param threads threads that one inference may use, at least 1
   */
  public ClassifierExaminer(ModelCatalogue catalogue, int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1: " + threads);
    }
    this.catalogue = catalogue;
    this.threads = threads;
  }

  @Override
  public String id() {
    return "classifier";
  }

  /** The models of this examiner, loaded or not. */
  public List<Report.ModelReference> models() {
    return catalogue.all().stream()
        .map(ModelFolder::card)
        .map(card -> new Report.ModelReference(card.id(), card.version(), card.sha256()))
        .toList();
  }

  @Override
  public List<Evidence> examine(Media media) throws MediaException {
    List<String> asked = catalogue.asked().getOrDefault(media.kind(), List.of());
    if (asked.isEmpty()) {
      return List.of();
    }
    List<Looked> frames =
        media.frames().stream()
            .map(frame -> new Looked(frame, new PictureViews(frame.picture()), new Features()))
            .toList();
    List<Evidence> evidence = new ArrayList<>();
    for (Classifier classifier : loaded(asked)) {
      Optional<Line> line = classifier.card().calibration().of(media.kind());
      if (line.isPresent()) {
        evidence.add(judged(classifier, line.get(), media, seenBy(classifier.card(), frames)));
      }
    }
    return evidence;
  }

  /** All frames, or some spread evenly over them. */
  private static List<Looked> seenBy(ModelCard card, List<Looked> frames) {
    int count = frames.size();
    if (card.input() instanceof ModelCard.Pixels || count <= MAX_TRANSFORMER_FRAMES) {
      return frames;
    }
    return IntStream.range(0, MAX_TRANSFORMER_FRAMES)
        .mapToObj(i -> frames.get((2 * i + 1) * count / (2 * MAX_TRANSFORMER_FRAMES)))
        .toList();
  }

  private Evidence judged(Classifier classifier, Line line, Media media, List<Looked> frames)
      throws MediaException {
    ModelCard card = classifier.card();
    Picture first = frames.get(0).frame().picture();
    if (Math.min(first.width(), first.height()) < card.abstains().belowSide()) {
      return tooSmall(card, first);
    }
    boolean still = frames.size() == 1 && media.kind() == MediaKind.IMAGE;
    List<TimelinePoint> timeline = new ArrayList<>();
    List<Classifier.Scores> all = new ArrayList<>();
    for (Looked looked : frames) {
      checkTime(media);
      Optional<Classifier.Scores> scores = classifier.score(looked.views(), looked.features());
      if (scores.isPresent()) {
        all.add(scores.get());
        timeline.add(
            new TimelinePoint(
                looked.frame().timeSeconds(),
                card.calibration().logLikelihoodRatio(line, scores.get().score())));
      }
    }
    if (all.isEmpty()) {
      return noTexture(card, media.kind());
    }
    double score = all.stream().mapToDouble(Classifier.Scores::score).sum() / all.size();
    double ratio = card.calibration().logLikelihoodRatio(line, score);
    int count = still ? all.get(0).views().size() : all.size();
    return Evidence.of(
            id(),
            Evidence.Kind.CLASSIFIER,
            CODE_SCORE,
            sentence(card, media.kind(), ratio, count, still))
        .from(Evidence.Source.model(card.id()))
        .logLikelihoodRatio(ratio)
        .details(details(card, score, all, first))
        .regions(still ? regions(card.calibration(), line, all.get(0)) : List.of())
        .timeline(still ? List.of() : timeline)
        .build();
  }

  private static void checkTime(Media media) throws MediaException {
    if (media instanceof ContainerFile file) {
      file.budget().checkTime();
    }
  }

  private static List<Region> regions(
      ModelCard.Calibration calibration, Line line, Classifier.Scores scores) {
    List<Region> regions = new ArrayList<>();
    for (int i = 0; i < scores.logits().size(); i++) {
      Rectangle shown = scores.views().get(i).region();
      double part = calibration.logLikelihoodRatio(line, scores.logits().get(i));
      regions.add(new Region(shown.x(), shown.y(), shown.width(), shown.height(), part));
    }
    return regions;
  }

  private Evidence tooSmall(ModelCard card, Picture picture) {
    return abstention(
        card,
        String.format(
            Locale.ROOT,
            "it does not judge pictures with a side below %d pixels; this one is %d x %d.",
            card.abstains().belowSide(),
            picture.width(),
            picture.height()));
  }

  private Evidence noTexture(ModelCard card, MediaKind kind) {
    return abstention(
        card,
        String.format(Locale.ROOT, "nothing in this %s has texture to judge by.", kind.code()));
  }

  private Evidence abstention(ModelCard card, String reason) {
    return Evidence.of(
            id(),
            Evidence.Kind.CLASSIFIER,
            CODE_ABSTAINED,
            "Model " + card.id() + " abstains: " + reason)
        .from(Evidence.Source.model(card.id()))
        .details(Map.of("model", card.id()))
        .build();
  }

  private static String sentence(
      ModelCard card, MediaKind kind, double ratio, int count, boolean views) {
    double times = Math.exp(Math.abs(ratio));
    String unit = views ? "view" : "frame";
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

  private static Map<String, Object> details(
      ModelCard card, double score, List<Classifier.Scores> all, Picture picture) {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("model", card.id());
    details.put("modelVersion", card.version());
    details.put("score", score);
    details.put(
        "shareSeen",
        Rectangle.coverage(
            all.get(0).views().stream().map(View::region).toList(),
            picture.width(),
            picture.height()));
    return details;
  }

  /** Models are loaded when they are first asked; what is not asked costs no memory. */
  private List<Classifier> loaded(List<String> asked) {
    synchronized (lock) {
      for (ModelFolder<ModelCard> folder : catalogue.models()) {
        if (asked.contains(folder.card().id()) && !classifiers.containsKey(folder.card().id())) {
          classifiers.put(folder.card().id(), load(folder));
        }
      }
      return asked.stream().map(classifiers::get).filter(Objects::nonNull).toList();
    }
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
  public void close() {
    synchronized (lock) {
      classifiers.values().forEach(Classifier::close);
      classifiers.clear();
      backbones.values().forEach(Backbone::close);
      backbones.clear();
    }
  }
}
