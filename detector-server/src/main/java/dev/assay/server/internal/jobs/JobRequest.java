package dev.assay.server.internal.jobs;

import dev.assay.DetectorSettings;
import java.net.URI;
import java.util.Optional;

/**
 * What a sender asks of a file.
 *
 * @param settings of its examination
 * @param page language of the page that is made beside its report; empty for none
 * @param idempotency what its sender named the request, so that sending it again makes no other
 * @param webhook who is told when it is done
 */
public record JobRequest(
    DetectorSettings settings,
    Optional<String> page,
    Optional<String> idempotency,
    Optional<URI> webhook) {

  /** Whether both want the same of a file. */
  boolean isSameAs(JobRequest other) {
    return settings.equals(other.settings) && page.equals(other.page);
  }
}
