package dev.assay.spi;

import dev.assay.Detector;
import dev.assay.DetectorSettings;
import dev.assay.Evidence;
import dev.assay.MediaException;
import dev.assay.MediaKind;
import java.io.IOException;
import java.util.List;

/**
 * One line of evidence: looks at a media and says what it saw.
 *
 * <p>The extension point. Examiners named in {@code META-INF/services/dev.assay.spi.Examiner} are
 * found on the class path and need a public constructor without parameters; others are passed to
 * {@link Detector#open(DetectorSettings, List)}. One instance serves all threads, so it keeps no
 * state of a file. It knows nothing of other examiners, and reports what it saw, not what it adds
 * up to.
 */
public interface Examiner extends AutoCloseable {

  /** What it is; the same at every call. */
  ExaminerInfo info();

  /** Its id, as it stands in every piece of evidence. */
  default String id() {
    return info().id();
  }

  /**
   * Hears that a media of this kind is about to be examined, and can load in the background what
   * that takes. Returns at once; {@link #examine} works as well without.
   */
  default void prepare(MediaKind kind) {}

  /**
   * Looks at a media.
   *
   * @param media what to look at; valid until this method returns
   * @return what was seen, possibly nothing
   * @throws MediaException if the media cannot be decoded
   * @throws IOException if it cannot be read
   */
  List<Evidence> examine(Media media) throws MediaException, IOException;

  /** Frees what the examiner holds; called once, after the last {@link #examine}. */
  @Override
  default void close() {}
}
