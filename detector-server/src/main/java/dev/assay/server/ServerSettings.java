package dev.assay.server;

import dev.assay.DetectorSettings;
import dev.assay.isolation.WorkerLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * What shapes a server.
 *
 * @param host name or address that it listens on
 * @param port TCP port; 0 for any that is free
 * @param detector settings of examinations, within which a request may choose
 * @param workers how many files are examined at a time, at least 1
 * @param isolation what a worker process may cost
 * @param queue how many files may wait for a worker, at least 1
 * @param uploads how many bodies may arrive at a time, at least 1
 * @param keys file of access keys; empty for none, which only a loopback address allows
 * @param origins of pages of other sites that may ask, as browsers send them
 * @param remembered how long an answer is kept for identical content; zero for not at all
 * @param logNames whether the access log holds the names of files
 * @param grace how long requests in flight may take when the server is closed
 */
public record ServerSettings(
    String host,
    int port,
    DetectorSettings detector,
    int workers,
    WorkerLimits isolation,
    int queue,
    int uploads,
    Optional<Path> keys,
    Set<String> origins,
    Duration remembered,
    boolean logNames,
    Duration grace) {

  /** Port where none is named. */
  public static final int PORT = 8087;

  private static final long LARGEST = 256L << 20;

  public ServerSettings {
    origins = Set.copyOf(origins);
    if (workers < 1 || queue < 1 || uploads < 1) {
      throw new IllegalArgumentException("workers, queue and uploads must be at least 1");
    }
  }

  /**
   * On 127.0.0.1, one worker per core, 32 files waiting, 64 bodies at a time of at most 256 MiB
   * each, without keys, answers kept for 10 minutes, 30 seconds of grace.
   */
  public static ServerSettings defaults() {
    DetectorSettings detector = DetectorSettings.defaults();
    return new ServerSettings(
        "127.0.0.1",
        PORT,
        detector.withLimits(detector.limits().withBytes(LARGEST)),
        Runtime.getRuntime().availableProcessors(),
        WorkerLimits.defaults(),
        32,
        64,
        Optional.empty(),
        Set.of(),
        Duration.ofMinutes(10),
        false,
        Duration.ofSeconds(30));
  }

  /** The same on another address. */
  public ServerSettings at(String newHost, int newPort) {
    return new ServerSettings(
        newHost,
        newPort,
        detector,
        workers,
        isolation,
        queue,
        uploads,
        keys,
        origins,
        remembered,
        logNames,
        grace);
  }

  /** The same with other settings of examinations. */
  public ServerSettings withDetector(DetectorSettings value) {
    return new ServerSettings(
        host,
        port,
        value,
        workers,
        isolation,
        queue,
        uploads,
        keys,
        origins,
        remembered,
        logNames,
        grace);
  }

  /** The same with another number of files at a time, and of what each may cost. */
  public ServerSettings withWorkers(int value, WorkerLimits cost) {
    return new ServerSettings(
        host,
        port,
        detector,
        value,
        cost,
        queue,
        uploads,
        keys,
        origins,
        remembered,
        logNames,
        grace);
  }

  /** The same with other bounds on what waits and what arrives. */
  public ServerSettings withBounds(int waiting, int arriving) {
    return new ServerSettings(
        host,
        port,
        detector,
        workers,
        isolation,
        waiting,
        arriving,
        keys,
        origins,
        remembered,
        logNames,
        grace);
  }

  /** The same with a file of access keys. */
  public ServerSettings withKeys(Path value) {
    return new ServerSettings(
        host,
        port,
        detector,
        workers,
        isolation,
        queue,
        uploads,
        Optional.of(value),
        origins,
        remembered,
        logNames,
        grace);
  }

  /** The same with pages of other sites that may ask. */
  public ServerSettings withOrigins(Set<String> value) {
    return new ServerSettings(
        host,
        port,
        detector,
        workers,
        isolation,
        queue,
        uploads,
        keys,
        value,
        remembered,
        logNames,
        grace);
  }

  /** The same with another time for which answers are kept. */
  public ServerSettings withRemembered(Duration value) {
    return new ServerSettings(
        host, port, detector, workers, isolation, queue, uploads, keys, origins, value, logNames,
        grace);
  }

  /** The same with names of files in the access log, or without. */
  public ServerSettings withLogNames(boolean value) {
    return new ServerSettings(
        host,
        port,
        detector,
        workers,
        isolation,
        queue,
        uploads,
        keys,
        origins,
        remembered,
        value,
        grace);
  }

  /** The same with another grace. */
  public ServerSettings withGrace(Duration value) {
    return new ServerSettings(
        host,
        port,
        detector,
        workers,
        isolation,
        queue,
        uploads,
        keys,
        origins,
        remembered,
        logNames,
        value);
  }
}
