package dev.assay.internal.model;

import dev.assay.ContentFeatures;
import dev.assay.Evidence;
import dev.assay.FailureCode;
import dev.assay.MediaException;
import dev.assay.MediaKind;
import dev.assay.Sentence;
import dev.assay.TimelinePoint;
import dev.assay.internal.model.ModelCard.Calibration.Line;
import dev.assay.internal.sound.SoundMeasures;
import dev.assay.spi.Examiner;
import dev.assay.spi.ExaminerInfo;
import dev.assay.spi.ExaminerInfo.Need;
import dev.assay.spi.Media;
import dev.assay.spi.Sound;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Lets trained models hear the sound of audio, or of a video: speech by those of speech, singing
 * and music by those of music. Also says what was measured of the sound, which limits how far an
 * answer carries.
 *
 * <p>Models are loaded when the first sound comes, once, and shared by all threads.
 */
public final class SoundExaminer implements Examiner {

  /** Code of what a model says of speech, in evidence. */
  public static final String CODE_SPEECH = Evidence.SPEECH;

  /** Code of what a model says of music and singing, in evidence. */
  public static final String CODE_MUSIC = Evidence.MUSIC;

  /** Code of what a fitted head adds, in evidence. */
  public static final String CODE_ADAPTED = Evidence.ADAPTED_SPEECH;

  /** The name of the features of speech, among {@link ContentFeatures}. */
  public static final String SPEECH = "speech";

  /** Code of a model's abstention, in evidence. */
  public static final String CODE_ABSTAINED = "sound.abstained";

  /** Code of what was measured of the sound, in evidence. */
  public static final String CODE_MEASURED = Evidence.SOUND_MEASURED;

  /** Code of stretches of zeros within the sound, in evidence. */
  public static final String CODE_DEAD = "sound.dead";

  /** Code of a stretch of speech that sounds generated where the rest does not, in evidence. */
  public static final String CODE_STRETCH = "sound.stretch";

  /** Code of sound of a video that cannot be decoded, in evidence. */
  public static final String CODE_UNDECODABLE = "sound.undecodable";

  /** What it is. */
  public static final ExaminerInfo INFO =
      new ExaminerInfo(
          "sound",
          "what trained models hear in voices and music",
          Set.of(Need.SOUND),
          Map.of(
              CODE_SPEECH,
              "A trained model's log-likelihood ratio on the speech, with the times that it comes"
                  + " from.",
              CODE_MUSIC,
              "A trained model's log-likelihood ratio on the music and singing, with the times that"
                  + " it comes from.",
              CODE_ADAPTED,
              "What a head of the user's profile adds to the log-likelihood ratio of the shipped"
                  + " models of speech: it was fitted to one generator of voices.",
              CODE_ABSTAINED,
              "A trained model abstains from the sound, or none judges it, and why.",
              CODE_MEASURED,
              "What the sound is: how much of the spectrum it fills, how loud it is, how much of it"
                  + " is speech.",
              CODE_DEAD,
              "Zeros within the sound, as cutting and muting leave them.",
              CODE_STRETCH,
              "A stretch of the speech sounds generated where the rest does not, with its times.",
              CODE_UNDECODABLE,
              "The sound of the video cannot be decoded, and why."));

  /** A larger share than this is most of a sound. */
  private static final double MOST = 0.5;

  private final ModelCatalogue catalogue;
  private final LoadedModels loaded;
  private final Ensemble ensemble;
  private final AdaptedHeads heads;

  /**
   * An examiner with these models; none is loaded yet.
   *
   * @param heads that a user fitted beside these models
   * @param threads threads that one inference may use, at least 1
   */
  public SoundExaminer(ModelCatalogue catalogue, List<AdaptedHead> heads, int threads) {
    this.catalogue = catalogue;
    this.heads = AdaptedHeads.of(heads, MediaKind.AUDIO);
    this.ensemble = new Ensemble(catalogue.fusion());
    this.loaded = new LoadedModels(catalogue, threads);
  }

  @Override
  public ExaminerInfo info() {
    return INFO;
  }

  private List<String> asked() {
    return catalogue.asked().getOrDefault(MediaKind.AUDIO, List.of());
  }

  /** For videos only when the sound comes: many have none, and their pictures take longer. */
  @Override
  public void prepare(MediaKind kind) {
    if (kind == MediaKind.AUDIO && !asked().isEmpty()) {
      loaded.begin(kind, asked());
    }
  }

