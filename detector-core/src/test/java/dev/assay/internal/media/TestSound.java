package dev.assay.internal.media;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_GLOBAL_HEADER;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_rescale_ts;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_from_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_packet;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_frame;
import static org.bytedeco.ffmpeg.global.avformat.AVFMT_GLOBALHEADER;
import static org.bytedeco.ffmpeg.global.avformat.AVIO_FLAG_WRITE;
import static org.bytedeco.ffmpeg.global.avformat.av_interleaved_write_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_write_trailer;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_output_context2;
import static org.bytedeco.ffmpeg.global.avformat.avformat_free_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_new_stream;
import static org.bytedeco.ffmpeg.global.avformat.avformat_write_header;
import static org.bytedeco.ffmpeg.global.avformat.avio_closep;
import static org.bytedeco.ffmpeg.global.avformat.avio_open;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_default;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_make_writable;
import static org.bytedeco.ffmpeg.global.avutil.av_get_sample_fmt;
import static org.bytedeco.ffmpeg.global.avutil.av_samples_set_silence;

import dev.assay.internal.natives.Ffmpeg;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVOutputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/** Writes two seconds of silence by FFmpeg's own encoders. Checks every native call. */
final class TestSound {

  private static final int RATE = 48_000;

  private TestSound() {}

  static Path write(String codec, Path file) {
    boolean floating = codec.equals("aac") || codec.equals("libmp3lame");
    return write(codec, null, floating ? "fltp" : "s16", RATE, file);
  }

  /**
   * Writes silence.
   *
   * @param codec FFmpeg's name of the encoder
   * @param format FFmpeg's name of the container; null where the file's name tells it
   * @param sampleFormat FFmpeg's name of the samples that the encoder takes
   */
  static Path write(
      String codec, @Nullable String format, String sampleFormat, int rate, Path file) {
    Ffmpeg.load();
    AVFormatContext container = new AVFormatContext(null);
    checked(
        avformat_alloc_output_context2(container, (AVOutputFormat) null, format, file.toString()));
    AVCodec encoder = avcodec_find_encoder_by_name(codec);
    if (encoder == null) {
      throw new IllegalStateException("FFmpeg was built without the encoder " + codec);
    }
    AVCodecContext context = avcodec_alloc_context3(encoder);
    context.sample_fmt(av_get_sample_fmt(sampleFormat));
    context.strict_std_compliance(-2);
    context.sample_rate(rate).bit_rate(64_000);
    av_channel_layout_default(context.ch_layout(), 1);
    context.time_base().num(1).den(rate);
    if ((container.oformat().flags() & AVFMT_GLOBALHEADER) != 0) {
      context.flags(context.flags() | AV_CODEC_FLAG_GLOBAL_HEADER);
    }
    checked(avcodec_open2(context, encoder, (AVDictionary) null));
    AVStream stream = avformat_new_stream(container, encoder);
    checked(avcodec_parameters_from_context(stream.codecpar(), context));
    stream.time_base().num(1).den(rate);
    AVIOContext output = new AVIOContext(null);
    checked(avio_open(output, file.toString(), AVIO_FLAG_WRITE));
    container.pb(output);
    checked(avformat_write_header(container, (AVDictionary) null));
    encode(context, container, stream, rate);
    checked(av_write_trailer(container));
    avio_closep(output);
    avcodec_free_context(context);
    avformat_free_context(container);
    return file;
  }

  private static void encode(
      AVCodecContext context, AVFormatContext container, AVStream stream, int rate) {
    int samples = context.frame_size() > 0 ? context.frame_size() : 1024;
    AVFrame frame = av_frame_alloc();
    frame.format(context.sample_fmt()).nb_samples(samples).sample_rate(rate);
    av_channel_layout_default(frame.ch_layout(), 1);
    checked(av_frame_get_buffer(frame, 0));
    AVPacket packet = av_packet_alloc();
    boolean more = true;
    for (int at = 0; more; at += samples) {
      more = at < 2 * rate;
      checked(av_frame_make_writable(frame));
      checked(av_samples_set_silence(frame.data(), 0, samples, 1, context.sample_fmt()));
      frame.pts(at);
      checked(avcodec_send_frame(context, more ? frame : null));
      while (avcodec_receive_packet(context, packet) >= 0) {
        packet.stream_index(stream.index());
        av_packet_rescale_ts(packet, context.time_base(), stream.time_base());
        checked(av_interleaved_write_frame(container, packet));
      }
    }
    av_packet_free(packet);
    av_frame_free(frame);
  }

  private static void checked(int code) {
    if (code < 0) {
      throw new IllegalStateException(Ffmpeg.error(code));
    }
  }
}
