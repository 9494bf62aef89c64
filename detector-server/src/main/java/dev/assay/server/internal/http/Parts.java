package dev.assay.server.internal.http;

import dev.assay.server.ServerSettings;
import dev.assay.server.internal.intake.Uploads;
import dev.assay.server.internal.work.Detectors;
import dev.assay.server.internal.work.Workshop;

/** What handlers share. */
record Parts(
    ServerSettings settings,
    Uploads uploads,
    Workshop workshop,
    Detectors detectors,
    ServiceMetrics metrics) {

  /** Characters of answers that are kept. */
  static final long REMEMBERED_CHARACTERS = 32L << 20;
}
