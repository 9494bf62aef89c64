package dev.assay.internal.model;

import dev.assay.MediaException;
import dev.assay.spi.Finding;
import dev.assay.spi.Media;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the frames of a file for as long as it is open, so that whoever asks a backbone
 * of them asks it once.
 */
final class ViewedFrames {

  private static final Finding<ViewedFrames> FINDING = ViewedFrames::new;

  private final Media media;
  private @Nullable List<ViewedFrame> frames;

  private ViewedFrames(Media media) {
    this.media = media;
  }

  /** The frames of a file, the same at every call; those of a changed copy of it are not kept. */
  static List<ViewedFrame> of(Media media) throws MediaException {
    try {
      return media.once(FINDING).frames(media);
    } catch (IOException e) {
      throw MediaException.unreadable(e);
    }
  }

  private List<ViewedFrame> frames(Media asked) throws MediaException {
    if (asked != media) {
      return asked.frames().stream().map(ViewedFrame::at).toList();
    }
    List<ViewedFrame> known = frames;
    if (known == null) {
      known = media.frames().stream().map(ViewedFrame::at).toList();
      frames = known;
    }
    return known;
  }
}
