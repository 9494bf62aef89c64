package dev.assay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.internal.media.MediaOpener;
import dev.assay.internal.media.OpenedMedia;
import dev.assay.internal.media.Source;
import dev.assay.internal.media.TestSound;
import dev.assay.internal.media.TestVideo;
import dev.assay.internal.media.TrackJoiner;
import dev.assay.internal.model.Adaptation;
import dev.assay.internal.model.SoundExaminer;
import dev.assay.internal.resource.Sha256;
import dev.assay.page.PagePictures;
import dev.assay.spi.Sound;
import java.net.URISyntaxException;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the whole says of sound, with the shipped models. */
class SoundDetectionTest {

  private static Detector detector;

  @TempDir Path folder;

  @BeforeAll
  static void open() {
    detector = Detector.open();
  }

  @AfterAll
  static void close() {
    detector.close();
  }

  private static Evidence one(Report report, String code) {
    List<Evidence> found =
        report.evidence().stream().filter(piece -> piece.code().equals(code)).toList();
    assertEquals(1, found.size(), () -> code + " in " + report.evidence());
    return found.get(0);
  }

  private static double number(Evidence piece, String name) {
    return ((Number) piece.details().get(name)).doubleValue();
  }

  @Test
  void noiseIsNeitherSpeechNorMusicAndIsNotJudged() throws Exception {
    Random random = new Random(2);
    Path file =
        new TestSound("pcm_s16le")
            .rate(16_000)
            .seconds(10)
            .wave((channel, time) -> 0.1 * random.nextGaussian())
            .write(folder.resolve("noise.wav"));
    Report report = detector.analyze(file);
    assertEquals(Verdict.Label.INCONCLUSIVE, report.verdict().orElseThrow().label());
    assertTrue(
        report.warnings().stream().anyMatch(w -> w.code() == WarningCode.AUDIO_NOT_JUDGED),
        report.warnings().toString());
    Evidence measured = one(report, Evidence.SOUND_MEASURED);
    assertEquals(10, number(measured, "seconds"), 0.1);
    assertEquals(0, number(measured, "speechSeconds"), 0.5);
  }

  @Test
  void silenceIsAnAnswerAndNoFailure() throws Exception {
    Report report =
        detector.analyze(new TestSound("libmp3lame").write(folder.resolve("silence.mp3")));
    assertEquals(Verdict.Label.INCONCLUSIVE, report.verdict().orElseThrow().label());
    assertEquals(1.0, number(one(report, Evidence.SOUND_MEASURED), "zeroShare"), 0.01);
  }

  @Test
  void tellsWhatItIsByItsTracks() throws Exception {
    Path file =
        new TestSound("aac").rate(44_100).channels(2).tone(440, 0.3).write(folder.resolve("x.m4a"));
    Report report = detector.analyze(file);
    assertEquals("aac", report.media().orElseThrow().sound().get(0).codec());
    Evidence measured = one(report, Evidence.SOUND_MEASURED);
    assertEquals(
        List.of("speech", "singing", "music", "other"),
        List.copyOf(((Map<?, ?>) measured.details().get("heard")).keySet()));
  }

  private static Path recorded(String name) throws URISyntaxException {
    return Path.of(SoundDetectionTest.class.getResource("/sound/" + name).toURI());
  }

  /** The samples of a recording at 16 kHz. */
  private static float[] samples(String name) throws Exception {
    float[] all = {};
    try (OpenedMedia media = MediaOpener.open(Source.of(recorded(name), name), Limits.defaults());
        Sound sound = media.sound().orElseThrow()) {
      while (sound.next()) {
        float[] block = sound.resampled();
        int before = all.length;
        all = Arrays.copyOf(all, before + block.length);
        System.arraycopy(block, 0, all, before, block.length);
      }
    }
    return all;
  }

  private static TestSound.Wave played(float[] samples) {
    return (channel, time) -> samples[Math.min(samples.length - 1, (int) (time * Sound.RATE))];
  }

  private static double ratio(Report report) {
    return report.verdict().orElseThrow().logLikelihoodRatio();
  }

