package dev.assay.internal.known;

import dev.assay.MediaException;
import dev.assay.MediaKind;
import dev.assay.forensics.Images;
import dev.assay.internal.media.PictureKeypoints;
import dev.assay.internal.model.EmbeddedFrame;
import dev.assay.known.Fingerprint;
import dev.assay.known.MediaFingerprint;
import dev.assay.known.MediaFingerprint.FrameFingerprint;
import dev.assay.known.PdqHash;
import dev.assay.spi.Frame;
import dev.assay.spi.Media;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes the fingerprints by which media is found again. */
public final class Fingerprints {

  /** Frames of a clip that are kept at most, some ten kilobytes each; of more every other. */
  private static final int MAX_FRAMES = 1000;

  private static final int THUMBNAIL_SIDE = 160;
  private static final int THUMBNAIL_QUALITY = 60;

  private Fingerprints() {}

  /**
   * The fingerprint of an image, or of the frames of a clip.
   *
   * @param embedder of its frames
   * @return without frames where it is sound
   * @throws MediaException if it cannot be decoded
   */
  public static MediaFingerprint of(Media media, FrameEmbedder embedder) throws MediaException {
    if (media.kind() == MediaKind.AUDIO) {
      return MediaFingerprint.NONE;
    }
    Map<Frame, EmbeddedFrame> embedded = new HashMap<>();
    embedder.of(media).forEach(frame -> embedded.put(frame.frame(), frame));
    List<FrameFingerprint> frames = new ArrayList<>();
    List<Frame> all = media.frames();
    int step = (all.size() + MAX_FRAMES - 1) / MAX_FRAMES;
    for (int i = 0; i < all.size(); i += step) {
      Frame frame = all.get(i);
      media.budget().checkTime();
      frames.add(
          new FrameFingerprint(
              frame.timeSeconds(), of(frame, Optional.ofNullable(embedded.get(frame)))));
    }
    return new MediaFingerprint(frames);
  }

  private static Fingerprint of(Frame frame, Optional<EmbeddedFrame> embedded) {
    byte[] thumbnail = Images.jpeg(frame.picture(), THUMBNAIL_SIDE, THUMBNAIL_QUALITY);
    return new Fingerprint(
        PdqHash.of(frame.picture()),
        embedded.map(EmbeddedFrame::embedding),
        embedded.map(Fingerprints::keypoints).map(pair -> pair.upright().kept()),
        thumbnail.length > Fingerprint.MAX_THUMBNAIL_BYTES
            ? ByteBuffer.allocate(0)
            : ByteBuffer.wrap(thumbnail));
  }

  /** The key points of what is no margin of a frame. */
  static PictureKeypoints.Pair keypoints(EmbeddedFrame frame) {
    return PictureKeypoints.both(
        frame.frame().picture(), frame.x(), frame.y(), frame.width(), frame.height());
  }
}
