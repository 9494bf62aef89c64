package dev.assay.model;

import dev.assay.Evidence;
import dev.assay.Examiner;
import dev.assay.Media;
import dev.assay.MediaException;
import dev.assay.MediaKind;
import dev.assay.Picture;
import dev.assay.Region;
import dev.assay.Report;
import dev.assay.TimelinePoint;
import dev.assay.model.ModelCard.Calibration.Line;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

  /** Code of what a model says of one person's face, in evidence. */
  public static final String CODE_FACE = "classifier.face";

  /**
   * Frames of a video that models on a backbone look at, a transformer taking its time; half of the
   * sampled ones, where that is more.
   */
  static final int TRANSFORMER_FRAMES = 8;

  /** Frames of an animation that they look at. */
  static final int MAX_ANIMATION_FRAMES = 4;

  private final ModelCatalogue catalogue;
  private final LoadedModels loaded;

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
    this.loaded = new LoadedModels(catalogue, threads);
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
    List<Looked> frames = media.frames().stream().map(Looked::at).toList();
    List<Evidence> evidence = new ArrayList<>();
    for (Classifier classifier : loaded.classifiers(asked)) {
      Optional<Line> line = classifier.card().calibration().of(media.kind());
      if (line.isPresent()) {
        evidence.addAll(judged(classifier, line.get(), media, frames));
      }
    }
    return evidence;
  }

  /**
   * What the model that looks at native crops says of places all over a picture: its score of each
   * of many overlapping crops, by itself. What a crop shows is what its score rests on.
   *
   * @param media whose first frame is looked at
   * @param most how many crops there may be
   * @return the crops that have texture, each with its log-likelihood ratio; none where no such
   *     model is asked about this kind of media
   */
  public List<Region> attribution(Media media, int most) throws MediaException {
    List<String> asked = catalogue.asked().getOrDefault(media.kind(), List.of());
    List<Region> regions = new ArrayList<>();
    for (Classifier classifier : loaded.classifiers(asked)) {
      Optional<Line> line = classifier.card().calibration().of(media.kind());
      if (line.isEmpty() || !(classifier.card().views() instanceof ModelCard.Native)) {
        continue;
      }
      Looked looked = Looked.at(media.frames().get(0));
      for (View view : looked.views().everywhere(classifier.side(), most)) {
        Deadline.check(media);
        double score = classifier.score(List.of(view), looked.features()).score();
        Rectangle shown = view.region();
        regions.add(
            new Region(
                shown.x(),
                shown.y(),
                shown.width(),
                shown.height(),
                classifier.card().calibration().logLikelihoodRatio(line.get(), score)));
      }
    }
    return regions;
  }

  private List<Evidence> judged(Classifier classifier, Line line, Media media, List<Looked> frames)
      throws MediaException {
    List<Looked> seen = seenBy(classifier.card(), media.kind(), frames);
    if (classifier.card().views() instanceof ModelCard.Faces faces) {
      return new FaceJudge(id(), classifier, faces, line, loaded.faceDetector()).judge(media, seen);
    }
    return List.of(judgedWhole(classifier, line, media, seen));
  }

  /** All frames, or some spread evenly over them. */
  private static List<Looked> seenBy(ModelCard card, MediaKind kind, List<Looked> frames) {
    int count = frames.size();
    int most =
        kind == MediaKind.VIDEO ? Math.max(TRANSFORMER_FRAMES, count / 2) : MAX_ANIMATION_FRAMES;
    if (card.input() instanceof ModelCard.Pixels || count <= most) {
      return frames;
    }
    return IntStream.range(0, most)
        .mapToObj(i -> frames.get((2 * i + 1) * count / (2 * most)))
        .toList();
  }

  private Evidence judgedWhole(Classifier classifier, Line line, Media media, List<Looked> frames)
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
      Deadline.check(media);
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
            sentence(card, media.kind(), ratio, count, still)
                + Stretch.strongest(timeline).map(Stretch::sentence).orElse(""))
        .from(Evidence.Source.model(card.id()))
        .logLikelihoodRatio(ratio)
        .details(details(card, score, all, first))
        .regions(still ? regions(card.calibration(), line, all.get(0)) : List.of())
        .timeline(still ? List.of() : timeline)
        .build();
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
    String unit = views ? "view" : "frame";
    return String.format(
        Locale.ROOT,
        "Model %s (%d %s%s): this %s is %s.",
        card.id(),
        count,
        unit,
        count == 1 ? "" : "s",
        kind.code(),
        Wording.times(ratio));
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

  @Override
  public void close() {
    loaded.close();
  }
}
