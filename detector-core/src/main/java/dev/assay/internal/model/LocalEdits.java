package dev.assay.internal.model;

import dev.assay.Evidence;
import dev.assay.MediaException;
import dev.assay.Region;
import dev.assay.Sentence;
import dev.assay.internal.fusion.FusionParameters.Edits;
import dev.assay.spi.Media;
import dev.assay.spi.Picture;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds what is not of one piece with the rest of a picture: put in, copied within, painted over or
 * made anew. It answers another question than the models that look for generation: a picture that
 * was generated as a whole is of one piece.
 *
 * <p>Two looks. The first is at the whole views that other models look at too, and costs next to
 * nothing; the second at squares side by side, two along the shorter side ({@link Tiles}), each a
 * run of the backbone. Owns its networks, not their backbone; thread-safe.
 */
final class LocalEdits implements AutoCloseable {

  /** Whole views that the first look takes, as the model of whole pictures does. */
  private static final ModelCard.Whole WHOLE = new ModelCard.Whole(3);

  private final PatchNetwork whole;
  private final PatchNetwork close;
  private final Edits fitted;

  /**
   * The finder.
   *
   * @param whole the network of the first look, owned from now on
   * @param close that of the second, owned from now on
   * @param fitted how what they say adds up
   */
  LocalEdits(PatchNetwork whole, PatchNetwork close, Edits fitted) {
    this.whole = whole;
    this.close = close;
    this.fitted = fitted;
  }

  /**
   * What a first look saw.
   *
   * @param views what is said of each whole view; none of a picture that is too small or has no
   *     texture
   * @param suspicious whether a second look is worth its time
   */
  record First(List<PatchNetwork.Found> views, boolean suspicious) {

    /** The strongest of them, log-odds. */
    private double score() {
      return views.stream().mapToDouble(PatchNetwork.Found::score).max().orElse(0);
    }
  }

  /**
   * What it says of a picture after a second look.
   *
   * @param examiner whose evidence it is
   * @return nothing where the first look had nothing to look at
   */
  Optional<Evidence> judge(String examiner, Media media, ViewedFrame looked, First first)
      throws MediaException {
    if (first.views().isEmpty()) {
      return Optional.empty();
    }
    PatchNetwork.Found second = second(media, looked, first);
    double ratio = fitted.ratio(first.score(), second.score());
    return Optional.of(evidence(examiner, looked.frame().picture(), first.score(), second, ratio));
  }

  /**
   * What it says of every patch of a picture, each as a region; none where it does not judge it.
   */
  List<Region> patches(Media media, ViewedFrame looked) throws MediaException {
    First first = first(looked);
    return first.views().isEmpty() ? List.of() : second(media, looked, first).patches().all();
  }

  /**
   * Looks at the whole views. To be done before others look at them: they do not ask what is said
   * of single patches.
   */
  First first(ViewedFrame looked) {
    Picture picture = looked.frame().picture();
    if (Math.min(picture.width(), picture.height()) < close.card().belowSide()) {
      return new First(List.of(), false);
    }
    List<PatchNetwork.Found> views =
        looked.views().of(WHOLE, whole.side()).stream()
            .map(view -> whole.find(Tiles.one(view), looked.features()))
            .toList();
    return new First(views, views.stream().anyMatch(view -> view.score() >= fitted.gate()));
  }

  /** What a closer look says, of patches together with the first. */
  private PatchNetwork.Found second(Media media, ViewedFrame looked, First first)
      throws MediaException {
    media.budget().checkTime();
    PatchNetwork.Found found = close.find(looked.views().tiles(close.side()), looked.features());
    List<PatchScores> before = first.views().stream().map(PatchNetwork.Found::patches).toList();
    return new PatchNetwork.Found(found.score(), found.patches().with(before));
  }

  private Evidence evidence(
      String examiner, Picture picture, double first, PatchNetwork.Found second, double ratio) {
    boolean altered = ratio >= fitted.threshold();
    List<Region> regions = altered ? second.patches().from(close.card().patch()) : List.of();
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("model", close.card().id());
    details.put("modelVersion", close.card().version());
    details.put("whole", first);
    details.put("close", second.score());
    details.put("altered", altered);
    if (altered) {
      details.put("area", area(regions, picture));
    }
    return Evidence.of(
            examiner,
            Evidence.Kind.CLASSIFIER,
            Evidence.LOCAL_EDIT,
            altered
                ? Sentence.of(
                    "A part of the picture, {0} % of it, does not fit the rest, {1} times more than"
                        + " parts of untouched pictures ({2}).",
                    Math.max(1, Math.round(100 * area(regions, picture))),
                    ScoreSentences.factor(ratio),
                    close.card().id())
                : Sentence.of(
                    "Nothing stands out as put in, painted over or made anew, which rules none out"
                        + " ({0}).",
                    close.card().id()))
        .from(Evidence.Source.model(close.card().id()))
        .logLikelihoodRatio(ratio)
        .details(details)
        .regions(regions)
        .build();
  }

  /** The share of the picture that the regions cover, 0 to 1. */
  private static double area(List<Region> regions, Picture picture) {
    double covered =
        regions.stream().mapToDouble(part -> (double) part.width() * part.height()).sum();
    return covered / ((double) picture.width() * picture.height());
  }

  @Override
  public void close() {
    whole.close();
    close.close();
  }
}
