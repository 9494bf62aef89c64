package dev.assay.container;

import dev.assay.ByteSource;

/** A file whose format has been recognised: what those who read its blocks start from. */
public interface ContainerFile extends ByteSource {

  /** The recognised format. */
  Format format();

  /** What reading is charged to. */
  Budget budget();
}
