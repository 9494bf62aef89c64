package dev.assay.internal.model;

import dev.assay.Evidence;
import dev.assay.MediaException;
import dev.assay.MediaKind;
import dev.assay.Region;
import dev.assay.Sentence;
import dev.assay.TimelinePoint;
import dev.assay.internal.face.Face;
import dev.assay.internal.face.FaceDetector;
import dev.assay.internal.face.FaceTracks;
import dev.assay.internal.face.Sighting;
import dev.assay.internal.model.ModelCard.Calibration.Line;
import dev.assay.spi.Media;
import dev.assay.spi.Picture;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Shows the faces of a picture or video to a model that judges faces: one piece of evidence for
 * each person, by the tracks of {@link FaceTracks}. A track's score is the mean over its samples.
 */
final class FaceJudge {

  /**
   * Faces that are looked at in all frames of one video together, unless these are more: in every
   * frame as many, at least one.
   */
  static final int SAMPLES = 16;

  private final String examiner;
  private final Classifier classifier;
  private final ModelCard card;
  private final int mostPerFrame;
  private final Line line;
  private final FaceDetector detector;

  /** One look at a face. */
  private record Sample(double timeSeconds, Face face, Rectangle square, double score) {}

  /** A face that is to be looked at, as large as it is. */
  private record Candidate(Face face, Face.Square square) {}

  FaceJudge(
      String examiner,
      Classifier classifier,
      ModelCard.Faces views,
      Line line,
      FaceDetector detector) {
    this.examiner = examiner;
    this.classifier = classifier;
    this.card = classifier.card();
    this.mostPerFrame = views.most();
    this.line = line;
    this.detector = detector;
  }

  /**
   * Judges the faces.
   *
   * @param media what they are in
   * @param frames its frames, in order of time
   * @return a piece of evidence for each person, in order of appearance; none without faces
   */
  List<Evidence> judge(Media media, List<ViewedFrame> frames) throws MediaException {
    FaceTracks tracks = new FaceTracks();
    List<List<Sample>> persons = new ArrayList<>();
    int largest = 0;
    int most = Math.min(mostPerFrame, Math.max(1, SAMPLES / frames.size()));
    for (ViewedFrame looked : frames) {
      media.budget().checkTime();
      List<Candidate> candidates = candidates(looked.frame().picture());
      for (Candidate candidate : candidates) {
        largest = Math.max(largest, candidate.square().side());
      }
      List<Candidate> large =
          candidates.stream()
              .filter(candidate -> candidate.square().side() >= card.belowSide())
              .limit(most)
              .toList();
      sample(looked, large, tracks, persons);
    }
    if (persons.isEmpty()) {
      return largest > 0 ? List.of(tooSmall(largest)) : List.of();
    }
    boolean still = frames.size() == 1 && media.kind() == MediaKind.IMAGE;
    List<Evidence> evidence = new ArrayList<>();
    for (int i = 0; i < persons.size(); i++) {
      evidence.add(judged(still, i + 1, persons.get(i)));
    }
    return evidence;
  }

  private List<Candidate> candidates(Picture picture) {
    return detector.find(picture).stream()
        .map(face -> new Candidate(face, face.square(picture.width(), picture.height())))
        .sorted(Comparator.comparingInt(candidate -> -candidate.square().side()))
        .toList();
  }

  private void sample(
      ViewedFrame looked,
      List<Candidate> candidates,
      FaceTracks tracks,
      List<List<Sample>> persons) {
    double time = looked.frame().timeSeconds();
    List<Sighting> sightings = new ArrayList<>();
    List<Sample> samples = new ArrayList<>();
    for (Candidate candidate : candidates) {
      Face.Square square = candidate.square();
      Rectangle part = new Rectangle(square.x(), square.y(), square.side(), square.side());
      View view = looked.views().square(part, classifier.side());
      double score = classifier.score(List.of(view), looked.features()).score();
      samples.add(new Sample(time, candidate.face(), part, score));
      sightings.add(
          new Sighting(time, candidate.face(), classifier.appearance(view, looked.features())));
    }
    List<Integer> numbers = tracks.add(sightings);
    for (int i = 0; i < numbers.size(); i++) {
      while (persons.size() <= numbers.get(i)) {
        persons.add(new ArrayList<>());
      }
      persons.get(numbers.get(i)).add(samples.get(i));
    }
  }

