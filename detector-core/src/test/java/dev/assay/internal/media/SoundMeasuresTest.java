package dev.assay.internal.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.Limits;
import dev.assay.MediaException;
import dev.assay.forensics.Spectrogram;
import dev.assay.internal.sound.SoundMeasures;
import dev.assay.spi.Sound;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is measured of sound, and drawn of it, on files made for it. */
class SoundMeasuresTest {

  @TempDir Path folder;

  private static SoundMeasures.Result measured(Path file) throws MediaException, IOException {
    try (OpenedMedia media = MediaOpener.open(Source.of(file, "x"), Limits.defaults());
        Sound sound = media.sound().orElseThrow()) {
      SoundMeasures measures = new SoundMeasures(sound.track().rate());
      while (sound.next()) {
        measures.add(sound);
      }
      return measures.result();
    }
  }

  private static TestSound.Wave noise(double amplitude) {
    Random random = new Random(1);
    return (channel, time) -> amplitude * (2 * random.nextDouble() - 1);
  }

  @ParameterizedTest
  @CsvSource({"8000, 3900, 4000", "16000, 7900, 8000", "44100, 21500, 22050"})
  void noiseFillsTheWholeSpectrum(int rate, int least, int most) throws Exception {
    Path file =
        new TestSound("pcm_s16le").rate(rate).wave(noise(0.5)).write(folder.resolve("x.wav"));
    double hertz = measured(file).bandwidthHertz();
    assertTrue(hertz >= least && hertz <= most, hertz + " Hz");
  }

  @Test
  void aNarrowCodecShowsInTheBandwidthWhateverTheRate() throws Exception {
    Path file =
        new TestSound("libmp3lame")
            .rate(44_100)
            .bitRate(32_000)
            .wave(noise(0.5))
            .write(folder.resolve("x.mp3"));
    double hertz = measured(file).bandwidthHertz();
    assertTrue(hertz < 12_000, hertz + " Hz of 32 kbit/s");
  }

  @Test
  void tellsLevelAndWhatIsCutOff() throws Exception {
    Path quiet = new TestSound("pcm_s16le").tone(440, 0.1).write(folder.resolve("a.wav"));
    assertEquals(-23, measured(quiet).levelDecibels(), 0.2);
    assertEquals(0, measured(quiet).clippedShare());
    Path loud =
        new TestSound("pcm_s16le")
            .wave((c, t) -> Math.max(-1, Math.min(1, 2 * Math.sin(880 * Math.PI * t))))
            .write(folder.resolve("b.wav"));
    // Two thirds of a sine of twice the scale lie beyond it.
    assertEquals(0.66, measured(loud).clippedShare(), 0.03);
  }

  @Test
  void findsDeadSilenceWithinTheSoundAndNotAtItsEnds() throws Exception {
    Path file =
        new TestSound("pcm_s16le")
            .rate(16_000)
            .seconds(6)
            .wave(
                (c, t) ->
                    t < 0.5 || t > 5.5 || (t > 2 && t < 2.25) ? 0 : 0.3 * Math.sin(2000 * t) + 0.01)
            .write(folder.resolve("x.wav"));
    SoundMeasures.Result result = measured(file);
    assertEquals(1, result.dead().size());
    assertEquals(2, result.dead().get(0).from(), 0.01);
    assertEquals(2.25, result.dead().get(0).to(), 0.01);
    assertEquals(1.25 / 6, result.zeroShare(), 0.01);
  }

  @Test
  void silenceHasNeitherBandwidthNorLevel() throws Exception {
    SoundMeasures.Result result =
        measured(new TestSound("pcm_s16le").write(folder.resolve("x.wav")));
    assertEquals(0, result.bandwidthHertz());
    assertEquals(-100, result.levelDecibels());
    assertEquals(1, result.zeroShare());
  }

  @Test
  void drawsALongSoundInNoMoreColumnsThanAShortOne() throws Exception {
    Path file =
        new TestSound("pcm_s16le")
            .rate(8000)
            .seconds(600)
            .tone(1000, 0.5)
            .write(folder.resolve("x.wav"));
    try (OpenedMedia media = MediaOpener.open(Source.of(file, "x"), Limits.defaults());
        Sound sound = media.sound().orElseThrow()) {
      Spectrogram.Drawn drawn = Spectrogram.of(sound);
      assertEquals(600, drawn.seconds(), 0.1);
      assertEquals(4000, drawn.topHertz());
      assertTrue(drawn.map().width() <= Spectrogram.MOST_COLUMNS);
      assertEquals(drawn.map().width(), drawn.peaks().size());
      assertEquals(0.5, drawn.peaks().get(10), 0.01);
      // 1000 of 4000 Hz from below: three quarters of the height from above.
      int width = drawn.map().width();
      assertTrue(light(drawn, width / 2, 192) > light(drawn, width / 2, 100) + 300);
    }
  }

  private static int light(Spectrogram.Drawn drawn, int x, int y) {
    int at = 3 * (y * drawn.map().width() + x);
    byte[] rgb = drawn.map().rgb();
    return (rgb[at] & 0xFF) + (rgb[at + 1] & 0xFF) + (rgb[at + 2] & 0xFF);
  }

  @Test
  void makesASmallCopyToPlayAndNoneOfALongSound() throws Exception {
    Path file = new TestSound("flac").seconds(5).tone(500, 0.5).write(folder.resolve("x.flac"));
    byte[] copy = playable(file, 1 << 20).orElseThrow();
    assertEquals("OggS", new String(Arrays.copyOf(copy, 4), StandardCharsets.US_ASCII));
    Path played = Files.write(folder.resolve("copy.ogg"), copy);
    assertEquals(5, measured(played).seconds(), 0.2);
    assertTrue(copy.length < 30_000, copy.length + " bytes");
    assertTrue(playable(file, 4000).isEmpty());
  }

  private static Optional<byte[]> playable(Path file, int most) throws MediaException, IOException {
    try (OpenedMedia media = MediaOpener.open(Source.of(file, "x"), Limits.defaults());
        Sound sound = media.sound().orElseThrow()) {
      return PlayableSound.of(sound, most);
    }
  }
}
