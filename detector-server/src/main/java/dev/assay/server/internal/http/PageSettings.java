package dev.assay.server.internal.http;

import dev.assay.ChangedCopies;
import dev.assay.DetectorSettings;

/** What a page shows beyond the report takes more work, as {@code inspect --html} does. */
final class PageSettings {

  private PageSettings() {}

  static DetectorSettings of(DetectorSettings settings) {
    DetectorSettings mapped = settings.withMaps(true);
    return mapped.copies() == ChangedCopies.NONE ? mapped.withCopies(ChangedCopies.SHOWN) : mapped;
  }
}
