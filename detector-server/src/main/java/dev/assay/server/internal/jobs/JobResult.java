package dev.assay.server.internal.jobs;

import java.util.Optional;

/**
 * What an examination brought, to be kept.
 *
 * @param report as JSON
 * @param page the HTML document, where one was asked for
 * @param thumbnail a small picture of the file as JPEG, where a page was asked for and it has one
 */
record JobResult(String report, Optional<String> page, Optional<byte[]> thumbnail) {

  /** A report alone. */
  static JobResult of(String report) {
    return new JobResult(report, Optional.empty(), Optional.empty());
  }
}
