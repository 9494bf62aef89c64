package dev.assay.internal.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.Limits;
import dev.assay.known.Alignment;
import dev.assay.known.Keypoints;
import dev.assay.spi.Picture;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PictureKeypointsTest {

  private static final Path COFFEE = Path.of("../datasets/samples/coffee.png");

  @Test
  void aPartOfAPictureLiesInTheWholeAndItsMirrorInTheMirror() throws Exception {
    try (OpenedMedia media = MediaOpener.open(Source.of(COFFEE, "coffee.png"), Limits.defaults())) {
      Picture picture = media.frames().get(0).picture();
      int width = picture.width();
      int height = picture.height();
      Keypoints known = PictureKeypoints.both(picture, 0, 0, width, height).upright().kept();
      assertEquals(Keypoints.MAX_KEPT, known.count());
      assertEquals(Keypoints.SIDE, Math.max(known.width(), known.height()));
      PictureKeypoints.Pair part =
          PictureKeypoints.both(picture, width / 5, height / 5, width * 3 / 5, height * 3 / 5);
      Alignment found = Alignment.of(known, part.upright()).orElseThrow();
      assertEquals(0.36, found.seen(), 0.03);
      assertEquals(5.0 / 3, found.scale(), 0.03);
      assertTrue(Alignment.of(known, part.mirrored()).isEmpty());
      PictureKeypoints.Pair again = PictureKeypoints.both(picture, 0, 0, width, height);
      assertEquals(known, again.upright().kept(), "the same at every call");
    }
  }
}
