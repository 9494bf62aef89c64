package dev.assay.known;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AlignmentTest {

  private final Random random = new Random(7);

  @Test
  void laysAPictureOnItsTurnedCopy() {
    double turn = Math.toRadians(20);
    Keypoints.Builder known = new Keypoints.Builder(400, 512);
    Keypoints.Builder copy = new Keypoints.Builder(512, 512);
    for (int i = 0; i < 60; i++) {
      byte[] descriptor = new byte[Keypoints.DESCRIPTOR_BYTES];
      random.nextBytes(descriptor);
      double x = random.nextDouble() * 400;
      double y = random.nextDouble() * 512;
      known.add(x, y, ByteBuffer.wrap(descriptor));
      descriptor[3] ^= 0x5a;
      double along = 0.7 * (x * Math.cos(turn) - y * Math.sin(turn)) + 150;
      double down = 0.7 * (x * Math.sin(turn) + y * Math.cos(turn)) + 10;
      copy.add(along, down, ByteBuffer.wrap(descriptor));
    }
    Alignment found = Alignment.of(known.build(), copy.build()).orElseThrow();
    assertEquals(0.7, found.scale(), 0.01);
    assertEquals(turn, found.turn(), 0.01);
    assertEquals(150, found.shiftX(), 2);
    assertEquals(10, found.shiftY(), 2);
    assertTrue(found.points() > 50, found.toString());
    assertTrue(found.seen() > 0.95, found.toString());
    assertEquals(0.7 * 0.7 * 400 / 512, found.covered(), 0.03);
  }

  @Test
  void picturesThatShareAFewThingsInOtherPlacesAreNone() {
    KeypointPatterns.Points points = KeypointPatterns.any(random, 40);
    Keypoints known = points.at(1, 0, 0);
    Keypoints.Builder strewn = new Keypoints.Builder(512, 400);
    for (KeypointPatterns.Point point : points.all()) {
      strewn.add(random.nextDouble() * 512, random.nextDouble() * 400, point.descriptor());
    }
    assertEquals(Optional.empty(), Alignment.of(known, strewn.build()));
    Keypoints none = new Keypoints.Builder(512, 512).build();
    assertEquals(Optional.empty(), Alignment.of(known, none));
    assertEquals(Optional.empty(), Alignment.of(none, known));
    assertTrue(Alignment.of(known, known).isPresent());
  }

  @Test
  void whatIsKeptOfManyPointsIsSpreadOverThePicture() {
    Keypoints.Builder builder = new Keypoints.Builder(512, 512);
    byte[] descriptor = new byte[Keypoints.DESCRIPTOR_BYTES];
    for (int i = 0; i < 400; i++) {
      builder.add(
          random.nextDouble() * 120, random.nextDouble() * 120, ByteBuffer.wrap(descriptor));
    }
    for (int i = 0; i < 100; i++) {
      builder.add(400 + i, 400 + i, ByteBuffer.wrap(descriptor));
    }
    Keypoints kept = builder.build().kept();
    assertEquals(Keypoints.MAX_KEPT, kept.count());
    Set<Boolean> far = new HashSet<>();
    int count = 0;
    for (int i = 0; i < kept.count(); i++) {
      far.add(kept.x(i) > 300);
      count += kept.x(i) > 300 ? 1 : 0;
    }
    assertEquals(Set.of(true, false), far);
    assertTrue(count > Keypoints.MAX_KEPT / 3, "as many of the far corner: " + count);
  }

  @Test
  void pointsAreReadAsTheyWereWrittenAndNothingElseIs() {
    Keypoints points = KeypointPatterns.any(random, 90).at(1, 0, 0);
    byte[] bytes = points.bytes();
    assertEquals(points, Keypoints.read(bytes));
    byte[] cut = Arrays.copyOf(bytes, bytes.length - 1);
    assertThrows(IllegalArgumentException.class, () -> Keypoints.read(cut));
    byte[] wide = bytes.clone();
    wide[1] = 0x7f;
    assertThrows(IllegalArgumentException.class, () -> Keypoints.read(wide));
    assertThrows(IllegalArgumentException.class, () -> Keypoints.read(new byte[3]));
  }
}
