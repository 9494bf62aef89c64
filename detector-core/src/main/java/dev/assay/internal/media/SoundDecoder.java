package dev.assay.internal.media;

import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_to_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avutil.AV_CHANNEL_ORDER_UNSPEC;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_FLTP;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_copy;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_default;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_uninit;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.swresample.swr_alloc_set_opts2;
import static org.bytedeco.ffmpeg.global.swresample.swr_convert;
import static org.bytedeco.ffmpeg.global.swresample.swr_free;
import static org.bytedeco.ffmpeg.global.swresample.swr_get_out_samples;
import static org.bytedeco.ffmpeg.global.swresample.swr_init;

import dev.assay.FailureCode;
import dev.assay.MediaException;
import dev.assay.Sentence;
import dev.assay.internal.natives.Ffmpeg;
import dev.assay.spi.Sound;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVChannelLayout;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.swresample.SwrContext;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.jspecify.annotations.Nullable;

/**
 * Decodes one stream of sound, and converts what comes out: channel by channel at its own rate, and
 * mixed to one channel at {@link Sound#RATE}. Where rate or channels change within the stream, it
 * goes on with the new ones resampled to the first. Owns native memory.
 */
final class SoundDecoder implements AutoCloseable {

  /** More channels than any recording has. */
  static final int MAX_CHANNELS = 64;

  /** More samples a second than any recording has: eight times that of studios. */
  static final int MAX_RATE = 1_536_000;

  /** Fewer samples a second than any recording has. */
  static final int MIN_RATE = 1000;

  /** The most samples of all channels together that one decoded piece may become. */
  static final int MAX_PIECE = 1 << 24;

  private final AVCodecContext context;
  private final AVFrame frame;
  private final int rate;
  private final int channels;
  private final AVChannelLayout layout = new AVChannelLayout();
  private final AVChannelLayout coded = new AVChannelLayout();
  private final AVChannelLayout mono = new AVChannelLayout();
  private final FloatPointer[] planes;
  private final PointerPointer<Pointer> output;
  private int capacity;
  private int codedFormat = -1;
  private int codedRate;
  private @Nullable SwrContext converter;
  private @Nullable SwrContext resampler;

  /**
   * Opens a decoder.
   *
   * @throws MediaException if there is none for the stream's codec, or its rate or channels lie
   *     beyond what recordings have
   */
  SoundDecoder(AVStream stream) throws MediaException {
    Ffmpeg.load();
    this.rate = stream.codecpar().sample_rate();
    this.channels = stream.codecpar().ch_layout().nb_channels();
    if (rate < MIN_RATE || rate > MAX_RATE || channels < 1 || channels > MAX_CHANNELS) {
      throw new MediaException(
          FailureCode.UNSUPPORTED_FORMAT,
          Sentence.of(
              "Its sound has {0} channels of {1} samples a second; decoded are 1 to {2} channels of"
                  + " {3} to {4}.",
              channels, rate, MAX_CHANNELS, MIN_RATE, MAX_RATE));
    }
    AVCodec codec = avcodec_find_decoder(stream.codecpar().codec_id());
    if (codec == null || codec.isNull()) {
      throw new MediaException(
          FailureCode.UNSUPPORTED_FORMAT,
          Sentence.of("There is no decoder for its codec {0}.", FrameDecoder.codec(stream)));
    }
    this.frame = av_frame_alloc();
    this.context = avcodec_alloc_context3(codec);
    this.planes = new FloatPointer[channels];
    this.output = new PointerPointer<>(channels);
    avcodec_parameters_to_context(context, stream.codecpar());
    context.thread_count(1);
    take(layout, stream.codecpar().ch_layout());
    av_channel_layout_default(mono, 1);
    int code = avcodec_open2(context, codec, (AVDictionary) null);
    if (code < 0) {
      close();
      throw new MediaException(
          FailureCode.CORRUPT,
          Sentence.of(
              "Its {0} stream cannot be decoded: {1}.",
              FrameDecoder.codec(stream), Ffmpeg.error(code)));
    }
  }

  /** Samples a second of {@link #converted}. */
  int rate() {
    return rate;
  }

  /** Channels of {@link #converted}. */
  int channels() {
    return channels;
  }

  /** Gives the decoder a packet, or null at the end. Damaged packets are passed over. */
  void send(@Nullable AVPacket packet) {
    avcodec_send_packet(context, packet);
  }

  /** Takes the next piece of sound out of the decoder; false if it wants packets first. */
  boolean receive() {
    return avcodec_receive_frame(context, frame) >= 0;
  }