  private Evidence judged(boolean still, int number, List<Sample> samples) {
    double score = samples.stream().mapToDouble(Sample::score).average().orElseThrow();
    double ratio = ratio(score);
    List<TimelinePoint> timeline = still ? List.of() : samples.stream().map(this::point).toList();
    Sentence sentence = sentence(still, number, samples, ratio);
    return Evidence.of(
            examiner,
            Evidence.Kind.CLASSIFIER,
            ClassifierExaminer.CODE_FACE,
            TimeRange.strongest(timeline)
                .filter(part -> ratio > 0)
                .map(
                    part ->
                        Sentence.all(List.of(sentence, part.sentence(ScoreSentences.What.FACES))))
                .orElse(sentence))
        .from(Evidence.Source.model(card.id()))
        .logLikelihoodRatio(ratio)
        .details(details(still, number, samples, score))
        .regions(still ? List.of(region(samples.get(0))) : List.of())
        .timeline(timeline)
        .build();
  }

  private double ratio(double score) {
    return card.calibration().logLikelihoodRatio(line, score);
  }

  private Region region(Sample sample) {
    Rectangle square = sample.square();
    return new Region(
        square.x(), square.y(), square.width(), square.height(), ratio(sample.score()));
  }

  private TimelinePoint point(Sample sample) {
    return new TimelinePoint(
        sample.timeSeconds(), ratio(sample.score()), Optional.of(region(sample)));
  }

  private Sentence sentence(boolean still, int number, List<Sample> samples, double ratio) {
    Sentence face = Sentence.of("Face {0}", number);
    if (!still) {
      Sentence count =
          samples.size() == 1
              ? Sentence.of("1 sample")
              : Sentence.of("{0} samples", samples.size());
      face =
          Sentence.of(
              "{0} ({1}, {2})", face, ScoreSentences.span(first(samples), last(samples)), count);
    }
    return ratio > 0
        ? Sentence.of(
            "{0} looks like swapped or generated faces, {1} times more than like real ones ({2}).",
            face, ScoreSentences.factor(ratio), card.id())
        : Sentence.of("{0} gives no sign of a swap, which rules none out ({1}).", face, card.id());
  }

  private Map<String, Object> details(
      boolean still, int number, List<Sample> samples, double score) {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("model", card.id());
    details.put("modelVersion", card.version());
    details.put("score", score);
    details.put("face", number);
    details.put(
        "largestSide", samples.stream().mapToInt(s -> s.square().width()).max().orElseThrow());
    details.put(
        "confidence", samples.stream().mapToDouble(s -> s.face().confidence()).max().orElseThrow());
    if (!still) {
      details.put("fromSeconds", first(samples));
      details.put("toSeconds", last(samples));
    }
    return details;
  }

  private static double first(List<Sample> samples) {
    return samples.get(0).timeSeconds();
  }

  private static double last(List<Sample> samples) {
    return samples.get(samples.size() - 1).timeSeconds();
  }

  private Evidence tooSmall(int largest) {
    return Evidence.of(
            examiner,
            Evidence.Kind.CLASSIFIER,
            ClassifierExaminer.CODE_ABSTAINED,
            Sentence.of(
                "Model {0} abstains: the squares around faces have sides of at most {1} pixels; it"
                    + " judges those of {2} and more.",
                card.id(), largest, card.belowSide()))
        .from(Evidence.Source.model(card.id()))
        .details(Map.of("model", card.id(), "largestSide", largest))
        .build();
  }
}
