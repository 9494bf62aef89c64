package dev.assay.media;

import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_CORRUPT;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avformat.AVSEEK_FLAG_BACKWARD;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_seek_frame;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;

import dev.assay.FailureCode;
import dev.assay.Frame;
import dev.assay.MediaException;
import dev.assay.Report.Warning;
import dev.assay.WarningCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;

/**
 * Takes frames out of a video, spread over its time.
 *
 * <p>Key frames first: one jump and one decoded picture each, twelve times cheaper than exact
 * places on ordinary video. Where there are too few of them, a short clip with one at its start for
 * example, frames are decoded in order and thinned as they come, so that at no time more than twice
 * the wanted number is held; that is bounded by {@link #MOST_DECODED} frames.
 */
final class FrameSampler {

  /** With fewer key frames than this, and more frames wanted, frames are decoded in order. */
  private static final int ENOUGH_KEY_FRAMES = 8;

  /** The most frames decoded in order. */
  private static final int MOST_DECODED = 1000;

  /** The most packets read between a jump and the key frame behind it. */
  private static final int MOST_PACKETS = 20_000;

  private final FfmpegInput input;
  private final AVStream stream;
  private final double rotation;
  private final List<Warning> warnings = new ArrayList<>();
  private final List<MatPicture> decoded = new ArrayList<>();
  private boolean truncated;

  FrameSampler(FfmpegInput input, AVStream stream) {
    this.input = input;
    this.stream = stream;
    this.rotation = FfmpegInput.rotation(stream);
  }

  /** What limits the sample; complete after {@link #sample}. */
  List<Warning> warnings() {
    return warnings;
  }

  /**
   * Takes the frames.
   *
   * @return at least one, in order of time; their pictures are {@link MatPicture}s that the caller
   *     closes
   * @throws MediaException if no frame can be decoded, or time runs out before the first
   */
  List<Frame> sample() throws MediaException {
    try {
      return sampled();
    } catch (MediaException | RuntimeException | Error e) {
      decoded.forEach(MatPicture::close);
      throw e;
    }
  }

  private List<Frame> sampled() throws MediaException {
    int wanted = affordable();
    double until = input.duration().orElse(0);
    double reach = input.limits().duration().toMillis() / 1000.0;
    if (until > reach) {
      warnings.add(
          new Warning(
              WarningCode.PARTLY_EXAMINED,
              String.format(
                  Locale.ROOT,
                  "Only the first %.0f of %.0f seconds were looked at.",
                  reach,
                  until)));
      until = reach;
    }
    List<Frame> frames;
    AVPacket packet = av_packet_alloc();
    try (FrameDecoder decoder = new FrameDecoder(stream, input.limits())) {
      frames = until > 0 ? keyFrames(decoder, packet, wanted, until) : List.of();
      if (frames.size() < Math.min(wanted, ENOUGH_KEY_FRAMES)) {
        List<Frame> ordered = inOrder(decoder, packet, wanted, reach);
        if (ordered.size() > frames.size()) {
          close(frames);
          frames = ordered;
        } else {
          close(ordered);
        }
      }
    } finally {
      av_packet_free(packet);
    }
    if (frames.isEmpty()) {
      input.deadline().check();
      throw new MediaException(FailureCode.NO_FRAMES, "Not one of its frames can be decoded.");
    }
    if (input.deadline().passed()) {
      warnings.add(
          new Warning(
              WarningCode.PARTLY_EXAMINED,
              "Time ran out: " + frames.size() + " frames were sampled, and judged."));
    } else if (truncated) {
      warnings.add(
          new Warning(
              WarningCode.TRUNCATED,
              "The video is damaged or cut off; what could be read of it was judged."));
    }
    return frames;
  }

  /** As many frames as the limit on memory allows. */
  private int affordable() {
    long bytes =
        3L * Math.max(1, stream.codecpar().width()) * Math.max(1, stream.codecpar().height());
    // Frames decoded in order are held twice over before they are thinned.
    int most =
        (int) Math.max(1, Math.min(Integer.MAX_VALUE, input.limits().decodedBytes() / bytes / 2));
    int wanted = input.limits().frames();
    if (most < wanted) {
      warnings.add(
          new Warning(
              WarningCode.FEWER_FRAMES,
              "Its frames are so large that "
                  + most
                  + " were sampled in place of "
                  + wanted
                  + "."));
    }
    return Math.min(wanted, most);
  }

