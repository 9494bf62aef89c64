package dev.assay.cli;

import dev.assay.DetectorSettings;
import dev.assay.Limits;
import dev.assay.isolation.WorkerLimits;
import dev.assay.server.ServerSettings;
import java.time.Duration;
import java.util.Set;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/** The options of commands that listen, and the settings that they make. */
final class ServerOptions {

  private static final int CORES = Runtime.getRuntime().availableProcessors();
  private static final int MAX_PORT = 65_535;
  private static final int MAX_HOURS = 8784;

  private ServerOptions() {}

  /**
   * Adds them.
   *
   * @param defaults what holds where a command line names nothing else
   * @param place which folder jobs lie in then, for the help
   */
  static void addTo(Options options, ServerSettings defaults, String place) {
    options.addOption(
        DetectorOptions.option("host", "NAME", "name or address to listen on (127.0.0.1)"));
    options.addOption(
        DetectorOptions.option(
            "port", "N", "TCP port; 0 for any free one (" + defaults.port() + ")"));
    options.addOption(
        DetectorOptions.option(
            "keys", "FILE", "file of access keys; needed where other machines can reach the host"));
    options.addOption(
        DetectorOptions.option(
            "tls-cert", "PEM", "certificate of the server, and those above it; needs --tls-key"));
    options.addOption(
        DetectorOptions.option("tls-key", "PEM", "private key of --tls-cert, without a password"));
    options.addOption(
        DetectorOptions.option(
            "origin", "URL", "let pages of this site ask, https://example.org; may be repeated"));
    options.addOption(
        DetectorOptions.option(
            "workers", "N", "number of files examined at a time (one per core)"));
    options.addOption(
        DetectorOptions.option(
            "worker-memory", "SIZE", "memory of a worker process, at least 1G (4G)"));
    options.addOption(
        DetectorOptions.option(
            "queue", "N", "number of files that may wait; further ones are refused (32)"));
    options.addOption(
        DetectorOptions.option("uploads", "N", "number of files received at a time (64)"));
    options.addOption(
        DetectorOptions.option(
            "remember", "SECONDS", "how long answers on equal content are kept; 0 for none (600)"));
    options.addOption(
        DetectorOptions.option(
            "data", "DIR", "folder of jobs, which survive the server (in the " + place + ")"));
    options.addOption(DetectorOptions.option("jobs", "N", "number of jobs that may wait (1000)"));
    options.addOption(
        DetectorOptions.option(
            "keep",
            "HOURS",
            "how long reports of jobs are kept (" + defaults.keep().toHours() + ")"));
    options.addOption(
        DetectorOptions.option(
            "webhook-host",
            "HOST",
            "let jobs tell this host, with its port, when they are done; may be repeated"));
    options.addOption(
        DetectorOptions.option(
            "webhook-secret", "FILE", "secret by which what it is told is signed"));
    options.addOption(
        Option.builder()
            .longOpt("log-names")
            .desc("put names of files into the access log on standard output")
            .get());
    options.addOption(
        DetectorOptions.option(
            "grace",
            "SECONDS",
            "time for requests in flight when asked to end ("
                + defaults.grace().toSeconds()
                + ")"));
    options.addOption(
        Option.builder()
            .longOpt("behind-proxy")
            .desc("believe X-Forwarded headers: requests come through a proxy that sets them")
            .get());
    DetectorOptions.addTo(options);
  }

  /**
   * The settings that a command line asks for.
   *
   * @param defaults what it does not name
   */
  static ServerSettings settings(CommandLine line, ServerSettings defaults) throws UsageException {
    ServerSettings settings =
        defaults
            .at(line.getOptionValue("host", defaults.host()), port(line, defaults.port()))
            .withDetector(detector(line, defaults.detector().limits()))
            .withWorkers(DetectorOptions.count(line, "workers", CORES), isolation(line))
            .withBounds(
                DetectorOptions.count(line, "queue", defaults.queue()),
                DetectorOptions.count(line, "uploads", defaults.uploads()))
            .withRemembered(seconds(line, "remember", defaults.remembered()))
            .withJobs(
                line.hasOption("data")
                    ? DetectorOptions.path(line.getOptionValue("data"))
                    : defaults.data(),
                DetectorOptions.count(line, "jobs", defaults.jobs()),
                line.hasOption("keep")
                    ? Duration.ofHours(whole(line, "keep", MAX_HOURS))
                    : defaults.keep())
            .withGrace(seconds(line, "grace", defaults.grace()))
            .withDesk(defaults.desk() || line.hasOption("desk"))
            .withProxy(line.hasOption("behind-proxy"))
            .withLogNames(line.hasOption("log-names"));
    if (line.hasOption("origin")) {
      settings = settings.withOrigins(Set.of(line.getOptionValues("origin")));
    }
    if (line.hasOption("tls-cert") != line.hasOption("tls-key")) {
      throw new UsageException("--tls-cert and --tls-key belong together.");
    }
    if (line.hasOption("tls-cert")) {
      settings =
          settings.withTls(
              new ServerSettings.Tls(
                  DetectorOptions.path(line.getOptionValue("tls-cert")),
                  DetectorOptions.path(line.getOptionValue("tls-key"))));
    }
    if (line.hasOption("webhook-host") != line.hasOption("webhook-secret")) {
      throw new UsageException("--webhook-host and --webhook-secret belong together.");
    }
    if (line.hasOption("webhook-host")) {
      settings =
          settings.withWebhooks(
              new ServerSettings.Webhooks(
                  Set.of(line.getOptionValues("webhook-host")),
                  DetectorOptions.path(line.getOptionValue("webhook-secret"))));
    }
    return line.hasOption("keys")
        ? settings.withKeys(DetectorOptions.path(line.getOptionValue("keys")))
        : settings;
  }

  /** As for other commands, but for the largest file: it is somebody else's. */
  private static DetectorSettings detector(CommandLine line, Limits server) throws UsageException {
    DetectorSettings settings = DetectorOptions.settings(line);
    return line.hasOption("max-bytes") || line.hasOption("config")
        ? settings
        : settings.withLimits(settings.limits().withBytes(server.bytes()));
  }

  private static WorkerLimits isolation(CommandLine line) throws UsageException {
    WorkerLimits limits = WorkerLimits.defaults();
    if (!line.hasOption("worker-memory")) {
      return limits;
    }
    long bytes = DetectorOptions.bytes(line, "worker-memory");
    if (bytes < WorkerLimits.MIN_MEMORY_BYTES) {
      throw new UsageException("--worker-memory takes at least 1G.");
    }
    return limits.withMemoryBytes(bytes);
  }

  private static int port(CommandLine line, int otherwise) throws UsageException {
    return line.hasOption("port") ? (int) whole(line, "port", MAX_PORT) : otherwise;
  }

  private static Duration seconds(CommandLine line, String name, Duration otherwise)
      throws UsageException {
    return line.hasOption(name)
        ? Duration.ofSeconds(whole(line, name, Integer.MAX_VALUE))
        : otherwise;
  }

  private static long whole(CommandLine line, String name, long most) throws UsageException {
    try {
      long value = Long.parseLong(line.getOptionValue(name));
      if (value >= 0 && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Told below, like a number out of range.
    }
    throw new UsageException(
        "--"
            + name
            + " takes a whole number from 0 to "
            + most
            + ", not '"
            + Terminal.safe(line.getOptionValue(name))
            + "'.");
  }
}
