package dev.assay.internal.media;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.FailureCode;
import dev.assay.Limits;
import dev.assay.MediaException;
import dev.assay.Report;
import dev.assay.Report.SoundTrack;
import dev.assay.WarningCode;
import dev.assay.spi.Sound;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sound out of real files, by real codecs. */
class SoundTest {

  @TempDir Path folder;

  /** All of a sound. */
  @SuppressWarnings("ArrayRecordComponent") // Nobody compares sounds.
  private record Heard(SoundTrack track, List<float[]> channels, float[] resampled) {

    double seconds() {
      return channels.get(0).length / (double) track.rate();
    }

    /** Root mean square of a channel. */
    double level(int channel) {
      return level(channels.get(channel));
    }

    static double level(float[] samples) {
      double sum = 0;
      for (float sample : samples) {
        sum += sample * sample;
      }
      return Math.sqrt(sum / Math.max(1, samples.length));
    }

    /** The frequency at which a tone crosses zero. */
    double pitch() {
      int crossings = 0;
      for (int i = 1; i < resampled.length; i++) {
        crossings += resampled[i - 1] < 0 && resampled[i] >= 0 ? 1 : 0;
      }
      return crossings * (double) Sound.RATE / resampled.length;
    }
  }

  private static Heard heard(Path file, Limits limits) throws MediaException, IOException {
    try (OpenedMedia media = MediaOpener.open(Source.of(file, "x"), limits);
        Sound sound = media.sound().orElseThrow()) {
      int channels = sound.track().channels();
      float[][] all = new float[channels][0];
      float[] resampled = {};
      double expected = 0;
      while (sound.next()) {
        assertEquals(expected, sound.seconds(), 1e-6);
        for (int i = 0; i < channels; i++) {
          all[i] = joined(all[i], sound.channels()[i]);
        }
        expected = all[0].length / (double) sound.track().rate();
        resampled = joined(resampled, sound.resampled());
      }
      return new Heard(sound.track(), Arrays.asList(all), resampled);
    }
  }

  private static Heard heard(Path file) throws MediaException, IOException {
    return heard(file, Limits.defaults());
  }

