package dev.assay.known;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.assay.known.MediaFingerprint.FrameFingerprint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MediaFingerprintTest {

  private final Random random = new Random(3);

  private MediaFingerprint any() {
    byte[] vector = new byte[Embedding.DIMENSIONS];
    random.nextBytes(vector);
    Fingerprint whole =
        new Fingerprint(
            new PdqHash(1, 2, 3, 4, 80),
            Optional.of(Embedding.of(7, vector)),
            Optional.of(KeypointPatterns.any(random, 40).at(1, 0, 0)),
            ByteBuffer.wrap(new byte[] {9, 8, 7}));
    return new MediaFingerprint(
        List.of(
            new FrameFingerprint(0, whole),
            new FrameFingerprint(1.5, Fingerprint.of(new PdqHash(5, 6, 7, 8, 100)))));
  }

  @Test
  void isReadAsItWasWritten() throws IOException {
    MediaFingerprint fingerprint = any();
    assertEquals(fingerprint, MediaFingerprint.read(fingerprint.bytes()));
  }

  @Test
  void whatIsNoneIsRefusedAndNothingWorseHappens() {
    byte[] bytes = any().bytes();
    for (int length = 0; length < bytes.length; length += 13) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThrows(
          IOException.class, () -> MediaFingerprint.read(cut), () -> "cut to " + cut.length);
    }
    for (int i = 0; i < 20_000; i++) {
      byte[] changed = bytes.clone();
      for (int n = 0; n < 3; n++) {
        changed[random.nextInt(i % 2 == 0 ? 400 : changed.length)] = (byte) random.nextInt();
      }
      try {
        MediaFingerprint.read(changed).frames().forEach(frame -> frame.fingerprint().kept());
      } catch (IOException e) {
        assertEquals(IOException.class.getPackage(), e.getClass().getPackage());
      }
    }
  }
}