  @Test
  void tellsAGeneratedVoiceFromAReader() throws Exception {
    Report generated = detector.analyze(recorded("hibari.opus"));
    assertEquals(Verdict.Label.SYNTHETIC, generated.verdict().orElseThrow().label());
    assertEquals(Set.of(Verdict.Basis.DETECTED), generated.verdict().orElseThrow().basis());
    assertTrue(generated.warnings().isEmpty(), generated.warnings().toString());
    Report real = detector.analyze(recorded("reader.opus"));
    assertTrue(ratio(real) < 0, "a reader: " + ratio(real));
    Evidence speech =
        generated.evidence().stream()
            .filter(piece -> piece.code().equals(Evidence.SPEECH))
            .findFirst()
            .orElseThrow();
    assertTrue(speech.timeline().size() >= 3, speech.timeline().toString());
    assertTrue(speech.timeline().stream().allMatch(point -> point.timeSeconds() < 9));
  }

  @Test
  void saysTheSameOfTheSameSoundOnEveryRun() throws Exception {
    Report first = detector.analyze(recorded("hibari.opus"));
    assertEquals(first.evidence(), detector.analyze(recorded("hibari.opus")).evidence());
  }

  @Test
  void namesTenGeneratedSecondsInARealRecording() throws Exception {
    float[] reader = samples("reader.opus");
    float[] generated = samples("hibari.opus");
    int before = 4 * reader.length;
    Path file =
        new TestSound("flac")
            .rate(16_000)
            .seconds((before + generated.length + before) / 16_000.0)
            .wave(
                (channel, time) -> {
                  int at = (int) Math.round(time * 16_000);
                  return at >= before && at < before + generated.length
                      ? generated[at - before]
                      : reader[at % reader.length];
                })
            .write(folder.resolve("spliced.flac"));
    Report report = detector.analyze(file);
    Evidence stretch = one(report, "sound.stretch");
    assertEquals(before / 16_000.0, number(stretch, "fromSeconds"), 4);
    assertEquals((before + generated.length) / 16_000.0, number(stretch, "toSeconds"), 4);
    assertTrue(
        report.notes().stream().anyMatch(note -> note.code() == NoteCode.PART_DIFFERS),
        report.notes().toString());
    assertTrue(
        detector.analyze(recorded("reader.opus")).evidence().stream()
            .noneMatch(piece -> piece.code().equals("sound.stretch")));
  }

  @Test
  void abstainsFromWhatCameThroughATelephone() throws Exception {
    Path file =
        new TestSound("pcm_mulaw")
            .rate(8000)
            .seconds(8)
            .wave(played(samples("hibari.opus")))
            .write(folder.resolve("call.wav"));
    Report report = detector.analyze(file);
    assertEquals(Verdict.Label.INCONCLUSIVE, report.verdict().orElseThrow().label());
    assertTrue(
        report.evidence().stream()
            .anyMatch(
                piece ->
                    piece.code().equals("sound.abstained")
                        && piece.summary().contains("as over a telephone")),
        report.evidence().toString());
  }

  @Test
  void abstainsFromASecondOfSpeech() throws Exception {
    Path file =
        new TestSound("flac")
            .rate(16_000)
            .seconds(1.7)
            .wave(played(samples("hibari.opus")))
            .write(folder.resolve("short.flac"));
    Report report = detector.analyze(file);
    assertEquals(Verdict.Label.INCONCLUSIVE, report.verdict().orElseThrow().label());
    assertTrue(
        report.evidence().stream().noneMatch(piece -> piece.code().equals(Evidence.SPEECH)),
        report.evidence().toString());
  }

  @Test
  void aVoiceInAFilmHasAnAnswerOfItsOwn() throws Exception {
    Path pictures =
        new TestVideo().codec("libopenh264").frames(30, 10).write(folder.resolve("film.mp4"));
    Path film =
        TrackJoiner.join(
            folder.resolve("film.mkv"), List.of(pictures, recorded("hibari.opus")), 1, 1);
    Verdict verdict = detector.analyze(film).verdict().orElseThrow();
    assertEquals(
        List.of(Verdict.Medium.PICTURE, Verdict.Medium.SPEECH),
        verdict.parts().stream().map(Verdict.Part::medium).toList());
    assertEquals(Verdict.Label.SYNTHETIC, verdict.parts().get(1).label());
    assertEquals(Verdict.Label.SYNTHETIC, verdict.label());
  }

