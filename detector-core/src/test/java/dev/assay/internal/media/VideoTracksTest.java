package dev.assay.internal.media;

import static org.bytedeco.ffmpeg.global.avformat.AV_DISPOSITION_DEFAULT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.Limits;
import dev.assay.Report.Warning;
import dev.assay.WarningCode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of several video tracks the one is judged that players show, and the others are named. */
class VideoTracksTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "mp4, true, true, 320",
    "mp4, false, true, 640",
    "mp4, true, false, 320",
    "mov, true, true, 320",
    "mov, false, true, 640",
    "mkv, true, true, 320",
    "mkv, false, true, 640",
    "mkv, true, false, 320",
    "ts, false, false, 320"
  })
  void judgesTheTrackThatPlayersShow(String container, boolean first, boolean second, int width)
      throws Exception {
    Path small = video("small." + container, 320, 180);
    Path large = video("large." + container, 640, 360);
    Path file =
        TrackJoiner.join(
            folder.resolve("both." + container), List.of(small, large), flag(first), flag(second));
    try (OpenedMedia media = open(file)) {
      assertEquals(width, media.frames().get(0).picture().width());
      assertEquals(width, media.facts().width().orElseThrow());
      List<Warning> more =
          media.warnings().stream().filter(w -> w.code() == WarningCode.MORE_CONTENT).toList();
      assertEquals(1, more.size(), media.warnings().toString());
      int other = 960 - width;
      assertTrue(more.get(0).message().contains(other + " x "), more.get(0).message());
    }
  }

  @Test
  void namesEveryFurtherTrackUpToABound() throws Exception {
    Path small = video("small.mp4", 320, 180);
    List<Path> many = java.util.Collections.nCopies(12, small);
    Path file = TrackJoiner.join(folder.resolve("many.mkv"), many, new int[12]);
    try (OpenedMedia media = open(file)) {
      assertEquals(8, media.warnings().size());
    }
  }

  @Test
  void judgesTheFilmAndNotTheGreyTrackBesideIt() throws Exception {
    try (OpenedMedia media = open(Path.of("src/test/resources/cases/21-two-video-tracks.mp4"))) {
      assertEquals(320, media.frames().get(0).picture().width());
      assertEquals(180, media.frames().get(0).picture().height());
      assertEquals(WarningCode.MORE_CONTENT, media.warnings().get(0).code());
    }
  }

  @Test
  void saysNothingOfASingleTrack() throws Exception {
    try (OpenedMedia media = open(video("small.mp4", 320, 180))) {
      assertEquals(List.of(), media.warnings());
    }
  }

  private static int flag(boolean shown) {
    return shown ? AV_DISPOSITION_DEFAULT : 0;
  }

  private Path video(String name, int width, int height) {
    return new TestVideo().size(width, height).frames(6, 3).write(folder.resolve(name));
  }

  private static OpenedMedia open(Path file) throws Exception {
    return MediaOpener.open(Source.of(file, file.toString()), Limits.defaults());
  }
}
