package dev.assay.internal.format;

import dev.assay.spi.Finding;
import dev.assay.spi.Media;
import java.io.IOException;
import java.util.IdentityHashMap;
import java.util.Optional;

/** What was found out about one file so far, for {@link Media#once}. Not thread-safe. */
public final class FoundOnce {

  private final IdentityHashMap<Finding<?>, Object> found = new IdentityHashMap<>();

  /** Of a file of which nothing is known. */
  public FoundOnce() {}

  /** Of a file whose format was recognised when it was opened. */
  public FoundOnce(Format format) {
    found.put(RecognisedFormat.FINDING, Optional.of(format));
  }

  /** What was found, at the first call by reading. */
  public <T> T once(Finding<T> finding, Media media) throws IOException {
    // A finding is only ever put with what it found.
    @SuppressWarnings("unchecked")
    T known = (T) found.get(finding);
    if (known == null) {
      known = finding.find(media);
      found.put(finding, known);
    }
    return known;
  }
}