  @Override
  public List<Evidence> examine(Media media) throws MediaException {
    if (media.kind() == MediaKind.IMAGE || asked().isEmpty()) {
      return List.of();
    }
    try (Sound sound = media.sound().orElse(null)) {
      return sound == null ? List.of() : examine(media, sound);
    } catch (MediaException e) {
      if (media.kind() == MediaKind.AUDIO || e.code() == FailureCode.TIMED_OUT) {
        throw e;
      }
      return List.of(undecodable(e));
    }
  }

  private List<Evidence> examine(Media media, Sound sound) throws MediaException {
    List<Classifier> classifiers = classifiers();
    HeardSound heard = heard(media, sound, classifiers);
    List<Evidence> evidence = new ArrayList<>();
    List<Classifier> judging = new ArrayList<>();
    for (Classifier classifier : classifiers) {
      Optional<Sentence> reason = abstains(classifier.card(), heard);
      if (reason.isPresent()) {
        evidence.add(abstention(classifier.card(), reason.get()));
      } else if (!heard.judgedBy(classifier.card()).isEmpty()) {
        judging.add(classifier);
      }
    }
    List<Evidence> ofModels = weighed(heard, judging);
    evidence.addAll(0, ofModels);
    evidence.addAll(ofHeads(heard, ofModels));
    stretch(heard, judging).ifPresent(evidence::add);
    if (evidence.isEmpty()
        && heard.share(SoundKind.MUSIC) + heard.share(SoundKind.SINGING) > MOST) {
      evidence.add(music());
    }
    evidence.add(measured(heard));
    dead(heard.measured()).ifPresent(evidence::add);
    return evidence;
  }

  private List<Classifier> classifiers() {
    return loaded.classifiers(asked()).stream().filter(c -> line(c).isPresent()).toList();
  }

  private HeardSound heard(Media media, Sound sound, List<Classifier> classifiers)
      throws MediaException {
    return HeardSound.of(
        sound,
        new HeardSound.Ears(loaded.voiceActivity(), loaded.soundKind(), classifiers),
        media.budget());
  }

  /** What fitted heads add; nothing where the shipped models of speech abstain. */
  private List<Evidence> ofHeads(HeardSound heard, List<Evidence> ofModels) {
    List<Evidence> ofSpeech =
        ofModels.stream().filter(piece -> piece.code().equals(CODE_SPEECH)).toList();
    if (ofSpeech.isEmpty() || heard.speech().isEmpty()) {
      return List.of();
    }
    double whole = ofSpeech.stream().mapToDouble(p -> p.logLikelihoodRatio().orElse(0)).sum();
    return heads.evidence(id(), CODE_ADAPTED, Map.of(SPEECH, heard.speech().get()), whole);
  }

  /**
   * What the backbone computes of the speech in it, for heads that are fitted later.
   *
   * @return empty where there is none, or no model of speech with a backbone is asked
   */
  public Optional<ContentFeatures> features(Media media) throws MediaException {
    List<Classifier> classifiers = asked().isEmpty() ? List.of() : classifiers();
    Optional<BackboneCard> backbone =
        HeardSound.readerOfSpeech(classifiers).flatMap(Classifier::backbone);
    if (backbone.isEmpty()) {
      return Optional.empty();
    }
    try (Sound sound = media.sound().orElse(null)) {
      return sound == null
          ? Optional.empty()
          : heard(media, sound, classifiers)
              .speech()
              .map(
                  mean ->
                      new ContentFeatures(
                          MediaKind.AUDIO, backbone.get().sha256(), Map.of(SPEECH, mean)));
    }
  }

  private static Optional<Line> line(Classifier classifier) {
    return classifier.card().calibration().of(MediaKind.AUDIO);
  }

  /** Why a model has no say; nothing of one that nothing was heard for. */
  private static Optional<Sentence> abstains(ModelCard card, HeardSound heard) {
    if (!(card.abstains() instanceof ModelCard.Narrow bounds)) {
      return Optional.empty();
    }
    double seconds = seconds(card, heard);
    if (seconds > 0 && seconds < bounds.belowSeconds()) {
      return Optional.of(
          Sentence.of(
              "there are {0} seconds of what it judges; it takes {1}.",
              oneDecimal(seconds), oneDecimal(bounds.belowSeconds())));
    }
    if (seconds > 0 && heard.measured().bandwidthHertz() < bounds.belowHertz()) {
      return Optional.of(
          Sentence.of(
              "the sound ends at {0} Hz, as over a telephone; traces of generation lie above, up to"
                  + " {1} Hz at least.",
              Math.round(heard.measured().bandwidthHertz()), bounds.belowHertz()));
    }
    return Optional.empty();
  }

