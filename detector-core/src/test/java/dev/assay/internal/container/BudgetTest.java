package dev.assay.internal.container;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.FailureCode;
import dev.assay.MediaException;
import dev.assay.Sentence;
import dev.assay.internal.metadata.Containers;
import dev.assay.spi.Budget;
import dev.assay.spi.DamagedException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Whoever takes bytes through the door pays, and gets nothing more when nothing is left. */
class BudgetTest {

  private static final Duration AMPLE = Duration.ofMinutes(1);
  private static final Sentence WHAT = Sentence.of("A piece");

  /** So many units of work suffice for a look at the clock. */
  private static final int LOOKS = 5_000;

  private final Budget budget = new Budget(AMPLE);

  /** Something that is done again and again. */
  private interface Work {
    void run(int time) throws IOException, DamagedException;
  }

  @Test
  void timeThatIsUpIsFoundSoonWhateverIsDone() throws Exception {
    ByteReader bytes = new ByteReader(new byte[1 << 16], budget);
    bytes.u8(0);
    budget.cancel();
    assertFalse(budget.cutShort(), "nobody has asked yet");
    endsSoon(time -> bytes.read(time, 4));
    assertTrue(budget.cutShort() && budget.spent());
    MediaException e = assertThrows(MediaException.class, budget::checkTime);
    assertEquals(FailureCode.TIMED_OUT, e.code());
    assertThrows(DamagedException.class, () -> budget.work(0), "it stays over");
  }

  @Test
  void eachStepIsWork() {
    budget.cancel();
    endsSoon(time -> budget.step());
  }

  @Test
  void eachBoxIsAStep() throws Exception {
    byte[] boxes = new byte[8 * LOOKS];
    for (int i = 0; i < boxes.length; i += 8) {
      boxes[i + 3] = 8;
    }
    IsoBoxes walk = IsoBoxes.of(new ByteReader(boxes, budget));
    walk.next();
    budget.cancel();
    endsSoon(time -> walk.next());
  }

  @Test
  void bytesThatPassTheWindowArePaid() {
    ByteReader bytes = new ByteReader(new MemorySource(new byte[4 << 20]), budget);
    budget.cancel();
    assertThrows(DamagedException.class, () -> bytes.indexOf(1, 0, bytes.size()));
  }

  @Test
  void unpackedBytesArePaidWhileTheyCome() throws IOException {
    byte[] packed = Containers.deflate(new byte[4 << 20]);
    budget.cancel();
    try (InputStream in = Compression.ZLIB.open(new ByteArrayInputStream(packed), budget)) {
      assertThrows(IOException.class, in::readAllBytes);
    }
    assertTrue(budget.cutShort());
  }

  @Test
  void whatIsCopiedHasABoundInAll() {
    byte[] mebibyte = new byte[1 << 20];
    byte[] packed = Containers.deflate(mebibyte);
    ByteReader bytes = new ByteReader(mebibyte, budget);
    int most = (int) (Budget.MAX_COPIED_BYTES >> 20);
    assertEquals(most, times(time -> bytes.piece(WHAT, 0, 1 << 20)));
    Budget other = new Budget(AMPLE);
    assertEquals(most, times(time -> Compression.ZLIB.unpacked(WHAT, packed, 1 << 20, other)));
    assertThrows(
        DamagedException.class,
        () -> Compression.ZLIB.unpacked(WHAT, packed, (1 << 20) - 1, new Budget(AMPLE)));
  }

  @Test
  void stepsHaveABound() {
    assertEquals(Budget.MAX_STEPS, times(time -> budget.step()));
    assertTrue(budget.spent());
    assertFalse(budget.cutShort(), "it was not the clock");
  }

  @Test
  void nobodyIsPaidBack() {
    assertThrows(IllegalArgumentException.class, () -> budget.work(-1));
    assertThrows(IllegalArgumentException.class, () -> budget.copy(-1));
  }

  @Test
  void findsWhatIsThereAndNothingBeyond() throws Exception {
    byte[] content = new byte[200_000];
    content[199_998] = 7;
    ByteReader bytes = new ByteReader(new MemorySource(content), budget);
    assertEquals(199_998, bytes.indexOf(7, 3, content.length));
    assertEquals(199_998, bytes.indexOf(7, 199_998, Long.MAX_VALUE));
    assertEquals(-1, bytes.indexOf(7, 3, 199_998));
    assertEquals(-1, bytes.indexOf(7, 199_999, content.length));
    assertArrayEquals(new byte[] {7, 0}, bytes.head(199_998, 5));
    assertArrayEquals(new byte[0], bytes.head(200_000, 5));
    ByteReader text = new ByteReader("abc".getBytes(StandardCharsets.US_ASCII), budget);
    assertTrue(text.has(1, "bc"));
    assertFalse(text.has(1, "bcd") || text.has(-1, "") || text.has(0, "bc"));
  }

  @Test
  void aStreamMetersAllThatPasses() throws IOException {
    int[] metered = {0};
    byte[] content = new byte[200_000];
    Arrays.fill(content, (byte) 9);
    try (InputStream in =
        new MeteredStream(new ByteArrayInputStream(content)) {
          @Override
          protected void meter(int count) {
            metered[0] += count;
          }
        }) {
      assertEquals(9, in.read());
      assertEquals(1, metered[0]);
      assertEquals(10, in.read(new byte[50], 5, 10));
      assertEquals(11, metered[0]);
      assertEquals(150_000, in.skip(150_000));
      assertEquals(150_011, metered[0]);
      assertEquals(0, in.skip(-5));
      assertFalse(in.markSupported());
      assertEquals(49_989, in.skip(Long.MAX_VALUE));
      assertEquals(-1, in.read());
      assertEquals(-1, in.read(new byte[5], 0, 5));
      assertEquals(200_000, metered[0]);
    }
  }

  private static void endsSoon(Work work) {
    assertTrue(times(work) < LOOKS);
  }

  /** How often it can be done. */
  private static int times(Work work) {
    int done = 0;
    try {
      while (done < 2 * Budget.MAX_STEPS) {
        work.run(done);
        done++;
      }
    } catch (DamagedException e) {
      return done;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return done;
  }
}