  private static float[] joined(float[] first, float[] second) {
    float[] result = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, result, first.length, second.length);
    return result;
  }

  @ParameterizedTest
  @CsvSource({
    "aac, x.m4a, fltp, 44100",
    "libmp3lame, x.mp3, fltp, 22050",
    "libopus, x.opus, s16, 48000",
    "flac, x.flac, s16, 96000",
    "flac, x.mka, s32, 48000",
    "pcm_u8, x.wav, u8, 11025",
    "pcm_s24le, x.wav, s32, 48000",
    "pcm_f32le, x.wav, flt, 8000",
    "pcm_f64be, x.aiff, dbl, 44100",
    "pcm_mulaw, x.au, s16, 8000",
    "pcm_alaw, x.wav, s16, 8000",
    "adpcm_ima_wav, x.wav, s16p, 22050",
    "g722, x.wav, s16, 16000",
    "wmav2, x.wma, fltp, 44100",
    "ac3, x.ac3, fltp, 48000",
    "alac, x.m4a, s16p, 44100",
    "mp2, x.mp2, s16, 44100",
    "aac, x.mkv, fltp, 44100"
  })
  void decodesATone(String codec, String name, String samples, int rate) throws Exception {
    Path file =
        new TestSound(codec)
            .samples(samples)
            .rate(rate)
            .seconds(3)
            .tone(1000, 0.5)
            .write(folder.resolve(name));
    Heard heard = heard(file);
    assertEquals(rate, heard.track().rate());
    assertEquals(1, heard.track().channels());
    assertEquals(3, heard.seconds(), 0.15);
    assertEquals(3, heard.resampled().length / (double) Sound.RATE, 0.15);
    assertEquals(1000, heard.pitch(), 30);
    assertEquals(0.354, heard.level(0), 0.03);
    assertEquals(0.354, Heard.level(heard.resampled()), 0.03);
  }

  @ParameterizedTest
  @CsvSource({"2, pcm_s16le", "6, pcm_s24le", "8, pcm_f32le"})
  void keepsChannelsApartAndMixesThem(int channels, String codec) throws Exception {
    Path file =
        new TestSound(codec)
            .samples(codec.contains("f32") ? "flt" : codec.contains("24") ? "s32" : "s16")
            .channels(channels)
            .wave(
                (channel, time) ->
                    channel == 0 ? 0.8 * Math.sin(2 * Math.PI * 500 * time) : 0.1 * channel / 8)
            .write(folder.resolve("x.wav"));
    Heard heard = heard(file);
    assertEquals(channels, heard.channels().size());
    assertEquals(0.566, heard.level(0), 0.01);
    assertEquals(0.1 * (channels - 1) / 8, heard.level(channels - 1), 0.001);
    assertEquals(500, heard.pitch(), 250);
    assertTrue(Heard.level(heard.resampled()) < 0.3, "the mix is as loud as its loudest channel");
  }

  @Test
  void goesOnWhereRateAndChannelsChangeWithinTheStream() throws Exception {
    byte[] first =
        Files.readAllBytes(
            new TestSound("libmp3lame")
                .rate(44_100)
                .tone(1000, 0.5)
                .write(folder.resolve("a.mp3")));
    byte[] second =
        Files.readAllBytes(
            new TestSound("libmp3lame")
                .rate(22_050)
                .channels(2)
                .tone(1000, 0.5)
                .write(folder.resolve("b.mp3")));
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.write(first);
    both.write(second);
    Heard heard = heard(Files.write(folder.resolve("both.mp3"), both.toByteArray()));
    assertEquals(4, heard.seconds(), 0.3);
    assertEquals(1000, heard.pitch(), 40);
  }

  @Test
  void givesWhatCanBeReadOfAFileThatIsCutOff() throws Exception {
    Path whole =
        new TestSound("libmp3lame").seconds(10).tone(440, 0.5).write(folder.resolve("x.mp3"));
    byte[] bytes = Files.readAllBytes(whole);
    Heard heard =
        heard(Files.write(folder.resolve("cut.mp3"), Arrays.copyOf(bytes, bytes.length / 2)));
    assertEquals(5, heard.seconds(), 0.5);
  }

  @Test
  void warnsOfDamageAndNotOfSoundThatEndsBeforeThePicture() throws Exception {
    Path film = new TestVideo().codec("mpeg4").frames(100, 10).write(folder.resolve("film.avi"));
    Path tone = new TestSound("aac").seconds(3).tone(440, 0.5).write(folder.resolve("tone.m4a"));
    for (String ending : List.of("mp4", "mkv")) {
      Path both = TrackJoiner.join(folder.resolve("both." + ending), List.of(film, tone), 1, 1);
      assertEquals(List.of(), warnings(both), ending);
    }
    byte[] whole =
        Files.readAllBytes(
            new TestSound("pcm_s16le").seconds(10).write(folder.resolve("whole.wav")));
    Path cut = Files.write(folder.resolve("cut.wav"), Arrays.copyOf(whole, whole.length / 2));
    assertEquals(List.of(WarningCode.TRUNCATED), warnings(cut));
  }

  private static List<WarningCode> warnings(Path file) throws MediaException, IOException {
    try (OpenedMedia media = MediaOpener.open(Source.of(file, "x"), Limits.defaults())) {
      try (Sound sound = media.sound().orElseThrow()) {
        while (sound.next()) {
          // To its end.
        }
      }
      return media.warnings().stream().map(Report.Warning::code).toList();
    }
  }

  @Test
  void saysThatNothingCanBeDecoded() throws Exception {
    Path whole = new TestSound("pcm_s16le").write(folder.resolve("x.wav"));
    byte[] head = Arrays.copyOf(Files.readAllBytes(whole), 44);
    Path file = Files.write(folder.resolve("empty.wav"), head);
    MediaException e = assertThrows(MediaException.class, () -> heard(file));
    assertEquals(FailureCode.CORRUPT, e.code());
  }

  @Test
  void listensNoFurtherThanTheLimit() throws Exception {
    Path file = new TestSound("pcm_s16le").rate(8000).seconds(20).write(folder.resolve("x.wav"));
    Heard heard = heard(file, Limits.defaults().withDuration(Duration.ofSeconds(5)));
    assertEquals(5, heard.seconds(), 1);
  }

  @Test
  void refusesARateAtWhichAPieceWouldLastForHours() throws Exception {
    Path file = Files.write(folder.resolve("slow.wav"), wav(1, 1, 1, new byte[40_000]));
    MediaException e = assertThrows(MediaException.class, () -> heard(file));
    assertEquals(FailureCode.UNSUPPORTED_FORMAT, e.code());
  }

  @Test
  void refusesRatesAndChannelsThatNoRecordingHas() throws Exception {
    byte[] wav = wav(1, 1, 2_000_000_000, new byte[4000]);
    Path file = Files.write(folder.resolve("x.wav"), wav);
    MediaException e = assertThrows(MediaException.class, () -> heard(file));
    assertEquals(FailureCode.UNSUPPORTED_FORMAT, e.code());
  }

  @Test
  void hearsTheTrackThatPlayersPlayAndNamesTheOthers() throws Exception {
    Path first = new TestSound("aac").tone(400, 0.5).write(folder.resolve("a.m4a"));
    Path second = new TestSound("aac").tone(2000, 0.5).write(folder.resolve("b.m4a"));
    Path joined = TrackJoiner.join(folder.resolve("both.mkv"), List.of(first, second), 0, 1);
    try (OpenedMedia media = MediaOpener.open(Source.of(joined, "x"), Limits.defaults())) {
      assertEquals(2, media.facts().sound().size());
      assertTrue(media.warnings().stream().anyMatch(w -> w.code() == WarningCode.MORE_CONTENT));
    }
    assertEquals(2000, heard(joined).pitch(), 40);
  }

  @Test
  void tellsWhatTheContainerSays() throws Exception {
    Path file =
        new TestSound("libmp3lame")
            .rate(44_100)
            .channels(2)
            .bitRate(128_000)
            .write(folder.resolve("x.mp3"));
    try (OpenedMedia media = MediaOpener.open(Source.of(file, "x"), Limits.defaults())) {
      SoundTrack track = media.facts().sound().get(0);
      assertEquals("mp3", track.codec());
      assertEquals(44_100, track.rate());
      assertEquals(2, track.channels());
      assertEquals(128_000, track.bitRate().orElseThrow());
    }
  }

  @Test
  void decodesTheSameOnEveryCall() throws Exception {
    Path file = new TestSound("libopus").tone(300, 0.3).write(folder.resolve("x.opus"));
    try (OpenedMedia media = MediaOpener.open(Source.of(file, "x"), Limits.defaults())) {
      assertArrayEquals(first(media), first(media));
    }
  }

  private static float[] first(OpenedMedia media) throws MediaException {
    try (Sound sound = media.sound().orElseThrow()) {
      assertTrue(sound.next());
      return sound.resampled();
    }
  }

  private static byte[] wav(int form, int channels, int rate, byte[] samples) {
    ByteBuffer bytes = ByteBuffer.allocate(44 + samples.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + samples.length);
    bytes.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
    bytes.putShort((short) form).putShort((short) channels).putInt(rate).putInt(rate * 2);
    bytes.putShort((short) 2).putShort((short) 16);
    bytes.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(samples.length).put(samples);
    return bytes.array();
  }
}