  /** A profile with one head, which takes for its generator's whatever sounds like this. */
  private Path profileOfVoice(Path voice) throws Exception {
    ContentFeatures own = detector.features(voice).orElseThrow();
    assertEquals(Set.of(SoundExaminer.SPEECH), own.views().keySet());
    FloatBuffer mean = own.views().get(SoundExaminer.SPEECH);
    double square = 0;
    for (int i = 0; i < mean.limit(); i++) {
      square += (double) mean.get(i) * mean.get(i);
    }
    byte[] coefficients = own.bytes();
    Path profile = Files.createDirectory(folder.resolve("own"));
    Files.write(profile.resolve("own-voice.head"), coefficients);
    Adaptation.Head head =
        new Adaptation.Head(
            "own-voice",
            "2026-11-29",
            "a voice",
            "audio",
            "own-voice.head",
            Sha256.hexadecimal(coefficients),
            0.3,
            100 / square,
            -90,
            5);
    Adaptation.Card card =
        new Adaptation.Card(
            1,
            "own",
            "2026-11-29",
            "test",
            "balanced",
            "none",
            null,
            Map.of(),
            List.of(head),
            List.of());
    Files.write(profile.resolve(Adaptation.FILE), new ObjectMapper().writeValueAsBytes(card));
    return profile;
  }

  @Test
  void aHeadThatAUserFittedToAVoiceIsHeardInSoundAndFilm() throws Exception {
    Path profile = profileOfVoice(recorded("reader.opus"));
    Path pictures =
        new TestVideo().codec("libopenh264").frames(30, 10).write(folder.resolve("film.mp4"));
    Path film =
        TrackJoiner.join(
            folder.resolve("film.mkv"), List.of(pictures, recorded("reader.opus")), 1, 1);
    try (Detector fitted = Detector.open(DetectorSettings.defaults().withProfileFolder(profile))) {
      Report sound = fitted.analyze(recorded("reader.opus"));
      Evidence added = one(sound, Evidence.ADAPTED_SPEECH);
      assertTrue(added.summary().startsWith("The voice sounds like what a voice makes"));
      double before = ratio(detector.analyze(recorded("reader.opus")));
      assertEquals(before + added.logLikelihoodRatio().orElseThrow(), ratio(sound), 1e-6);
      assertTrue(ratio(sound) > 2, "of the head: " + ratio(sound));
      Report ofFilm = fitted.analyze(film);
      one(ofFilm, Evidence.ADAPTED_SPEECH);
      assertEquals(Verdict.Label.SYNTHETIC, ofFilm.verdict().orElseThrow().parts().get(1).label());
      assertTrue(sound.warnings().isEmpty(), sound.warnings().toString());
    }
  }

  @Test
  void aHeadOfAnotherEncoderIsRefused() throws Exception {
    Path profile = profileOfVoice(recorded("reader.opus"));
    Path file = profile.resolve(Adaptation.FILE);
    ContentFeatures own = detector.features(recorded("reader.opus")).orElseThrow();
    byte[] other = new ContentFeatures(MediaKind.AUDIO, "0".repeat(64), own.views()).bytes();
    Files.write(profile.resolve("own-voice.head"), other);
    Files.writeString(
        file,
        Files.readString(file).replace(Sha256.hexadecimal(own.bytes()), Sha256.hexadecimal(other)));
    DetectorSettings settings = DetectorSettings.defaults().withProfileFolder(profile);
    String message =
        String.valueOf(
            assertThrows(ModelException.class, () -> Detector.open(settings)).getMessage());
    assertTrue(message.contains("another backbone"), message);
  }

  @Test
  void soundThatCannotBeDecodedTakesNothingFromThePictures() throws Exception {
    Path pictures =
        new TestVideo().codec("libopenh264").frames(30, 10).write(folder.resolve("film.mp4"));
    Path tone = new TestSound("aac").tone(440, 0.5).write(folder.resolve("tone.m4a"));
    Path film = TrackJoiner.join(folder.resolve("film.mkv"), List.of(pictures, tone), 1, 1);
    byte[] bytes = Files.readAllBytes(film);
    int codec = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("A_AAC");
    System.arraycopy("A_XYZ".getBytes(StandardCharsets.US_ASCII), 0, bytes, codec, 5);
    Files.write(film, bytes);
    List<PagePictures> shown = new ArrayList<>();
    Report report =
        detector.analyze(
            film,
            examined ->
                shown.add(
                    PagePictures.of(
                        examined.report(),
                        examined.media(),
                        examined.regions(),
                        examined.patches(),
                        examined.playableSound(PagePictures.MAX_SOUND_BYTES))));
    one(report, "sound.undecodable");
    assertTrue(report.verdict().isPresent());
    assertTrue(shown.get(0).frames().size() > 1, "its frames are shown");
    assertTrue(shown.get(0).sound().isEmpty());
  }
}
