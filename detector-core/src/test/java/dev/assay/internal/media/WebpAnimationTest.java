package dev.assay.internal.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.FailureCode;
import dev.assay.Limits;
import dev.assay.MediaException;
import dev.assay.WarningCode;
import dev.assay.internal.natives.OpenCv;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.core.Scalar;
import org.opencv.imgcodecs.Imgcodecs;

/** Frames of one pixel on a large canvas: a file of some hundred bytes. */
class WebpAnimationTest {

  private static final int FRAMES = 16;

  @Test
  void holdsNoMoreFramesThanTheLimitOnMemoryAllows() throws MediaException, IOException {
    byte[] file = onCanvas(4_000, 4_000);
    assertTrue(file.length < 2_000, "the file has " + file.length + " bytes");
    Limits limits = Limits.defaults().withFrames(FRAMES);
    try (OpenedMedia media = MediaOpener.open(Source.of(file, "canvas"), limits)) {
      int frames = media.frames().size();
      long pixels = 4_000L * 4_000;
      assertTrue(frames >= 2, "frames: " + frames);
      assertTrue((12 + 3L * frames) * pixels <= limits.decodedBytes(), "frames: " + frames);
      assertTrue(
          media.warnings().stream().anyMatch(w -> w.code() == WarningCode.FEWER_FRAMES),
          media.warnings()::toString);
    }
  }

  @Test
  void refusesACanvasThatCannotBeComposedWithinTheLimit() throws MediaException, IOException {
    Limits limits = Limits.defaults();
    try (OpenedMedia media = MediaOpener.open(Source.of(onCanvas(16_000, 12_000), "c"), limits)) {
      MediaException refusal = assertThrows(MediaException.class, media::frames);
      assertEquals(FailureCode.TOO_MANY_PIXELS, refusal.code());
    }
  }

  /** The frames are one pixel each, whatever the head says of the canvas. */
  private static byte[] onCanvas(int width, int height) {
    OpenCv.load();
    MatOfByte still = new MatOfByte();
    assertTrue(
        Imgcodecs.imencode(".webp", new Mat(1, 1, CvType.CV_8UC3, new Scalar(20, 10, 250)), still));
    byte[] file = ImagesTest.animation(still.toArray(), 1, 1, FRAMES);
    int at = new String(file, StandardCharsets.ISO_8859_1).indexOf("VP8X") + 8 + 4;
    ByteBuffer head = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    head.putInt(at, width - 1 | (height - 1) << 24);
    head.putShort(at + 4, (short) ((height - 1) >> 8));
    return file;
  }
}
