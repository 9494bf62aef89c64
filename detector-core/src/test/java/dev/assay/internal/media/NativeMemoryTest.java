package dev.assay.internal.media;

import static org.bytedeco.ffmpeg.global.avutil.av_get_pix_fmt;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.assay.Limits;
import dev.assay.MediaException;
import dev.assay.internal.natives.OpenCv;
import dev.assay.spi.Sound;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.core.Scalar;
import org.opencv.imgcodecs.Imgcodecs;

/** Opens and closes media by the thousand: what is not freed shows in the resident memory. */
@Tag("long")
class NativeMemoryTest {

  private static final Path STATUS = Path.of("/proc/self/status");
  private static final long MEBIBYTE = 1L << 20;

  @Test
  void staysFlatOverThousandsOfPictures() throws Exception {
    OpenCv.version();
    Mat picture = new Mat(256, 256, CvType.CV_8UC3, new Scalar(1, 2, 3));
    MatOfByte bytes = new MatOfByte();
    Imgcodecs.imencode(".png", picture, bytes);
    byte[] content = bytes.toArray();
    picture.release();
    bytes.release();
    // 192 KiB a picture: one that is never freed in 2,500 would be 480 MB.
    assertFlat(250, 2500, () -> decode(content));
  }

  @Test
  void staysFlatOverHundredsOfClips(@TempDir Path folder) throws Exception {
    byte[] clip =
        Files.readAllBytes(
            new TestVideo().codec("mpeg4").frames(10, 5).write(folder.resolve("clip.avi")));
    assertFlat(50, 500, () -> sample(clip));
  }

  @Test
  void staysFlatOverHundredsOfDamagedClips(@TempDir Path folder) throws Exception {
    byte[] whole =
        Files.readAllBytes(
            new TestVideo().codec("libopenh264").frames(10, 5).write(folder.resolve("clip.mp4")));
    byte[] part = Arrays.copyOf(whole, whole.length / 2);
    assertFlat(50, 500, () -> sample(part));
  }

  @Test
  void staysFlatOverTransparentPicturesAndAnimationsWholeAndDamaged(@TempDir Path folder)
      throws Exception {
    OpenCv.load();
    Mat picture = new Mat(256, 256, CvType.CV_8UC4, new Scalar(1, 2, 3, 100));
    MatOfByte bytes = new MatOfByte();
    Imgcodecs.imencode(".png", picture, bytes);
    byte[] transparent = bytes.toArray();
    Imgcodecs.imencode(".webp", picture, bytes);
    byte[] still = bytes.toArray();
    picture.release();
    bytes.release();
    byte[] animation = ImagesTest.animation(still, 256, 256, 6);
    byte[] damaged = animation.clone();
    Arrays.fill(damaged, damaged.length - still.length / 2, damaged.length, (byte) 7);
    byte[] png =
        Files.readAllBytes(
            new TestVideo()
                .codec("apng")
                .format("apng")
                .pixelFormat(av_get_pix_fmt("rgba"))
                .frames(6, 1)
                .write(folder.resolve("x.png")));
    assertFlat(
        40,
        400,
        () -> {
          sample(transparent);
          sample(animation);
          sample(damaged);
          sample(png);
        });
  }

  @Test
  void staysFlatOverHundredsOfSoundsWholeDamagedAndPlayed(@TempDir Path folder) throws Exception {
    byte[] whole =
        Files.readAllBytes(
            new TestSound("aac")
                .channels(2)
                .seconds(20)
                .tone(440, 0.5)
                .write(folder.resolve("x.m4a")));
    byte[] stream =
        Files.readAllBytes(
            new TestSound("libmp3lame").seconds(20).tone(440, 0.5).write(folder.resolve("x.mp3")));
    byte[] part = Arrays.copyOf(stream, stream.length / 2);
    assertFlat(
        10,
        100,
        () -> {
          listen(whole);
          listen(part);
          play(stream);
        });
  }

  private static void listen(byte[] content) throws IOException, MediaException {
    try (OpenedMedia media = MediaOpener.open(Source.of(content, "x"), Limits.defaults());
        Sound sound = media.sound().orElseThrow()) {
      while (sound.next()) {
        sound.resampled();
      }
    }
  }

  private static void play(byte[] content) throws IOException, MediaException {
    try (OpenedMedia media = MediaOpener.open(Source.of(content, "x"), Limits.defaults());
        Sound sound = media.sound().orElseThrow()) {
      assertTrue(PlayableSound.of(sound, 1 << 20).isPresent());
    }
  }

  @FunctionalInterface
  private interface Step {
    void run() throws Exception;
  }

  private static void assertFlat(int before, int steps, Step step) throws Exception {
    assumeTrue(
        Files.exists(STATUS), "SKIPPED: resident memory is read from /proc, which is not here");
    for (int i = 0; i < before; i++) {
      step.run();
    }
    long start = resident();
    for (int i = 0; i < steps; i++) {
      step.run();
    }
    long grown = (resident() - start) / MEBIBYTE;
    assertTrue(grown < 64, "resident memory grew by " + grown + " MiB over " + steps + " files");
  }

  private static void decode(byte[] content) throws MediaException, IOException {
    try (OpenedMedia media = MediaOpener.open(Source.of(content, "x"), Limits.defaults())) {
      media.frames().get(0).picture();
    }
  }

  private static void sample(byte[] content) throws IOException {
    try (OpenedMedia media = MediaOpener.open(Source.of(content, "x"), Limits.defaults())) {
      media.frames();
    } catch (MediaException e) {
      // Damaged: it is what is left behind that counts.
    }
  }

  private static long resident() throws IOException {
    return Files.readAllLines(STATUS).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
        .findFirst()
        .orElseThrow();
  }
}
