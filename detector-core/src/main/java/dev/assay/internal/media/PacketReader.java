package dev.assay.internal.media;

import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_CORRUPT;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avformat.AVFMT_NOTIMESTAMPS;
import static org.bytedeco.ffmpeg.global.avformat.AVFMT_TS_DISCONT;
import static org.bytedeco.ffmpeg.global.avformat.AVSEEK_FLAG_BACKWARD;
import static org.bytedeco.ffmpeg.global.avformat.AVSEEK_FLAG_BYTE;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_seek_frame;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;

import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVRational;

/**
 * Reads the packets of one stream, in order or after jumps, and learns meanwhile whether the file
 * ends before it says that it does. Owns native memory.
 */
final class PacketReader implements AutoCloseable {

  /** The most packets read between a jump and the key frame after it. */
  private static final int MAX_PACKETS = 20_000;

  /** Sound, pictures and index disagree by as much about the end of a whole file. */
  private static final double TOLERANCE_SECONDS = 1;

  private static final double TOLERANCE_SHARE = 0.05;

  private final FfmpegInput input;
  private final AVStream stream;
  private final double duration;
  private final AVPacket packet = av_packet_alloc();
  private double latest;
  private boolean moved;
  private boolean ended;
  private boolean damaged;

  PacketReader(FfmpegInput input, AVStream stream) {
    this(input, stream, input.duration().orElse(0));
  }

  /**
   * A reader.
   *
   * @param duration what is read should last as long, in seconds; 0 where nobody says
   */
  PacketReader(FfmpegInput input, AVStream stream, double duration) {
    this.input = input;
    this.stream = stream;
    this.duration = duration;
  }

  /** The packet read last; valid until the next is read. */
  AVPacket packet() {
    return packet;
  }

  /** Jumps to a time in seconds, or before it; false if the container cannot. */
  boolean seek(double seconds) {
    moved = true;
    long start = stream.start_time() == AV_NOPTS_VALUE ? 0 : stream.start_time();
    AVRational base = stream.time_base();
    long time = start + Math.round(seconds * base.den() / Math.max(1, base.num()));
    return av_seek_frame(input.context(), stream.index(), time, AVSEEK_FLAG_BACKWARD) >= 0;
  }

  /**
   * Whether time stamps may jump within the file, so that a time does not tell a place: recordings
   * that were joined, for example.
   */
  boolean discontinuous() {
    return (input.context().iformat().flags() & AVFMT_TS_DISCONT) != 0;
  }

  /** Jumps to a place in the file, in bytes, or after it; false if the container cannot. */
  boolean seekByte(long position) {
    moved = true;
    return av_seek_frame(input.context(), -1, position, AVSEEK_FLAG_BYTE) >= 0;
  }

  /** Goes back to the start. */
  void rewind() {
    if (!moved) {
      // A raw stream cannot be rewound by time, and need not be.
      return;
    }
    boolean untimed = (input.context().iformat().flags() & AVFMT_NOTIMESTAMPS) != 0;
    if (!(untimed || discontinuous()) || !seekByte(0)) {
      seek(0);
    }
  }

  /** Reads the next packet of the stream; false at the end of the file. */
  boolean next() {
    moved = true;
    int code;
    do {
      av_packet_unref(packet);
      code = av_read_frame(input.context(), packet);
      if (code < 0) {
        if (!input.budget().timeUp()) {
          ended = true;
          damaged |= code != AVERROR_EOF;
        }
        return false;
      }
      latest = Math.max(latest, end());
    } while (packet.stream_index() != stream.index());
    damaged |= (packet.flags() & AV_PKT_FLAG_CORRUPT) != 0;
    return true;
  }

  /** Reads on to the next key frame of the stream; false if there is none nearby. */
  boolean nextKey() {
    for (int i = 0; i < MAX_PACKETS && next(); i++) {
      if ((packet.flags() & AV_PKT_FLAG_KEY) != 0) {
        return true;
      }
    }
    return false;
  }

  /** Whether what was read is damaged, or its end was met well before the time it should have. */
  boolean truncated() {
    double missing = duration - latest;
    return damaged || (ended && missing > Math.max(TOLERANCE_SECONDS, duration * TOLERANCE_SHARE));
  }

  /** When the packet stops being shown or heard, in seconds from the start of the file. */
  private double end() {
    if (packet.pts() == AV_NOPTS_VALUE) {
      return 0;
    }
    AVRational base = input.context().streams(packet.stream_index()).time_base();
    double end = (double) (packet.pts() + packet.duration()) * base.num() / base.den();
    return end - input.startSeconds();
  }

  @Override
  public void close() {
    av_packet_free(packet);
  }
}
