package dev.assay.server.internal.work;

import dev.assay.DetectorSettings;
import dev.assay.isolation.IsolatedDetector;
import dev.assay.isolation.WorkerLimits;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A detector for each of the settings that were asked for of late: its processes hold models, so
 * there are few. Owns them. Thread-safe.
 */
public final class Detectors implements AutoCloseable {

  /** Settings whose processes are kept when nothing is asked of them. */
  private static final int KEPT = 3;

  private static final class Held {
    final IsolatedDetector detector;
    int users;

    Held(IsolatedDetector detector) {
      this.detector = detector;
    }
  }

  private final Map<DetectorSettings, Held> held = new LinkedHashMap<>(8, 0.75f, true);
  private final int processes;
  private final WorkerLimits limits;
  private boolean closed;

  /**
   * None yet.
   *
   * @param processes of each at most
   * @param limits of each process
   */
  public Detectors(int processes, WorkerLimits limits) {
    this.processes = processes;
    this.limits = limits;
  }

  /**
   * Asks the detector with these settings.
   *
   * @throws dev.assay.InstallationException if there can be none
   * @throws IllegalStateException if they are closed
   */
  public <T> T ask(DetectorSettings settings, Function<IsolatedDetector, T> question) {
    Held mine = take(settings);
    try {
      return question.apply(mine.detector);
    } finally {
      giveBack(mine);
    }
  }

  private synchronized Held take(DetectorSettings settings) {
    if (closed) {
      throw new IllegalStateException("the detectors are closed");
    }
    Held mine =
        held.computeIfAbsent(
            settings, wanted -> new Held(new IsolatedDetector(wanted, processes, limits)));
    mine.users++;
    return mine;
  }

  private void giveBack(Held mine) {
    unused(mine).forEach(IsolatedDetector::close);
  }

  /** Those that are too many now, the longest unused first. */
  private synchronized List<IsolatedDetector> unused(Held mine) {
    mine.users--;
    List<IsolatedDetector> left = new ArrayList<>();
    held.values()
        .removeIf(
            other -> {
              boolean many = held.size() > KEPT && other.users == 0;
              if (many) {
                left.add(other.detector);
              }
              return many;
            });
    return left;
  }

  @Override
  public synchronized void close() {
    closed = true;
    held.values().forEach(each -> each.detector.close());
    held.clear();
  }
}