  /** Of speech the voice alone counts, else all that was heard. */
  private static double seconds(ModelCard card, HeardSound heard) {
    double seconds = 0;
    double end = 0;
    for (HeardWindow window : heard.judgedBy(card)) {
      seconds += Math.max(0, window.to() - Math.max(end, window.from()));
      end = Math.max(end, window.to());
    }
    return card.task().equals(ModelCard.SPEECH_TASK)
        ? Math.min(seconds, heard.voicedSeconds())
        : seconds;
  }

  private static String oneDecimal(double value) {
    return String.valueOf(Math.round(value * 10) / 10.0);
  }

  /** What each model adds beside the others. */
  private List<Evidence> weighed(HeardSound heard, List<Classifier> judging) {
    Map<String, Ensemble.Share> shares = shares(heard, judging);
    return judging.stream().map(c -> evidence(heard, c, share(shares, c))).toList();
  }

  private Map<String, Ensemble.Share> shares(HeardSound heard, List<Classifier> judging) {
    Map<String, Double> ratios = new LinkedHashMap<>();
    judging.forEach(c -> ratios.put(c.card().id(), ratio(c, score(heard, c.card()))));
    return ensemble.shares(MediaKind.AUDIO, ratios);
  }

  private static Ensemble.Share share(Map<String, Ensemble.Share> shares, Classifier classifier) {
    return Objects.requireNonNull(shares.get(classifier.card().id()));
  }

  /** Speech that sounds generated where the rest does not, by all models of speech together. */
  private Optional<Evidence> stretch(HeardSound heard, List<Classifier> judging) {
    List<Classifier> ofSpeech =
        judging.stream().filter(c -> c.card().task().equals(ModelCard.SPEECH_TASK)).toList();
    if (ofSpeech.isEmpty()) {
      return Optional.empty();
    }
    List<SuspectStretch.Heard> windows =
        heard.judgedBy(ofSpeech.get(0).card()).stream()
            .map(
                window ->
                    new SuspectStretch.Heard(
                        window.from(),
                        window.to(),
                        together(window, ofSpeech),
                        unbounded(window, ofSpeech)))
            .toList();
    return SuspectStretch.strongest(windows).map(this::stretch);
  }

  /** What all models of speech say of one window. */
  private double together(HeardWindow window, List<Classifier> classifiers) {
    Map<String, Double> ratios = new LinkedHashMap<>();
    classifiers.forEach(c -> ratios.put(c.card().id(), ratio(c, logit(window, c.card()))));
    Map<String, Ensemble.Share> shares = ensemble.shares(MediaKind.AUDIO, ratios);
    return classifiers.stream()
        .mapToDouble(c -> share(shares, c).of(ratio(c, logit(window, c.card()))))
        .sum();
  }

  private double unbounded(HeardWindow window, List<Classifier> classifiers) {
    Map<String, Double> ratios = new LinkedHashMap<>();
    for (Classifier classifier : classifiers) {
      ModelCard card = classifier.card();
      Line line = line(classifier).orElseThrow();
      ratios.put(card.id(), card.calibration().unbounded(line, logit(window, card)));
    }
    return ensemble.unbounded(MediaKind.AUDIO, ratios);
  }

  private Evidence stretch(SuspectStretch found) {
    return Evidence.of(
            id(),
            Evidence.Kind.FORENSICS,
            CODE_STRETCH,
            Sentence.of(
                "The voice {0} {1}; the rest of the speech does not.",
                ScoreSentences.span(found.from(), found.to()),
                ScoreSentences.looks(ScoreSentences.What.VOICES, found.logLikelihoodRatio())))
        .details(
            Map.of(
                "fromSeconds", found.from(),
                "toSeconds", found.to(),
                "logLikelihoodRatio", found.logLikelihoodRatio()))
        .build();
  }

  private static double score(HeardSound heard, ModelCard card) {
    return heard.judgedBy(card).stream()
        .mapToDouble(window -> logit(window, card))
        .average()
        .orElseThrow();
  }

