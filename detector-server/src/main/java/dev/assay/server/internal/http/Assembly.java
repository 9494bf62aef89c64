package dev.assay.server.internal.http;

import dev.assay.Report;
import dev.assay.server.ServerSettings;
import dev.assay.server.internal.access.Access;
import dev.assay.server.internal.access.Origins;
import dev.assay.server.internal.intake.DataFolder;
import dev.assay.server.internal.intake.Uploads;
import dev.assay.server.internal.jobs.Jobs;
import dev.assay.server.internal.jobs.Webhooks;
import dev.assay.server.internal.work.Detectors;
import dev.assay.server.internal.work.Workshop;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** Puts the addresses of a server together. */
public final class Assembly {

  private Assembly() {}

  /**
   * A service that does not listen yet.
   *
   * @throws IOException if a file or folder of the settings cannot be used; the message is a
   *     sentence
   * @throws dev.assay.InstallationException if models or libraries are missing
   */
  public static HttpService of(
      ServerSettings settings,
      DataFolder data,
      Uploads uploads,
      Workshop workshop,
      Detectors detectors,
      Access access,
      PrintStream log)
      throws IOException {
    Optional<SslContextFactory.Server> tls =
        settings.tls().isPresent() ? Optional.of(Tls.of(settings.tls().get())) : Optional.empty();
    Report.Tool tool = detectors.ask(settings.detector(), detector -> detector.tool());
    ServiceMetrics metrics = new ServiceMetrics(workshop);
    Optional<Webhooks> webhooks =
        settings.webhooks().isPresent()
            ? Optional.of(new Webhooks(settings.webhooks().get(), Clock.systemUTC()))
            : Optional.empty();
    Jobs jobs =
        new Jobs(
            data.jobs(),
            settings.jobs(),
            settings.keep(),
            settings.workers(),
            workshop,
            detectors,
            metrics::examined,
            webhooks,
            Clock.systemUTC());
    Parts parts =
        new Parts(
            settings,
            uploads,
            new Semaphore(settings.uploads()),
            workshop,
            detectors,
            jobs,
            webhooks,
            metrics);
    Origins origins = new Origins(!access.listed(), settings.origins());
    return new HttpService(
        parts,
        new Gate(origins, access.keys(), settings.proxied()),
        settings.desk() ? Optional.of(new Desk(access)) : Optional.empty(),
        new AccessLog(log, settings.logNames(), Clock.systemUTC()),
        tool,
        tls);
  }
}
