package dev.assay.internal.media;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.assay.Limits;
import dev.assay.MediaException;
import dev.assay.internal.natives.Ffmpeg;
import dev.assay.internal.natives.OpenCv;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.MethodSource;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.core.Scalar;
import org.opencv.imgcodecs.Imgcodecs;

/**
 * Pictures that are put together by our own code before a decoder sees them. See {@code
 * HostileBytesFuzzTest} for how to search.
 */
@Tag("long")
class PicturesFuzzTest {

  private static final Limits LIMITS =
      Limits.defaults()
          .withBytes(1 << 22)
          .withPixels(1 << 22)
          .withFrames(3)
          .withTime(Duration.ofSeconds(20));

  static Stream<byte[]> animations() {
    OpenCv.load();
    MatOfByte still = new MatOfByte();
    Imgcodecs.imencode(".webp", new Mat(4, 4, CvType.CV_8UC3, new Scalar(20, 10, 250)), still);
    return Stream.of(ImagesTest.animation(still.toArray(), 4, 4, 3));
  }

  static Stream<byte[]> grids() throws IOException {
    Ffmpeg.load();
    Path folder = Files.createTempDirectory("assay-seed-");
    Path file = folder.resolve("tile.avif");
    try {
      Path tile = new TestVideo().codec("libaom-av1").size(64, 64).frames(1, 1).write(file);
      byte[] still = Files.readAllBytes(tile);
      return Stream.of(still, TestGrid.of(still, 64, 120, 100, 1));
    } finally {
      Files.deleteIfExists(file);
      Files.delete(folder);
    }
  }

  @MethodSource("animations")
  @FuzzTest(maxDuration = "10m")
  void decodesAnimatedWebp(byte[] content) throws IOException {
    decode(content);
  }

  @MethodSource("grids")
  @FuzzTest(maxDuration = "10m")
  void decodesHeif(byte[] content) throws IOException {
    decode(content);
  }

  private static void decode(byte[] content) throws IOException {
    try (OpenedMedia media = MediaOpener.open(Source.of(content, "fuzzed"), LIMITS)) {
      media.frames();
    } catch (MediaException e) {
      // It cannot be decoded, and the exception says why.
    }
  }
}
