package dev.assay.internal.container;

import dev.assay.ByteSource;
import java.io.IOException;

/** A file whose format has been recognised: what those who read its blocks start from. */
public interface ContainerFile extends ByteSource {

  /** The recognised format. */
  Format format();

  /** What reading is charged to. */
  Budget budget();

  /** Finds something out about the file. */
  interface Reading<T> {
    T read() throws IOException;
  }

  /**
   * What was found out about the file, at the first call by reading, at every other as it was then:
   * several ask for the same, and each reading is charged to the one budget.
   *
   * @param type of the result, of which there is one for each file
   */
  <T> T once(Class<T> type, Reading<T> reading) throws IOException;
}
