package dev.assay.server.internal.work;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Answers that were given, for a stated time and up to a number of characters; the longest unused
 * go first. Thread-safe.
 *
 * @param <K> what was asked
 * @param <V> what was answered
 */
public final class Answers<K, V> {

  private record Kept<V>(V answer, int size, long until) {}

  private final Map<K, Kept<V>> kept = new LinkedHashMap<>(64, 0.75f, true);
  private final long nanoseconds;
  private final long most;
  private final LongSupplier clock;
  private long total;

  /**
   * None yet.
   *
   * @param time for which each is kept; zero for not at all
   * @param most characters of all
   * @param clock nanoseconds, only going forward
   */
  public Answers(Duration time, long most, LongSupplier clock) {
    this.nanoseconds = time.toNanos();
    this.most = most;
    this.clock = clock;
  }

  /** The answer, if it was given of late. */
  public synchronized Optional<V> find(K asked) {
    Kept<V> found = kept.get(asked);
    if (found != null && found.until() - clock.getAsLong() < 0) {
      remove(asked);
      return Optional.empty();
    }
    return Optional.ofNullable(found).map(Kept::answer);
  }

  /**
   * Keeps an answer.
   *
   * @param size in characters
   */
  public synchronized void keep(K asked, V answer, int size) {
    if (nanoseconds == 0 || size > most) {
      return;
    }
    remove(asked);
    kept.put(asked, new Kept<>(answer, size, clock.getAsLong() + nanoseconds));
    total += size;
    Iterator<Kept<V>> oldest = kept.values().iterator();
    while (total > most) {
      total -= oldest.next().size();
      oldest.remove();
    }
  }

  private void remove(K asked) {
    Kept<V> gone = kept.remove(asked);
    total -= gone == null ? 0 : gone.size();
  }
}