  private List<Frame> keyFrames(FrameDecoder decoder, AVPacket packet, int wanted, double until)
      throws MediaException {
    TreeMap<Long, Frame> taken = new TreeMap<>();
    for (int i = 0; i < wanted && !input.deadline().passed(); i++) {
      double seconds = (i + 0.5) * until / wanted;
      if (av_seek_frame(input.context(), stream.index(), timestamp(seconds), AVSEEK_FLAG_BACKWARD)
          < 0) {
        break;
      }
      decoder.flush();
      if (!nextKeyPacket(packet)) {
        truncated = true;
        continue;
      }
      long time = packet.pts() == AV_NOPTS_VALUE ? packet.dts() : packet.pts();
      if (!taken.containsKey(time)) {
        decoder.send(packet);
        decoder.send(null);
        if (decoder.receive()) {
          taken.put(time, frame(decoder, Math.max(0, FrameDecoder.seconds(stream, time)), true));
        }
      }
      av_packet_unref(packet);
    }
    decoder.flush();
    return new ArrayList<>(taken.values());
  }

  private boolean nextKeyPacket(AVPacket packet) {
    for (int i = 0; i < MOST_PACKETS && av_read_frame(input.context(), packet) >= 0; i++) {
      if (packet.stream_index() == stream.index() && (packet.flags() & AV_PKT_FLAG_KEY) != 0) {
        truncated |= (packet.flags() & AV_PKT_FLAG_CORRUPT) != 0;
        return true;
      }
      av_packet_unref(packet);
    }
    return false;
  }

  private List<Frame> inOrder(FrameDecoder decoder, AVPacket packet, int wanted, double until)
      throws MediaException {
    av_seek_frame(input.context(), stream.index(), timestamp(0), AVSEEK_FLAG_BACKWARD);
    decoder.flush();
    List<Frame> kept = new ArrayList<>();
    int stride = 1;
    int count = 0;
    double last = 0;
    boolean more = true;
    while (more && count < MOST_DECODED && last < until && !input.deadline().passed()) {
      more = sendNext(decoder, packet);
      while (decoder.receive()) {
        last = decoder.seconds();
        if (count++ % stride == 0) {
          kept.add(frame(decoder, last, false));
        }
        if (kept.size() >= 2 * wanted) {
          kept = thinned(kept);
          stride *= 2;
        }
      }
    }
    if (more && count >= MOST_DECODED && input.duration().isPresent()) {
      warnings.add(
          new Warning(
              WarningCode.PARTLY_EXAMINED,
              String.format(
                  Locale.ROOT,
                  "The video has few key frames; only its first %.0f of %.0f seconds were looked at.",
                  last,
                  input.duration().getAsDouble())));
    }
    return spread(kept, wanted);
  }

  /** Gives the decoder the next packet of the stream, or the end; false after the end. */
  private boolean sendNext(FrameDecoder decoder, AVPacket packet) {
    int code;
    while ((code = av_read_frame(input.context(), packet)) >= 0) {
      if (packet.stream_index() == stream.index()) {
        truncated |= (packet.flags() & AV_PKT_FLAG_CORRUPT) != 0;
        decoder.send(packet);
        av_packet_unref(packet);
        return true;
      }
      av_packet_unref(packet);
    }
    truncated |= code != AVERROR_EOF;
    decoder.send(null);
    return false;
  }

  /** Every other frame; the others are closed. */
  private static List<Frame> thinned(List<Frame> frames) {
    List<Frame> half = new ArrayList<>();
    for (int i = 0; i < frames.size(); i++) {
      if (i % 2 == 0) {
        half.add(frames.get(i));
      } else {
        close(List.of(frames.get(i)));
      }
    }
    return half;
  }

  /** At most the wanted number, spread evenly; the others are closed. */
  private static List<Frame> spread(List<Frame> frames, int wanted) {
    if (frames.size() <= wanted) {
      return frames;
    }
    List<Frame> chosen = new ArrayList<>();
    for (int i = 0; i < frames.size(); i++) {
      boolean first = (long) i * wanted / frames.size() != (long) (i - 1) * wanted / frames.size();
      if (i == 0 || first) {
        chosen.add(frames.get(i));
      } else {
        close(List.of(frames.get(i)));
      }
    }
    return chosen;
  }

  private Frame frame(FrameDecoder decoder, double seconds, boolean key) throws MediaException {
    MatPicture picture = new MatPicture(Orientation.turned(decoder.picture(), rotation));
    decoded.add(picture);
    return new Frame(seconds, key, picture);
  }

  private long timestamp(double seconds) {
    long start = stream.start_time() == AV_NOPTS_VALUE ? 0 : stream.start_time();
    return start
        + Math.round(seconds * stream.time_base().den() / Math.max(1, stream.time_base().num()));
  }

  private static void close(List<Frame> frames) {
    for (Frame frame : frames) {
      ((MatPicture) frame.picture()).close();
    }
  }
}
