package dev.assay.server;

import dev.assay.DetectorSettings;
import dev.assay.internal.resource.UserFolders;
import dev.assay.isolation.WorkerLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

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
 * @param tls certificate and key by which the server speaks TLS; empty where it does not
 * @param origins of pages of other sites that may ask, as browsers send them
 * @param remembered how long an answer is kept for identical content; zero for not at all
 * @param data folder of what arrives, and of jobs, which survive the server
 * @param jobs how many jobs may wait, at least 1
 * @param keep how long the reports of jobs are kept; their media are not, once examined
 * @param webhooks who may be told of jobs that are done; empty for nobody
 * @param desk whether it has a page for people; a key is made at the start where there are none
 * @param proxied whether requests come through a proxy whose {@code X-Forwarded} headers are true
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
    Optional<Tls> tls,
    Set<String> origins,
    Duration remembered,
    Path data,
    int jobs,
    Duration keep,
    Optional<Webhooks> webhooks,
    boolean desk,
    boolean proxied,
    boolean logNames,
    Duration grace) {

  /**
   * Files of PEM.
   *
   * @param certificates that of the server first, those that lead to a trusted one after it
   * @param key its private key, without a password
   */
  public record Tls(Path certificates, Path key) {}

  /**
   * Who may be told of jobs that are done.
   *
   * @param hosts names with their ports, as they stand in addresses; a private address only where
   *     it is listed as a number, or as {@code localhost}
   * @param secret file of the secret by which what they are told is signed
   */
  public record Webhooks(Set<String> hosts, Path secret) {
    public Webhooks {
      hosts = Set.copyOf(hosts);
    }
  }

  /** Port where none is named. */
  public static final int PORT = 8087;

  private static final long LARGEST = 256L << 20;

  public ServerSettings {
    origins = Set.copyOf(origins);
    if (workers < 1 || queue < 1 || uploads < 1 || jobs < 1) {
      throw new IllegalArgumentException("workers, queue, uploads and jobs must be at least 1");
    }
  }

  /**
   * On 127.0.0.1, one worker per core, 32 files waiting, 64 bodies at a time of at most 256 MiB
   * each, without keys, answers kept for 10 minutes; 1,000 jobs waiting in the cache folder, their
   * reports kept for a day; 30 seconds of grace.
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
        Optional.empty(),
        Set.of(),
        Duration.ofMinutes(10),
        UserFolders.cache().resolve("server"),
        1000,
        Duration.ofHours(24),
        Optional.empty(),
        false,
        false,
        false,
        Duration.ofSeconds(30));
  }

  /** Whether a key is needed. */
  public boolean keyed() {
    return keys.isPresent() || desk;
  }

  /** A copy in which something is changed. */
  private ServerSettings with(Consumer<Copy> change) {
    Copy copy = new Copy(this);
    change.accept(copy);
    return copy.made();
  }

  /** The settings, open to change. */
  private static final class Copy {
    private String host;
    private int port;
    private DetectorSettings detector;
    private int workers;
    private WorkerLimits isolation;
    private int queue;
    private int uploads;
    private Optional<Path> keys;
    private Optional<Tls> tls;
    private Set<String> origins;
    private Duration remembered;
    private Path data;
    private int jobs;
    private Duration keep;
    private Optional<Webhooks> webhooks;
    private boolean desk;
    private boolean proxied;
    private boolean logNames;
    private Duration grace;

    Copy(ServerSettings from) {
      host = from.host;
      port = from.port;
      detector = from.detector;
      workers = from.workers;
      isolation = from.isolation;
      queue = from.queue;
      uploads = from.uploads;
      keys = from.keys;
      tls = from.tls;
      origins = from.origins;
      remembered = from.remembered;
      data = from.data;
      jobs = from.jobs;
      keep = from.keep;
      webhooks = from.webhooks;
      desk = from.desk;
      proxied = from.proxied;
      logNames = from.logNames;
      grace = from.grace;
    }

    ServerSettings made() {
      return new ServerSettings(
          host,
          port,
          detector,
          workers,
          isolation,
          queue,
          uploads,
          keys,
          tls,
          origins,
          remembered,
          data,
          jobs,
          keep,
          webhooks,
          desk,
          proxied,
          logNames,
          grace);
    }
  }

  /** The same on another address. */
  public ServerSettings at(String newHost, int newPort) {
    return with(
        copy -> {
          copy.host = newHost;
          copy.port = newPort;
        });
  }

  /** The same with other settings of examinations. */
  public ServerSettings withDetector(DetectorSettings value) {
    return with(
        copy -> {
          copy.detector = value;
        });
  }

  /** The same with another number of files at a time, and of what each may cost. */
  public ServerSettings withWorkers(int value, WorkerLimits cost) {
    return with(
        copy -> {
          copy.workers = value;
          copy.isolation = cost;
        });
  }

  /** The same with other bounds on what waits and what arrives. */
  public ServerSettings withBounds(int waiting, int arriving) {
    return with(
        copy -> {
          copy.queue = waiting;
          copy.uploads = arriving;
        });
  }

  /** The same with a file of access keys. */
  public ServerSettings withKeys(Path value) {
    return with(
        copy -> {
          copy.keys = Optional.of(value);
        });
  }

  /** The same with TLS. */
  public ServerSettings withTls(Tls value) {
    return with(
        copy -> {
          copy.tls = Optional.of(value);
        });
  }

  /** The same with pages of other sites that may ask. */
  public ServerSettings withOrigins(Set<String> value) {
    return with(
        copy -> {
          copy.origins = value;
        });
  }

  /** The same with another time for which answers are kept. */
  public ServerSettings withRemembered(Duration value) {
    return with(
        copy -> {
          copy.remembered = value;
        });
  }

  /** The same with other jobs: where they lie, how many wait, how long reports are kept. */
  public ServerSettings withJobs(Path place, int waiting, Duration time) {
    return with(
        copy -> {
          copy.data = place;
          copy.jobs = waiting;
          copy.keep = time;
        });
  }

  /** The same with others that are told of jobs. */
  public ServerSettings withWebhooks(Webhooks value) {
    return with(
        copy -> {
          copy.webhooks = Optional.of(value);
        });
  }

  /** The same with a page for people, or without. */
  public ServerSettings withDesk(boolean value) {
    return with(
        copy -> {
          copy.desk = value;
        });
  }

  /** The same behind a proxy, or not. */
  public ServerSettings withProxy(boolean value) {
    return with(
        copy -> {
          copy.proxied = value;
        });
  }

  /** The same with names of files in the access log, or without. */
  public ServerSettings withLogNames(boolean value) {
    return with(
        copy -> {
          copy.logNames = value;
        });
  }

  /** The same with another grace. */
  public ServerSettings withGrace(Duration value) {
    return with(
        copy -> {
          copy.grace = value;
        });
  }
}
