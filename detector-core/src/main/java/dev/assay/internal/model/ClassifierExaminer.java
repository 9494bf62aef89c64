package dev.assay.internal.model;

import dev.assay.ContentFeatures;
import dev.assay.Evidence;
import dev.assay.MediaException;
import dev.assay.MediaKind;
import dev.assay.Region;
import dev.assay.Report;
import dev.assay.Sentence;
import dev.assay.internal.fusion.FusionParameters.Early;
import dev.assay.internal.model.ModelCard.Calibration.Line;
import dev.assay.spi.Examiner;
import dev.assay.spi.ExaminerInfo;
import dev.assay.spi.ExaminerInfo.Need;
import dev.assay.spi.Media;
import dev.assay.spi.Picture;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
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

  /** Code of a model that was not asked since it could change nothing, in evidence. */
  public static final String CODE_SPARED = Evidence.SPARED;

  /** Code of what a model says of one person's face, in evidence. */
  public static final String CODE_FACE = Evidence.FACE;

  /** Code of what a fitted head adds, in evidence. */
  public static final String CODE_ADAPTED = Evidence.ADAPTED;

  /**
   * Frames of a video that models on a backbone look at, a transformer taking its time; half of the
   * sampled ones, where that is more.
   */
  static final int TRANSFORMER_FRAMES = 8;

  /** Frames of an animation that they look at. */
  static final int MAX_ANIMATION_FRAMES = 4;

  /** What it is. */
  public static final ExaminerInfo INFO =
      new ExaminerInfo(
          "classifier",
          "what trained models see in the content",
          Set.of(Need.FRAMES),
          Map.of(
              CODE_SCORE,
              "A trained model's log-likelihood ratio, with the parts of the picture or the frames"
                  + " that it comes from.",
              CODE_FACE,
              "A trained model's log-likelihood ratio on one person's face, with its place in the"
                  + " picture, or the times and places at which it was looked at.",
              Evidence.LOCAL_EDIT,
              "Whether a part of the picture is not of one piece with the rest, as a log-likelihood"
                  + " ratio of that, and where it is.",
              CODE_ADAPTED,
              "What a head of the user's profile adds to the log-likelihood ratio of the shipped"
                  + " models: it was fitted to one generator.",
              CODE_ABSTAINED,
              "A trained model abstains, and why.",
              CODE_SPARED,
              "A trained model was not asked, since what others said settles the answer. The"
                  + " thorough profile asks all."));

  private static final String SETTLED =
      "Model {0} was not asked: the whole is so clear that details hardly ever change the answer.";
  private static final String NO_FACE_COUNTS =
      "Model {0} was not asked: nothing that it could say of a face would change the answer.";

  private final ModelCatalogue catalogue;
  private final LoadedModels loaded;
  private final Ensemble ensemble;
  private final boolean sparing;
  private final boolean closely;
  private final List<AdaptedHead> heads;

  /**
   * An examiner with these models; none is loaded yet.
   *
   * @param catalogue the models
   * @param sparing whether models are not asked where they hardly ever change the answer
   * @param closely whether every picture is looked at closely for changed parts, not only those
   *     where a first look sees something
   * @param heads that a user fitted beside these models
   * @param threads threads that one inference may use, at least 1
   */
  public ClassifierExaminer(
      ModelCatalogue catalogue,
      boolean sparing,
      boolean closely,
      List<AdaptedHead> heads,
      int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1: " + threads);
    }
    this.catalogue = catalogue;
    this.sparing = sparing;
    this.closely = closely;
    this.heads = List.copyOf(heads);
    this.ensemble = new Ensemble(catalogue.fusion());
    this.loaded = new LoadedModels(catalogue, threads);
  }

  @Override
  public ExaminerInfo info() {
    return INFO;
  }

  /** The models of this examiner, loaded or not. */
  public List<Report.ModelReference> models() {
    return catalogue.all().stream()
        .map(ModelFolder::card)
        .map(card -> new Report.ModelReference(card.id(), card.version(), card.sha256()))
        .toList();
  }

  /** Loads them while others look at the file. */
  @Override
  public void prepare(MediaKind kind) {
    List<String> asked = asked(kind);
    if (!asked.isEmpty()) {
      loaded.begin(kind, asked);
    }
  }

  /** Sound has an examiner of its own. */
  private List<String> asked(MediaKind kind) {
    return kind == MediaKind.AUDIO ? List.of() : catalogue.asked().getOrDefault(kind, List.of());
  }

  @Override
  public List<Evidence> examine(Media media) throws MediaException {
    return look(media, true);
  }

  /**
   * What models say.
   *
   * @param parts whether changed parts are looked for too
   * @return no evidence where no model is asked
   */
  public List<Evidence> look(Media media, boolean parts) throws MediaException {
    List<String> asked = asked(media.kind());
    if (asked.isEmpty()) {
      return List.of();
    }
    List<ViewedFrame> frames = ViewedFrames.of(media);
    Optional<LocalEdits> localEdits =
        parts && isStill(media) ? loaded.localEdits() : Optional.empty();
    Optional<LocalEdits.First> first = localEdits.map(edits -> edits.first(frames.get(0)));
    List<Classifier> judging =
        loaded.classifiers(asked).stream()
            .filter(classifier -> line(classifier, media.kind()).isPresent())
            .toList();
    List<Evidence> evidence = new ArrayList<>(ofWhole(media, frames, judging));
    evidence.addAll(ofHeads(media, frames, evidence));
    evidence.addAll(ofFaces(media, frames, judging, evidence));
    if (first.isPresent() && (closely || isWorthASecondLook(media, first.get(), evidence))) {
      localEdits
          .orElseThrow()
          .judge(id(), media, frames.get(0), first.get())
          .ifPresent(evidence::add);
    }
    return evidence;
  }

  /** Not where all of it is called synthetic: that answer stands whatever was changed in it. */
  private boolean isWorthASecondLook(Media media, LocalEdits.First first, List<Evidence> ofWhole)
      throws MediaException {
    return first.suspicious() && !ensemble.isSynthetic(media.kind(), sum(ofWhole));
  }

  private static double sum(List<Evidence> evidence) {
    return evidence.stream().mapToDouble(piece -> piece.logLikelihoodRatio().orElse(0)).sum();
  }

  private static boolean isStill(Media media) throws MediaException {
    return media.kind() == MediaKind.IMAGE && media.frames().size() == 1;
  }

  private static Optional<Line> line(Classifier classifier, MediaKind kind) {
    return classifier.card().calibration().of(kind);
  }

  /** What models say of the whole of it. */
  private List<Evidence> ofWhole(
      Media media, List<ViewedFrame> frames, List<Classifier> classifiers) throws MediaException {
    List<Evidence> evidence = new ArrayList<>();
    List<Scored> scored = new ArrayList<>();
    Optional<Early> early = Optional.empty();
    for (Classifier classifier : classifiers) {
      ModelCard card = classifier.card();
      if (looksAtFaces(card)) {
        continue;
      }
      if (early.filter(settled -> settled.spares().contains(card.id())).isPresent()) {
        evidence.add(spared(card, SETTLED));
        continue;
      }
      List<ViewedFrame> seen = seenBy(card, media.kind(), frames);
      if (isTooSmall(card, seen)) {
        evidence.add(tooSmall(card, seen.get(0).frame().picture()));
        continue;
      }
      Scored score =
          Scored.by(classifier, line(classifier, media.kind()).orElseThrow(), media, seen);
      if (score.hasSeen()) {
        scored.add(score);
        if (sparing) {
          early = early.or(() -> ensemble.settled(media.kind(), card.id(), score.score()));
        }
      } else {
        evidence.add(noTexture(card, media.kind()));
      }
    }
    evidence.addAll(weighed(media.kind(), scored, early));
    return evidence;
  }

  private static boolean looksAtFaces(ModelCard card) {
    return card.views() instanceof ModelCard.Faces;
  }

  /** What fitted heads add; nothing where the shipped models abstain. */
  private List<Evidence> ofHeads(Media media, List<ViewedFrame> frames, List<Evidence> ofWhole)
      throws MediaException {
    AdaptedHeads asked = AdaptedHeads.of(heads, media.kind());
    return asked.isEmpty() || ofWhole.stream().noneMatch(p -> p.logLikelihoodRatio().isPresent())
        ? List.of()
        : asked.evidence(id(), CODE_ADAPTED, means(media, frames).views(), sum(ofWhole));
  }

  /** What models say of faces, unless nothing that they can say moves the answer. */
  private List<Evidence> ofFaces(
      Media media, List<ViewedFrame> frames, List<Classifier> classifiers, List<Evidence> ofWhole)
      throws MediaException {
    double whole = sum(ofWhole);
    List<Evidence> evidence = new ArrayList<>();
    for (Classifier classifier : classifiers) {
      ModelCard card = classifier.card();
      if (!(card.views() instanceof ModelCard.Faces faces)) {
        continue;
      }
      if (sparing && !ensemble.facesCount(media.kind(), whole, card.calibration().bound())) {
        evidence.add(spared(card, NO_FACE_COUNTS));
        continue;
      }
      Line line = line(classifier, media.kind()).orElseThrow();
      evidence.addAll(
          new FaceJudge(id(), classifier, faces, line, loaded.faceDetector())
              .judge(media, seenBy(card, media.kind(), frames)));
    }
    return evidence;
  }

  /** What each model adds beside the others. */
  private List<Evidence> weighed(MediaKind kind, List<Scored> scored, Optional<Early> early) {
    Map<String, Double> ratios = new LinkedHashMap<>();
    scored.forEach(score -> ratios.put(score.card().id(), score.ratio()));
    Map<String, Ensemble.Share> shares =
        early
            .map(settled -> ensemble.shares(kind, settled, ratios))
            .orElseGet(() -> ensemble.shares(kind, ratios));
    return scored.stream()
        .map(score -> score.evidence(id(), Objects.requireNonNull(shares.get(score.card().id()))))
        .toList();
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
    List<String> asked = asked(media.kind());
    List<Region> regions = new ArrayList<>();
    for (Classifier classifier : loaded.classifiers(asked)) {
      Optional<Line> line = classifier.card().calibration().of(media.kind());
      if (line.isEmpty() || !(classifier.card().views() instanceof ModelCard.Native)) {
        continue;
      }
      ViewedFrame looked = ViewedFrames.of(media).get(0);
      for (View view : looked.views().everywhere(classifier.side(), most)) {
        media.budget().checkTime();
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

  /**
   * What the model that looks for changed parts says of every patch of a picture.
   *
   * @param media whose first frame is looked at
   * @return its patches, each with the log-odds that it was changed; none where no such model is
   *     asked about this kind of media
   */
  public List<Region> edits(Media media) throws MediaException {
    Optional<LocalEdits> localEdits = isStill(media) ? loaded.localEdits() : Optional.empty();
    return localEdits.isPresent()
        ? localEdits.get().patches(media, ViewedFrames.of(media).get(0))
        : List.of();
  }

  /**
   * What the backbone computes of the whole of it, for heads that are fitted later.
   *
   * @return empty of sound, of what is too small, and where no model with a backbone is asked
   */
  public Optional<ContentFeatures> features(Media media) throws MediaException {
    if (asked(media.kind()).isEmpty()) {
      return Optional.empty();
    }
    ContentFeatures means = means(media, ViewedFrames.of(media));
    return means.views().isEmpty() ? Optional.empty() : Optional.of(means);
  }

  /** The mean of the features over the views of each kind that the models read. */
  private ContentFeatures means(Media media, List<ViewedFrame> frames) throws MediaException {
    Map<String, FloatBuffer> views = new LinkedHashMap<>();
    String backbone = "";
    for (Classifier classifier : loaded.classifiers(asked(media.kind()))) {
      ModelCard card = classifier.card();
      Optional<String> name = viewName(card.views());
      if (name.isEmpty() || views.containsKey(name.get()) || classifier.backbone().isEmpty()) {
        continue;
      }
      List<ViewedFrame> seen = seenBy(card, media.kind(), frames);
      if (!isTooSmall(card, seen)) {
        MeanFeatures mean = new MeanFeatures();
        for (ViewedFrame frame : seen) {
          media.budget().checkTime();
          classifier.addFeatures(frame.views(), frame.features(), mean);
        }
        mean.mean().ifPresent(tensor -> views.put(name.get(), tensor.values()));
        backbone = classifier.backbone().get().sha256();
      }
    }
    return new ContentFeatures(media.kind(), backbone, views);
  }

  /**
   * Where the frames that models on a backbone look at lie among other pictures. The backbone looks
   * at each once, whoever asks.
   *
   * @return none of sound, and where no model is asked that sees the whole through that backbone
   */
  public List<EmbeddedFrame> embedded(Media media) throws MediaException {
    for (Classifier classifier : loaded.classifiers(asked(media.kind()))) {
      Optional<CopyEmbedder> embedder =
          classifier.card().views() instanceof ModelCard.Whole
              ? loaded.copyEmbedder(classifier.backbone())
              : Optional.empty();
      if (embedder.isPresent()) {
        return embedded(media, classifier, embedder.get());
      }
    }
    return List.of();
  }

  private static List<EmbeddedFrame> embedded(
      Media media, Classifier classifier, CopyEmbedder embedder) throws MediaException {
    List<EmbeddedFrame> embedded = new ArrayList<>();
    for (ViewedFrame frame : seenBy(classifier.card(), media.kind(), ViewedFrames.of(media))) {
      media.budget().checkTime();
      MeanFeatures mean = new MeanFeatures();
      classifier.addFeatures(frame.views(), frame.features(), mean);
      Rectangle part = frame.views().trimmed();
      mean.mean()
          .map(features -> embedder.of(features.values(), features.shape()))
          .map(
              embedding ->
                  new EmbeddedFrame(
                      frame.frame(), embedding, part.x(), part.y(), part.width(), part.height()))
          .ifPresent(embedded::add);
    }
    return embedded;
  }

  private static Optional<String> viewName(ModelCard.Views views) {
    if (views instanceof ModelCard.Whole) {
      return Optional.of("whole");
    }
    return views instanceof ModelCard.Native ? Optional.of("native") : Optional.empty();
  }

  /** All frames, or some spread evenly over them. */
  private static List<ViewedFrame> seenBy(
      ModelCard card, MediaKind kind, List<ViewedFrame> frames) {
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

  private static boolean isTooSmall(ModelCard card, List<ViewedFrame> frames) {
    Picture first = frames.get(0).frame().picture();
    return Math.min(first.width(), first.height()) < card.belowSide();
  }

  private Evidence tooSmall(ModelCard card, Picture picture) {
    return abstention(
        card,
        Sentence.of(
            "it does not judge pictures with a side below {0} pixels; this one is {1} x {2}.",
            card.belowSide(), picture.width(), picture.height()));
  }

  private Evidence noTexture(ModelCard card, MediaKind kind) {
    return abstention(
        card,
        Sentence.of(
            kind == MediaKind.VIDEO
                ? "nothing in this video has texture to judge by."
                : "nothing in this image has texture to judge by."));
  }

  private Evidence abstention(ModelCard card, Sentence reason) {
    return without(card, CODE_ABSTAINED, Sentence.of("Model {0} abstains: {1}", card.id(), reason));
  }

  private Evidence spared(ModelCard card, String why) {
    return without(card, CODE_SPARED, Sentence.of(why, card.id()));
  }

  /** A model's line without a likelihood ratio. */
  private Evidence without(ModelCard card, String code, Sentence sentence) {
    return Evidence.of(id(), Evidence.Kind.CLASSIFIER, code, sentence)
        .from(Evidence.Source.model(card.id()))
        .details(Map.of("model", card.id()))
        .build();
  }

  @Override
  public void close() {
    loaded.close();
  }
}
