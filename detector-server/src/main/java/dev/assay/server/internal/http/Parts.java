package dev.assay.server.internal.http;

import dev.assay.server.ServerSettings;
import dev.assay.server.internal.intake.Uploads;
import dev.assay.server.internal.jobs.Jobs;
import dev.assay.server.internal.jobs.Webhooks;
import dev.assay.server.internal.work.Detectors;
import dev.assay.server.internal.work.Workshop;
import io.javalin.http.Context;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** What handlers share. */
record Parts(
    ServerSettings settings,
    Uploads uploads,
    Semaphore arriving,
    Workshop workshop,
    Detectors detectors,
    Jobs jobs,
    Optional<Webhooks> webhooks,
    ServiceMetrics metrics) {

  /** Characters of answers that are kept. */
  static final long REMEMBERED_CHARACTERS = 32L << 20;

  /**
   * Receives the body of a request, as one of those that may arrive at a time.
   *
   * @throws ProblemException if it is not to be taken
   */
  Body received(Context context) {
    if (!arriving.tryAcquire()) {
      throw Problem.of(429, "busy", "As many files arrive as may at a time.").after(2).thrown();
    }
    try {
      long most = RequestLog.of(context).limits().bytes(settings.detector().limits().bytes());
      return Body.read(context, uploads, most);
    } finally {
      arriving.release();
    }
  }
}
