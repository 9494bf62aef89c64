package dev.assay.evaluation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Does the same with each of a list, several at a time. */
final class SideBySide {

  private SideBySide() {}

  /** What is done. */
  @FunctionalInterface
  interface Step<A, B> {
    B of(A each) throws IOException;
  }

  /**
   * The results, in the order of the list.
   *
   * @param workers how many are worked on at a time, at least 1
   * @throws IOException if one fails so; the others are given up
   */
  static <A, B> List<B> of(List<A> all, int workers, Step<A, B> step)
      throws IOException, InterruptedException {
    ExecutorService pool = Executors.newFixedThreadPool(workers);
    try {
      List<Future<B>> futures = new ArrayList<>();
      for (A each : all) {
        futures.add(pool.submit(() -> step.of(each)));
      }
      List<B> results = new ArrayList<>();
      for (Future<B> future : futures) {
        results.add(future.get());
      }
      return results;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failed) {
        throw failed;
      }
      if (e.getCause() instanceof RuntimeException failed) {
        throw failed;
      }
      throw new IllegalStateException("a step failed", e.getCause());
    } finally {
      pool.shutdownNow();
    }
  }
}
