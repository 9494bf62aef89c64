package dev.assay.internal.model;

import dev.assay.Media;
import dev.assay.MediaException;
import dev.assay.internal.container.ContainerFile;

/** The time that one file may cost, between two runs of a network. */
final class Deadline {

  private Deadline() {}

  /** Fails where the time for the file is up. */
  static void check(Media media) throws MediaException {
    if (media instanceof ContainerFile file) {
      file.budget().checkTime();
    }
  }
}
