package dev.assay.internal.known;

import dev.assay.MediaException;
import dev.assay.internal.model.EmbeddedFrame;
import dev.assay.spi.Media;
import java.util.List;

/** Says where frames of media lie among other pictures. */
@FunctionalInterface
public interface FrameEmbedder {

  /** Those that networks look at; none where no network does. */
  List<EmbeddedFrame> of(Media media) throws MediaException;
}
