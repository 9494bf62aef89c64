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
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_FLTP;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_default;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.avutil.av_get_sample_fmt;
import static org.bytedeco.ffmpeg.global.swresample.swr_alloc_set_opts2;
import static org.bytedeco.ffmpeg.global.swresample.swr_convert;
import static org.bytedeco.ffmpeg.global.swresample.swr_free;
import static org.bytedeco.ffmpeg.global.swresample.swr_init;

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
import org.bytedeco.ffmpeg.swresample.SwrContext;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.jspecify.annotations.Nullable;

/**
 * Writes sound by FFmpeg's own encoders: where nothing else is said, two seconds of silence, one
 * channel at 48 kHz. Checks every native call.
 */
public final class TestSound {

  /** A sound: from -1 to 1. */
  @FunctionalInterface
  public interface Wave {
    double at(int channel, double seconds);
  }

  private static final int PIECE = 1024;

  private final String codec;
  private @Nullable String format;
  private String sampleFormat;
  private int rate = 48_000;
  private int channels = 1;
  private double seconds = 2;
  private long bitRate = 64_000;
  private Wave wave = (channel, time) -> 0;

  /** Sound coded by an encoder of this name. */
  public TestSound(String codec) {
    this.codec = codec;
    this.sampleFormat = codec.equals("aac") || codec.equals("libmp3lame") ? "fltp" : "s16";
  }

  /** FFmpeg's name of the container; else the file's name tells it. */
  public TestSound format(String value) {
    format = value;
    return this;
  }

  /** FFmpeg's name of the samples that the encoder takes. */
  public TestSound samples(String value) {
    sampleFormat = value;
    return this;
  }

  public TestSound rate(int value) {
    rate = value;
    return this;
  }

  public TestSound channels(int value) {
    channels = value;
    return this;
  }

  public TestSound seconds(double value) {
    seconds = value;
    return this;
  }

  public TestSound bitRate(long value) {
    bitRate = value;
    return this;
  }

  public TestSound wave(Wave value) {
    wave = value;
    return this;
  }

  /** A tone on all channels. */
  public TestSound tone(double hertz, double amplitude) {
    return wave((channel, time) -> amplitude * Math.sin(2 * Math.PI * hertz * time));
  }

  /** Writes the file. */
  public Path write(Path file) {
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
    context.sample_rate(rate).bit_rate(bitRate);
    av_channel_layout_default(context.ch_layout(), channels);
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
    encode(context, container, stream);
    checked(av_write_trailer(container));
    avio_closep(output);
    avcodec_free_context(context);
    avformat_free_context(container);
    return file;
  }

  private void encode(AVCodecContext context, AVFormatContext container, AVStream stream) {
    int most = context.frame_size() > 0 ? context.frame_size() : PIECE;
    SwrContext converter = new SwrContext(null);
    checked(
        swr_alloc_set_opts2(
            converter,
            context.ch_layout(),
            context.sample_fmt(),
            rate,
            context.ch_layout(),
            AV_SAMPLE_FMT_FLTP,
            rate,
            0,
            null));
    checked(swr_init(converter));
    AVPacket packet = av_packet_alloc();
    int total = (int) Math.round(seconds * rate);
    for (int at = 0; at <= total; at += most) {
      int count = Math.min(most, total - at);
      AVFrame frame = count > 0 ? frame(context, converter, at, count) : null;
      checked(avcodec_send_frame(context, frame));
      drain(context, container, stream, packet);
      if (frame != null) {
        av_frame_free(frame);
      }
    }
    if (total % most != 0) {
      checked(avcodec_send_frame(context, null));
      drain(context, container, stream, packet);
    }
    av_packet_free(packet);
    swr_free(converter);
  }

  private AVFrame frame(AVCodecContext context, SwrContext converter, int at, int count) {
    AVFrame frame = av_frame_alloc();
    frame.format(context.sample_fmt()).nb_samples(count).sample_rate(rate).pts(at);
    av_channel_layout_default(frame.ch_layout(), channels);
    checked(av_frame_get_buffer(frame, 0));
    try (PointerPointer<Pointer> planes = new PointerPointer<>(channels)) {
      FloatPointer[] of = new FloatPointer[channels];
      for (int channel = 0; channel < channels; channel++) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
          values[i] = (float) wave.at(channel, (at + i) / (double) rate);
        }
        of[channel] = new FloatPointer(values);
        planes.put(channel, of[channel]);
      }
      checked(swr_convert(converter, frame.extended_data(), count, planes, count));
      for (FloatPointer plane : of) {
        plane.close();
      }
    }
    return frame;
  }

  private static void drain(
      AVCodecContext context, AVFormatContext container, AVStream stream, AVPacket packet) {
    while (avcodec_receive_packet(context, packet) >= 0) {
      packet.stream_index(stream.index());
      av_packet_rescale_ts(packet, context.time_base(), stream.time_base());
      checked(av_interleaved_write_frame(container, packet));
    }
  }

  private static void checked(int code) {
    if (code < 0) {
      throw new IllegalStateException(Ffmpeg.error(code));
    }
  }
}
