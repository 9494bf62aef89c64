package dev.assay.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SideBySideTest {

  @Test
  void worksOnSeveralAtATimeAndKeepsTheirOrder() throws Exception {
    CyclicBarrier both = new CyclicBarrier(2);
    List<Integer> numbers = IntStream.range(0, 20).boxed().toList();
    List<Integer> doubled =
        SideBySide.of(
            numbers,
            2,
            number -> {
              try {
                both.await(20, TimeUnit.SECONDS);
              } catch (Exception e) {
                throw new IOException(e);
              }
              return 2 * number;
            });
    assertEquals(numbers.stream().map(number -> 2 * number).toList(), doubled);
  }

  @Test
  void failsAsAStepFails() {
    IOException failure =
        assertThrows(
            IOException.class,
            () ->
                SideBySide.of(
                    List.of(1, 2),
                    1,
                    number -> {
                      throw new IOException("no room");
                    }));
    assertEquals("no room", failure.getMessage());
  }
}
