package dev.assay.internal.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.FailureCode;
import dev.assay.Limits;
import dev.assay.MediaException;
import dev.assay.MediaKind;
import dev.assay.Report;
import dev.assay.WarningCode;
import dev.assay.spi.Frame;
import dev.assay.spi.Picture;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.bytedeco.ffmpeg.global.avutil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClipsTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "libopenh264, clip.mp4, video/mp4, h264",
    "libopenh264, clip.mov, video/quicktime, h264",
    "libopenh264, clip.mkv, video/x-matroska, h264",
    "libopenh264, clip.ts, video/mp2t, h264",
    "mpeg4, clip.avi, video/x-msvideo, mpeg4",
    "mjpeg, clip.avi, video/x-msvideo, mjpeg",
    "libvpx, clip.webm, video/webm, vp8",
    "libvpx-vp9, clip.webm, video/webm, vp9",
    "libaom-av1, clip.mp4, video/mp4, av1",
    "mpeg2video, clip.mpg, video/mpeg, mpeg2video",
    "mpeg2video, clip.m2v, video/mpeg, mpeg2video",
    "flv, clip.flv, video/x-flv, flv1"
  })
  void samplesFramesOverTheTimeOfAClip(String codec, String name, String type, String decoded)
      throws Exception {
    Path file = written(codec, name);
    try (OpenedMedia media = open(file, Limits.defaults().withFrames(5))) {
      assertEquals(MediaKind.VIDEO, media.kind());
      assertEquals(type, media.mediaType());
      List<Frame> frames = media.frames();
      assertTrue(frames.size() >= 3 && frames.size() <= 5, frames.size() + " frames");
      double last = -1;
      for (Frame frame : frames) {
        assertEquals(320, frame.picture().width());
        assertEquals(240, frame.picture().height());
        assertTrue(grey(frame, 300) > 190, "bright on the right");
        assertTrue(grey(frame, 20) < 110, "dark on the left");
        assertTrue(frame.timeSeconds() > last, "in order of time");
        last = frame.timeSeconds();
      }
      assertTrue(last > 1, "reaches into the second half: " + last);
      assertEquals(decoded, media.facts().codec().orElseThrow());
      assertTrue(media.facts().decoder().orElseThrow().startsWith("ffmpeg "));
      assertEquals(frames.size(), media.facts().framesExamined().orElseThrow());
      assertEquals(List.of(), media.warnings(), "a whole file is not called cut off");
    }
  }

  @Test
  void samplesTheTransportStreamsOfCamcorders() throws Exception {
    byte[] plain = Files.readAllBytes(written("libopenh264", "clip.ts"));
    ByteArrayOutputStream stamped = new ByteArrayOutputStream();
    for (int at = 0; at < plain.length; at += 188) {
      stamped.writeBytes(new byte[4]);
      stamped.write(plain, at, 188);
    }
    try (OpenedMedia media =
        MediaOpener.open(Source.of(stamped.toByteArray(), "clip.mts"), Limits.defaults())) {
      assertEquals("video/mp2t", media.mediaType());
      assertTrue(media.frames().size() >= 3);
    }
  }

  @Test
  void boundsFramesThatOutgrowTheirHeader() throws Exception {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (int scale : new int[] {1, 4}) {
      Path part =
          new TestVideo()
              .codec("libopenh264")
              .size(160 * scale, 120 * scale)
              .write(folder.resolve("part.ts"));
      joined.writeBytes(Files.readAllBytes(part));
    }
    long most = 640 * 480 * 3 * 4;
    Limits limits = Limits.defaults().withDecodedBytes(most);
    try (OpenedMedia media = MediaOpener.open(Source.of(joined.toByteArray(), "x"), limits)) {
      List<Frame> frames = media.frames();
      long bytes =
          frames.stream().mapToLong(f -> 3L * f.picture().width() * f.picture().height()).sum();
      assertTrue(frames.stream().anyMatch(f -> f.picture().width() == 640), "both parts");
      assertTrue(frames.stream().anyMatch(f -> f.picture().width() == 160), "both parts");
      assertTrue(bytes <= most, bytes + " bytes");
      for (int i = 1; i < frames.size(); i++) {
        assertTrue(frames.get(i).timeSeconds() >= frames.get(i - 1).timeSeconds(), "in order");
      }
      assertTrue(codes(media).contains(WarningCode.FEWER_FRAMES), codes(media).toString());
    }
  }

  @Test
  void takesKeyFramesWhereThereAreEnough() throws Exception {
    try (OpenedMedia media =
        open(written("libopenh264", "clip.mp4"), Limits.defaults().withFrames(5))) {
      assertTrue(media.frames().stream().allMatch(Frame::key));
      assertEquals(2.0, media.facts().durationSeconds().orElseThrow(), 0.1);
      assertEquals(50, media.facts().frames().orElseThrow());
    }
  }

  @Test
  void looksAtAShortShotAmongLongOnes() throws Exception {
    Path file =
        new TestVideo().frames(400, 5).invertedIn(200, 210).write(folder.resolve("cut.mp4"));
    try (OpenedMedia media = open(file, Limits.defaults().withFrames(30))) {
      List<Frame> frames = media.frames();
      assertEquals(30, frames.size());
      assertTrue(frames.stream().anyMatch(frame -> grey(frame, 300) < 110), "the inverted shot");
    }
  }

  @Test
  void takesFramesAtEvenDistancesWhereAsked() throws Exception {
    Path file = new TestVideo().frames(100, 30).write(folder.resolve("exact.mp4"));
    Limits limits = Limits.defaults().withFrames(10).withExactFrames(true);
    try (OpenedMedia media = open(file, limits)) {
      List<Frame> frames = media.frames();
      assertEquals(10, frames.size());
      for (int i = 0; i < frames.size(); i++) {
        assertEquals((i + 0.5) * 0.4, frames.get(i).timeSeconds(), 0.05);
      }
    }
  }

  @Test
  void decodesInOrderWhereThereIsOneKeyFrame() throws Exception {
    Path file =
        new TestVideo().codec("libopenh264").frames(60, 250).write(folder.resolve("one-key.mp4"));
    try (OpenedMedia media = open(file, Limits.defaults())) {
      List<Frame> frames = media.frames();
      assertEquals(16, frames.size());
      assertTrue(
          grey(frames.get(15), 20) > grey(frames.get(0), 20) + 20, "the left grows brighter");
      assertTrue(frames.get(15).timeSeconds() > 2.0, "spread to the end");
    }
  }

  @ParameterizedTest
  @CsvSource({"90, 240, 320", "180, 320, 240", "270, 240, 320"})
  void turnsFramesUpright(int rotation, int width, int height) throws Exception {
    Path file =
        new TestVideo()
            .codec("libopenh264")
            .rotation(rotation)
            .frames(10, 5)
            .write(folder.resolve("turned.mp4"));
    try (OpenedMedia media = open(file, Limits.defaults())) {
      assertEquals(width, media.facts().width().orElseThrow(), "before decoding");
      Frame frame = media.frames().get(0);
      assertEquals(width, frame.picture().width());
      assertEquals(height, frame.picture().height());
      // The dark half lies left as coded: turned clockwise by 90 degrees it lies on top.
      int x = rotation == 180 ? width - 20 : width / 2;
      int y = rotation == 90 ? 20 : rotation == 270 ? height - 20 : height / 2;
      assertTrue((frame.picture().rgb(x, y, 1, 1)[0] & 0xff) < 110);
    }
  }

  @Test
  void mirrorsFrames() throws Exception {
    Path file =
        new TestVideo()
            .codec("libopenh264")
            .mirrored()
            .frames(10, 5)
            .write(folder.resolve("mirrored.mp4"));
    try (OpenedMedia media = open(file, Limits.defaults())) {
      Frame frame = media.frames().get(0);
      assertTrue(grey(frame, 20) > 190 && grey(frame, 300) < 110, "the dark half lies right");
      assertTrue(
          (frame.picture().rgb(20, 200, 1, 1)[1] & 0xff) > grey(frame, 20) + 15,
          "what is brighter lies below, as before");
    }
  }

  @Test
  void decodesOddSizes() throws Exception {
    Path file =
        new TestVideo().codec("libvpx-vp9").size(317, 239).write(folder.resolve("odd.webm"));
    try (OpenedMedia media = open(file, Limits.defaults())) {
      assertEquals(317, media.frames().get(0).picture().width());
      assertEquals(239, media.frames().get(0).picture().height());
    }
  }

  @Test
  void scalesTenBitsToEight() throws Exception {
    int[] bright = new int[2];
    int[] dark = new int[2];
    int[] formats = {avutil.AV_PIX_FMT_YUV420P, avutil.AV_PIX_FMT_YUV420P10LE};
    for (int i = 0; i < 2; i++) {
      Path file =
          new TestVideo()
              .codec("libaom-av1")
              .pixelFormat(formats[i])
              .frames(2, 1)
              .write(folder.resolve(i + ".mp4"));
      try (OpenedMedia media = open(file, Limits.defaults())) {
        bright[i] = grey(media.frames().get(0), 300);
        dark[i] = grey(media.frames().get(0), 20);
      }
    }
    assertEquals(bright[0], bright[1], 3);
    assertEquals(dark[0], dark[1], 3);
  }

  @Test
  void takesOneFieldOfFramesThatMixTwo() throws Exception {
    Path file =
        new TestVideo()
            .codec("mpeg2video")
            .interlaced()
            .frames(10, 1)
            .write(folder.resolve("fields.mpg"));
    try (OpenedMedia media = open(file, Limits.defaults())) {
      Picture picture = media.frames().get(0).picture();
      assertEquals(240, picture.height());
      for (int y = 60; y < 70; y++) {
        assertEquals(40, grey(picture, 20, y), 30, "row " + y);
      }
    }
  }

  @Test
  void keepsAllRowsOfAWholePictureThatIsCodedInFields() throws Exception {
    BufferedImage lines = new BufferedImage(320, 240, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < 240; y++) {
      for (int x = 0; x < 320; x++) {
        int level = x < 160 ? 40 : y / 8 % 2 == 0 ? 60 : 200;
        lines.setRGB(x, y, level << 16 | level << 8 | level);
      }
    }
    Path file = folder.resolve("whole.mpg");
    new TestVideo().codec("mpeg2video").pictures(List.of(lines), 10).interlaced().write(file);
    try (OpenedMedia media = open(file, Limits.defaults())) {
      Picture picture = media.frames().get(0).picture();
      assertEquals(60, grey(picture, 300, 7), 25);
      assertEquals(200, grey(picture, 300, 8), 25);
    }
  }

  @Test
  void mapsTheBrightnessOfHighDynamicRangeToThatOfAScreen() throws Exception {
    // In limited range, luma 200 is some 2,200 candelas a square metre by SMPTE ST 2084, 143 the
    // white of a page, 60 a shadow of 2.
    assertEquals(253, highlight(200), 4);
    assertEquals(231, highlight(143), 6);
    assertEquals(29, highlight(60), 8);
  }

  private int highlight(int luma) throws Exception {
    BufferedImage even = new BufferedImage(320, 240, BufferedImage.TYPE_INT_RGB);
    int level = Math.round((luma - 16) * 255f / 219);
    for (int y = 0; y < 240; y++) {
      for (int x = 0; x < 320; x++) {
        even.setRGB(x, y, level << 16 | level << 8 | level);
      }
    }
    Path file =
        new TestVideo()
            .codec("libaom-av1")
            .pictures(List.of(even), 2)
            .transfer(avutil.AVCOL_TRC_SMPTE2084)
            .write(folder.resolve("pq" + luma + ".mp4"));
    try (OpenedMedia media = open(file, Limits.defaults())) {
      return grey(media.frames().get(0).picture(), 100, 100);
    }
  }

  @Test
  void readsClipsFromMemory() throws Exception {
    byte[] content = Files.readAllBytes(written("libopenh264", "clip.mp4"));
    try (OpenedMedia media = MediaOpener.open(Source.of(content, "upload"), Limits.defaults())) {
      assertTrue(media.frames().size() >= 5);
    }
  }

  @Test
  void saysThatAnMp4WithoutItsIndexIsCorrupt() throws Exception {
    byte[] whole = Files.readAllBytes(written("libopenh264", "clip.mp4"));
    byte[] part = Arrays.copyOf(whole, whole.length / 2);
    try (OpenedMedia media = MediaOpener.open(Source.of(part, "cut.mp4"), Limits.defaults())) {
      MediaException e = assertThrows(MediaException.class, media::frames);
      assertEquals(FailureCode.CORRUPT, e.code());
    }
  }

  @Test
  void judgesWhatIsLeftOfACutOffClipAndSaysSo() throws Exception {
    byte[] whole = Files.readAllBytes(written("mpeg4", "clip.avi"));
    byte[] part = Arrays.copyOf(whole, whole.length / 2);
    try (OpenedMedia media = MediaOpener.open(Source.of(part, "cut.avi"), Limits.defaults())) {
      assertTrue(media.frames().size() >= 2);
      assertTrue(codes(media).contains(WarningCode.TRUNCATED), codes(media).toString());
    }
  }

  @ParameterizedTest
  @CsvSource({"cut.mp4, movflags, faststart, 100", "cut.mkv, '', '', 100", "cut.mkv, '', '', 10"})
  void saysThatAClipEndsBeforeItsTime(String name, String option, String value, int keyEvery)
      throws Exception {
    Path file =
        new TestVideo()
            .codec("libopenh264")
            .frames(100, keyEvery)
            .option(option, value)
            .write(folder.resolve(name));
    byte[] whole = Files.readAllBytes(file);
    byte[] part = Arrays.copyOf(whole, whole.length / 2);
    try (OpenedMedia media = MediaOpener.open(Source.of(whole, name), Limits.defaults())) {
      media.frames();
      assertEquals(List.of(), media.warnings());
    }
    try (OpenedMedia media = MediaOpener.open(Source.of(part, name), Limits.defaults())) {
      assertTrue(media.frames().size() >= 2);
      assertTrue(codes(media).contains(WarningCode.TRUNCATED), codes(media).toString());
    }
  }

  @Test
  void saysThatNoFrameCanBeDecoded() throws Exception {
    byte[] content = Files.readAllBytes(written("libopenh264", "clip.mp4"));
    // Everything between the file type and the index is coded pictures: wipe it out.
    Arrays.fill(content, 48, content.length - 2000, (byte) 0);
    try (OpenedMedia media = MediaOpener.open(Source.of(content, "wiped.mp4"), Limits.defaults())) {
      assertEquals(FailureCode.NO_FRAMES, assertThrows(MediaException.class, media::frames).code());
    } catch (MediaException e) {
      assertEquals(FailureCode.CORRUPT, e.code());
    }
  }

  @Test
  void recognisesSoundAndReadsItsDuration() throws Exception {
    Path file = folder.resolve("sound.wav");
    AudioFormat format = new AudioFormat(8000, 16, 1, true, false);
    byte[] samples = new byte[2 * 8000 * 3];
    AudioSystem.write(
        new AudioInputStream(new ByteArrayInputStream(samples), format, samples.length / 2),
        AudioFileFormat.Type.WAVE,
        file.toFile());
    try (OpenedMedia media = open(file, Limits.defaults())) {
      assertEquals(MediaKind.AUDIO, media.kind());
      assertEquals("audio/wav", media.mediaType());
      assertEquals(3.0, media.facts().durationSeconds().orElseThrow(), 0.01);
      assertThrows(MediaException.class, media::frames);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "aac, sound.mp4, audio/mp4",
    "aac, sound.m4a, audio/mp4",
    "aac, sound.aac, audio/aac",
    "flac, sound.flac, audio/flac",
    "libopus, sound.ogg, audio/ogg",
    "libmp3lame, sound.mp3, audio/mpeg",
    "pcm_s16be, sound.aiff, audio/x-aiff",
    "aac, sound.mov, audio/quicktime",
    "libopus, sound.webm, audio/webm"
  })
  void recognisesSoundInAnyContainer(String codec, String name, String type) throws Exception {
    Path file = new TestSound(codec).write(folder.resolve(name));
    try (OpenedMedia media = open(file, Limits.defaults())) {
      assertEquals(MediaKind.AUDIO, media.kind());
      assertEquals(type, media.mediaType());
      assertEquals(2.0, media.facts().durationSeconds().orElseThrow(), 0.3);
      assertEquals(
          FailureCode.UNSUPPORTED_FORMAT, assertThrows(MediaException.class, media::frames).code());
    }
  }

  @Test
  void looksOnlyAsFarAsTheLimitsSay() throws Exception {
    Path file = written("libopenh264", "clip.mp4");
    try (OpenedMedia media = open(file, Limits.defaults().withDuration(Duration.ofSeconds(1)))) {
      assertTrue(media.frames().stream().allMatch(frame -> frame.timeSeconds() <= 1.0));
      assertTrue(codes(media).contains(WarningCode.PARTLY_EXAMINED));
    }
    try (OpenedMedia media = open(file, Limits.defaults().withDecodedBytes(320 * 240 * 3 * 4))) {
      assertEquals(2, media.frames().size());
      assertTrue(codes(media).contains(WarningCode.FEWER_FRAMES));
    }
    try (OpenedMedia media = open(file, Limits.defaults().withPixels(1000))) {
      assertEquals(
          FailureCode.TOO_MANY_PIXELS, assertThrows(MediaException.class, media::frames).code());
    }
  }

  @Test
  void stopsWhenTimeRunsOut() throws Exception {
    Path file = written("libopenh264", "clip.mp4");
    try (OpenedMedia media = open(file, Limits.defaults())) {
      media.budget().cancel();
      MediaException e = assertThrows(MediaException.class, media::frames);
      assertEquals(FailureCode.TIMED_OUT, e.code());
    }
  }

  private Path written(String codec, String name) {
    return new TestVideo().codec(codec).write(folder.resolve(name));
  }

  private static List<WarningCode> codes(OpenedMedia media) {
    return media.warnings().stream().map(Report.Warning::code).toList();
  }

  private static int grey(Frame frame, int x) {
    return grey(frame.picture(), x, 100);
  }

  private static int grey(Picture picture, int x, int y) {
    return picture.rgb(x, y, 1, 1)[1] & 0xff;
  }

  private static OpenedMedia open(Path file, Limits limits) throws MediaException, IOException {
    return MediaOpener.open(Source.of(file, file.toString()), limits);
  }
}
