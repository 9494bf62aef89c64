package dev.assay.server.internal.http;

import dev.assay.Report;
import dev.assay.server.ServerSettings;
import dev.assay.server.internal.access.AccessKeys;
import dev.assay.server.internal.access.Origins;
import dev.assay.server.internal.intake.Uploads;
import dev.assay.server.internal.work.Detectors;
import dev.assay.server.internal.work.Workshop;
import java.io.PrintStream;
import java.time.Clock;
import java.util.Optional;

/** Puts the addresses of a server together. */
public final class Assembly {

  private Assembly() {}

  /**
   * A service that does not listen yet.
   *
   * @throws dev.assay.InstallationException if models or libraries are missing
   */
  public static HttpService of(
      ServerSettings settings,
      Uploads uploads,
      Workshop workshop,
      Detectors detectors,
      Optional<AccessKeys> keys,
      PrintStream log) {
    Report.Tool tool = detectors.ask(settings.detector(), detector -> detector.tool());
    Parts parts = new Parts(settings, uploads, workshop, detectors, new ServiceMetrics(workshop));
    Origins origins = new Origins(keys.isEmpty(), settings.origins());
    return new HttpService(
        parts,
        new Gate(origins, keys),
        new AccessLog(log, settings.logNames(), Clock.systemUTC()),
        tool);
  }
}
