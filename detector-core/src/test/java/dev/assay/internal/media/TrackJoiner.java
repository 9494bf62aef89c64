package dev.assay.internal.media;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_rescale_ts;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_copy;
import static org.bytedeco.ffmpeg.global.avformat.AVIO_FLAG_WRITE;
import static org.bytedeco.ffmpeg.global.avformat.av_interleaved_write_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_write_trailer;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_output_context2;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_find_stream_info;
import static org.bytedeco.ffmpeg.global.avformat.avformat_free_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_new_stream;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_write_header;
import static org.bytedeco.ffmpeg.global.avformat.avio_closep;
import static org.bytedeco.ffmpeg.global.avformat.avio_open;

import dev.assay.internal.natives.Ffmpeg;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avformat.AVOutputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;

/** Puts the first tracks of several videos into one file, without coding them anew. */
public final class TrackJoiner {

  private TrackJoiner() {}

  /**
   * Joins.
   *
   * @param target whose ending says the container
   * @param dispositions of the tracks, as FFmpeg has them; 0 for none
   */
  public static Path join(Path target, List<Path> videos, int... dispositions) {
    Ffmpeg.version();
    AVFormatContext output = new AVFormatContext(null);
    checked(avformat_alloc_output_context2(output, (AVOutputFormat) null, null, target.toString()));
    List<AVFormatContext> inputs = new ArrayList<>();
    for (int i = 0; i < videos.size(); i++) {
      AVFormatContext input = new AVFormatContext(null);
      checked(
          avformat_open_input(
              input, videos.get(i).toString(), (AVInputFormat) null, (AVDictionary) null));
      checked(avformat_find_stream_info(input, (AVDictionary) null));
      AVStream stream = avformat_new_stream(output, null);
      checked(avcodec_parameters_copy(stream.codecpar(), input.streams(0).codecpar()));
      stream.codecpar().codec_tag(0);
      stream.disposition(dispositions[i]);
      inputs.add(input);
    }
    AVIOContext file = new AVIOContext(null);
    checked(avio_open(file, target.toString(), AVIO_FLAG_WRITE));
    output.pb(file);
    checked(avformat_write_header(output, (AVDictionary) null));
    AVPacket packet = av_packet_alloc();
    for (int i = 0; i < inputs.size(); i++) {
      while (av_read_frame(inputs.get(i), packet) >= 0) {
        av_packet_rescale_ts(
            packet, inputs.get(i).streams(0).time_base(), output.streams(i).time_base());
        packet.stream_index(i).pos(-1);
        checked(av_interleaved_write_frame(output, packet));
      }
      avformat_close_input(inputs.get(i));
    }
    av_packet_free(packet);
    checked(av_write_trailer(output));
    avio_closep(file);
    avformat_free_context(output);
    return target;
  }

  private static void checked(int code) {
    if (code < 0) {
      throw new IllegalStateException(Ffmpeg.error(code));
    }
  }
}
