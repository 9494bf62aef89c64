package dev.assay.internal.container;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.Sentence;
import dev.assay.spi.Budget;
import dev.assay.spi.DamagedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** The door against an array: it gives what is there, or damage, and nothing else. */
class ByteReaderPropertiesTest {

  private static final Duration AMPLE = Duration.ofMinutes(1);
  private static final Sentence WHAT = Sentence.of("A piece");

  @Property
  void readsWhatIsThereAndRefusesTheRest(
      @ForAll @Size(max = 200) byte[] content, @ForAll long offset, @ForAll int length)
      throws IOException {
    for (ByteReader bytes :
        new ByteReader[] {
          new ByteReader(content, new Budget(AMPLE)),
          new ByteReader(new MemorySource(content), new Budget(AMPLE))
        }) {
      long place = content.length == 0 ? offset : offset % (content.length + 9);
      int count = length % (content.length + 9);
      boolean there = place >= 0 && count >= 0 && count <= content.length - place;
      try {
        byte[] read = bytes.read(place, count);
        assertTrue(there, "read " + count + " at " + place);
        assertArrayEquals(Arrays.copyOfRange(content, (int) place, (int) place + count), read);
        assertArrayEquals(read, bytes.piece(WHAT, place, count));
      } catch (DamagedException e) {
        assertTrue(!there, e.getMessage());
      }
    }
  }

  @Property
  void refusesAnyOffsetAndLengthThatIsNotInside(@ForAll long offset, @ForAll long length) {
    ByteReader bytes = new ByteReader(new byte[0], new Budget(AMPLE));
    if (offset != 0 || length != 0) {
      assertThrows(DamagedException.class, () -> bytes.piece(WHAT, offset, length));
    }
    assertThrows(DamagedException.class, () -> bytes.u8(offset));
  }

  @Property
  void longNumbersAreNeverNegative(@ForAll long number, @ForAll boolean little) throws IOException {
    byte[] content =
        ByteBuffer.allocate(8)
            .order(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN)
            .putLong(number)
            .array();
    ByteReader bytes = new ByteReader(content, new Budget(AMPLE));
    try {
      assertEquals(number, little ? bytes.u64LittleEndian(0) : bytes.u64(0));
      assertTrue(number >= 0, "given as it was: " + number);
    } catch (DamagedException e) {
      assertTrue(number < 0, "refused: " + number);
    }
  }

  @Property
  void whatIsChargedOnlyGrows(@ForAll long bytes, @ForAll @IntRange(min = 1, max = 40) int times) {
    Budget budget = new Budget(AMPLE);
    if (bytes < 0) {
      assertThrows(IllegalArgumentException.class, () -> budget.copy(bytes));
      assertThrows(IllegalArgumentException.class, () -> budget.work(bytes));
      return;
    }
    long sum = 0;
    for (int i = 0; i < times; i++) {
      sum =
          Math.min(Budget.MAX_COPIED_BYTES + 1, sum + Math.min(bytes, Budget.MAX_COPIED_BYTES + 1));
      try {
        budget.copy(bytes);
        assertTrue(sum <= Budget.MAX_COPIED_BYTES, "passed: " + sum);
      } catch (DamagedException e) {
        assertTrue(sum > Budget.MAX_COPIED_BYTES, "refused: " + sum);
      }
    }
  }
}
