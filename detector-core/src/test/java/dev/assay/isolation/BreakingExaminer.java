package dev.assay.isolation;

import dev.assay.Evidence;
import dev.assay.internal.natives.OpenCv;
import dev.assay.spi.Examiner;
import dev.assay.spi.ExaminerInfo;
import dev.assay.spi.Media;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Scalar;

/** Does to its process what a hostile file does to a decoder, if a file's name says so. */
public final class BreakingExaminer implements Examiner {

  static final String CRASHES = "breaks-by-crash";
  static final String CRASHES_ONCE = "breaks-by-crash-once";
  static final String HANGS = "breaks-by-hang";
  static final String EXITS = "breaks-by-exit";
  static final String GROWS = "breaks-by-growth";

  private static final int CHUNK_BYTES = 64 << 20;

  @Override
  public ExaminerInfo info() {
    return new ExaminerInfo("breaking", "a test", Set.of(ExaminerInfo.Need.BYTES), Map.of());
  }

  @Override
  public List<Evidence> examine(Media media) throws IOException {
    String name = Path.of(media.name()).getFileName().toString().replaceAll("\\..*", "");
    switch (name) {
      case CRASHES -> crash();
      case CRASHES_ONCE -> {
        Path mark = Path.of(media.name() + ".crashed");
        if (!Files.exists(mark)) {
          Files.createFile(mark);
          crash();
        }
      }
      case HANGS -> hang();
      case EXITS -> Runtime.getRuntime().halt(3);
      case GROWS -> grow();
      default -> {
        // An ordinary file.
      }
    }
    return List.of();
  }

  @Override
  public void close() {}

  private static void crash() {
    OpenCv.load();
    new Mat(8L).rows();
  }

  private static void hang() {
    while (true) {
      try {
        Thread.sleep(1000);
      } catch (InterruptedException e) {
        // As a decoder would.
      }
    }
  }

  private static void grow() {
    OpenCv.load();
    List<Mat> held = new ArrayList<>();
    while (held.size() < 1000) {
      held.add(new Mat(1, CHUNK_BYTES, CvType.CV_8UC1, new Scalar(1)));
    }
    hang();
  }
}