  private static double logit(HeardWindow window, ModelCard card) {
    return Objects.requireNonNull(window.logits().get(card.id()));
  }

  private static double ratio(Classifier classifier, double score) {
    return classifier
        .card()
        .calibration()
        .logLikelihoodRatio(line(classifier).orElseThrow(), score);
  }

  private Evidence evidence(HeardSound heard, Classifier classifier, Ensemble.Share share) {
    ModelCard card = classifier.card();
    boolean speech = card.task().equals(ModelCard.SPEECH_TASK);
    double score = score(heard, card);
    double added = share.of(ratio(classifier, score));
    List<TimelinePoint> timeline =
        heard.judgedBy(card).stream()
            .map(
                window ->
                    new TimelinePoint(
                        window.middle(), share.of(ratio(classifier, logit(window, card)))))
            .toList();
    ScoreSentences.What what = speech ? ScoreSentences.What.VOICES : ScoreSentences.What.MUSIC;
    Sentence sentence =
        Sentence.of(
            speech ? "The speech {0} ({1})." : "The music {0} ({1}).",
            ScoreSentences.looks(what, added),
            card.id());
    return Evidence.of(id(), Evidence.Kind.CLASSIFIER, speech ? CODE_SPEECH : CODE_MUSIC, sentence)
        .from(Evidence.Source.model(card.id()))
        .logLikelihoodRatio(added)
        .details(
            Map.of(
                "model", card.id(),
                "modelVersion", card.version(),
                "score", score,
                "windows", timeline.size()))
        .timeline(timeline)
        .build();
  }

  private Evidence abstention(ModelCard card, Sentence reason) {
    return Evidence.of(
            id(),
            Evidence.Kind.CLASSIFIER,
            CODE_ABSTAINED,
            Sentence.of("Model {0} abstains: {1}", card.id(), reason))
        .from(Evidence.Source.model(card.id()))
        .details(Map.of("model", card.id()))
        .build();
  }

  private Evidence music() {
    return Evidence.of(
            id(),
            Evidence.Kind.FACT,
            CODE_ABSTAINED,
            "Most of it is music or singing, which no model of this installation judges.")
        .build();
  }

  private Evidence measured(HeardSound heard) {
    SoundMeasures.Result measured = heard.measured();
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("seconds", measured.seconds());
    details.put("speechSeconds", heard.voicedSeconds());
    details.put("bandwidthHertz", Math.round(measured.bandwidthHertz()));
    details.put("levelDecibels", measured.levelDecibels());
    details.put("clippedShare", measured.clippedShare());
    details.put("zeroShare", measured.zeroShare());
    Map<String, Object> shares = new LinkedHashMap<>();
    for (SoundKind kind : SoundKind.values()) {
      shares.put(kind.code(), heard.share(kind));
    }
    details.put("heard", shares);
    return Evidence.of(
            id(),
            Evidence.Kind.FACT,
            CODE_MEASURED,
            Sentence.of(
                "The sound lasts {0} seconds, {1} of them voice, and reaches up to {2} Hz.",
                oneDecimal(measured.seconds()),
                oneDecimal(heard.voicedSeconds()),
                Math.round(measured.bandwidthHertz())))
        .details(details)
        .build();
  }

  private Optional<Evidence> dead(SoundMeasures.Result measured) {
    if (measured.dead().isEmpty()) {
      return Optional.empty();
    }
    List<Map<String, Object>> stretches = new ArrayList<>();
    measured
        .dead()
        .forEach(s -> stretches.add(Map.of("fromSeconds", s.from(), "toSeconds", s.to())));
    return Optional.of(
        Evidence.of(
                id(),
                Evidence.Kind.FACT,
                CODE_DEAD,
                Sentence.of(
                    "Within the sound there is dead silence, first {0}: nothing but zeros, which no"
                        + " microphone gives. Cutting, muting and some programs that suppress noise"
                        + " leave it.",
                    ScoreSentences.span(
                        measured.dead().get(0).from(), measured.dead().get(0).to())))
            .details(Map.of("stretches", stretches))
            .build());
  }

  private Evidence undecodable(MediaException e) {
    return Evidence.of(
            id(),
            Evidence.Kind.FACT,
            CODE_UNDECODABLE,
            Sentence.of("The sound of the video was not judged. {0}", e.sentence()))
        .build();
  }

  @Override
  public void close() {
    loaded.close();
  }
}
