package dev.assay.server.internal.work;

import dev.assay.ChangedCopies;
import dev.assay.DetectorSettings;

/** What a page shows beyond the report takes more work, as {@code inspect --html} does. */
public final class PageSettings {

  private PageSettings() {}

  /** The settings for a page of what these settings are for. */
  public static DetectorSettings of(DetectorSettings settings) {
    DetectorSettings mapped = settings.withMaps(true);
    return mapped.copies() == ChangedCopies.NONE ? mapped.withCopies(ChangedCopies.SHOWN) : mapped;
  }
}