  /**
   * The received piece, channel by channel.
   *
   * @return arrays of one length, possibly of none
   * @throws MediaException if its form cannot be converted
   */
  float[][] converted() throws MediaException {
    SwrContext current = converter();
    int most = room(frame.nb_samples(), codedRate, rate, channels, current);
    reserve(most);
    int count = swr_convert(current, output, most, frame.extended_data(), frame.nb_samples());
    float[][] result = new float[channels][Math.max(0, count)];
    for (int i = 0; i < channels; i++) {
      planes[i].position(0).get(result[i]);
    }
    return result;
  }

  /** The converter for the form of the received piece, which may change within a stream. */
  private SwrContext converter() throws MediaException {
    SwrContext current = converter;
    if (current != null
        && frame.format() == codedFormat
        && frame.sample_rate() == codedRate
        && frame.ch_layout().nb_channels() == coded.nb_channels()) {
      return current;
    }
    codedFormat = frame.format();
    codedRate = frame.sample_rate();
    take(coded, frame.ch_layout());
    free(current);
    converter = null;
    current = opened(layout, AV_SAMPLE_FMT_FLTP, rate, coded, codedFormat, codedRate);
    converter = current;
    return current;
  }

  /**
   * How many samples of each channel may come out.
   *
   * @throws MediaException if that is more than any recording needs: a file can say that a piece
   *     lasts for hours
   */
  private static int room(int samples, int from, int to, int channels, SwrContext context)
      throws MediaException {
    long expected = (long) samples * to / Math.max(1, from) * channels;
    int most = expected > MAX_PIECE ? -1 : swr_get_out_samples(context, samples);
    if (most < 0 || (long) most * channels > 2L * MAX_PIECE) {
      throw new MediaException(
          FailureCode.UNSUPPORTED_FORMAT,
          Sentence.of(
              "A piece of its sound would become {0} samples; the most are {1}.",
              expected, MAX_PIECE));
    }
    return Math.max(1, most);
  }

  /** Where nobody says which channel is which, they are taken to lie as usual. */
  private static void take(AVChannelLayout own, AVChannelLayout from) {
    if (from.order() == AV_CHANNEL_ORDER_UNSPEC) {
      av_channel_layout_default(own, from.nb_channels());
    } else {
      av_channel_layout_copy(own, from);
    }
  }

  /** Room for so many samples of each channel. */
  private void reserve(int samples) {
    if (samples > capacity) {
      releasePlanes();
      capacity = samples;
      for (int i = 0; i < channels; i++) {
        planes[i] = new FloatPointer(samples);
        output.put(i, planes[i]);
      }
    }
  }

  /**
   * One channel at {@link #rate} as one at {@link Sound#RATE}.
   *
   * @param samples what follows on what was given before; none at the end, which gives the rest
   * @throws MediaException if it cannot be resampled
   */
  float[] resampled(float[] samples) throws MediaException {
    SwrContext current = resampler;
    if (current == null) {
      current = opened(mono, AV_SAMPLE_FMT_FLTP, Sound.RATE, mono, AV_SAMPLE_FMT_FLTP, rate);
      resampler = current;
    }
    int most = room(samples.length, rate, Sound.RATE, 1, current);
    try (FloatPointer in = new FloatPointer(Math.max(1, samples.length));
        FloatPointer out = new FloatPointer(most);
        PointerPointer<Pointer> from = new PointerPointer<>(1);
        PointerPointer<Pointer> into = new PointerPointer<>(1)) {
      in.put(samples);
      from.put(0, in);
      into.put(0, out);
      int count =
          swr_convert(current, into, most, samples.length == 0 ? null : from, samples.length);
      float[] result = new float[Math.max(0, count)];
      out.get(result);
      return result;
    }
  }

  private static SwrContext opened(
      AVChannelLayout outLayout,
      int outFormat,
      int outRate,
      AVChannelLayout inLayout,
      int inFormat,
      int inRate)
      throws MediaException {
    SwrContext context = new SwrContext(null);
    int code =
        swr_alloc_set_opts2(
            context, outLayout, outFormat, outRate, inLayout, inFormat, inRate, 0, null);
    if (code >= 0) {
      code = swr_init(context);
    }
    if (code < 0) {
      free(context);
      throw new MediaException(
          FailureCode.UNSUPPORTED_FORMAT,
          Sentence.of("Its sound cannot be converted: {0}.", Ffmpeg.error(code)));
    }
    return context;
  }

  /** FFmpeg's function frees what it is given, which must be something. */
  private static void free(@Nullable SwrContext context) {
    if (context != null && !context.isNull()) {
      swr_free(context);
    }
  }

  private void releasePlanes() {
    for (FloatPointer plane : planes) {
      if (plane != null) {
        plane.close();
      }
    }
  }

  @Override
  public void close() {
    free(converter);
    converter = null;
    free(resampler);
    resampler = null;
    av_frame_free(frame);
    avcodec_free_context(context);
    av_channel_layout_uninit(layout);
    av_channel_layout_uninit(coded);
    av_channel_layout_uninit(mono);
    releasePlanes();
    output.close();
  }
}
