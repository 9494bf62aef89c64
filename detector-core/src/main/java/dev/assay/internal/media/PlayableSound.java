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
import static org.bytedeco.ffmpeg.global.avformat.AVIO_FLAG_WRITE;
import static org.bytedeco.ffmpeg.global.avformat.av_interleaved_write_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_write_trailer;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_output_context2;
import static org.bytedeco.ffmpeg.global.avformat.avformat_free_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_new_stream;
import static org.bytedeco.ffmpeg.global.avformat.avformat_write_header;
import static org.bytedeco.ffmpeg.global.avformat.avio_closep;
import static org.bytedeco.ffmpeg.global.avformat.avio_open;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_FLT;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_default;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;

import dev.assay.MediaException;
import dev.assay.internal.natives.Ffmpeg;
import dev.assay.spi.Sound;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVOutputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.FloatPointer;
import org.jspecify.annotations.Nullable;

/**
 * A small copy of a sound that a page can play: one channel of 16 kHz, coded anew as Opus in Ogg,
 * never the file's own bytes. Owns native memory.
 */
public final class PlayableSound implements AutoCloseable {

  private static final int BIT_RATE = 24_000;

  /** What packets and pages of Ogg add at most, as a share of the bit rate. */
  private static final double OVERHEAD = 1.15;

  private final AVFormatContext container = new AVFormatContext(null);
  private final AVIOContext output = new AVIOContext(null);
  private final AVPacket packet = av_packet_alloc();
  private final AVCodecContext encoder;
  private final AVStream stream;
  private long written;

  private PlayableSound(AVCodec codec, Path file) throws IOException {
    this.encoder = avcodec_alloc_context3(codec);
    check(avformat_alloc_output_context2(container, (AVOutputFormat) null, "ogg", ""));
    encoder.sample_fmt(AV_SAMPLE_FMT_FLT);
    encoder.sample_rate(Sound.RATE).bit_rate(BIT_RATE);
    av_channel_layout_default(encoder.ch_layout(), 1);
    encoder.time_base().num(1).den(Sound.RATE);
    encoder.flags(encoder.flags() | AV_CODEC_FLAG_GLOBAL_HEADER);
    check(avcodec_open2(encoder, codec, (AVDictionary) null));
    this.stream = avformat_new_stream(container, codec);
    check(avcodec_parameters_from_context(stream.codecpar(), encoder));
    stream.time_base().num(1).den(Sound.RATE);
    check(avio_open(output, file.toString(), AVIO_FLAG_WRITE));
    container.pb(output);
    check(avformat_write_header(container, (AVDictionary) null));
  }

  /**
   * Makes a copy.
   *
   * @param sound from where it is to its end
   * @param most how large the copy may be, in bytes
   * @return a file; empty where it would be larger, or there is no encoder
   * @throws MediaException if the sound cannot be decoded
   * @throws IOException if there is no room for it among the temporary files
   */
  public static Optional<byte[]> of(Sound sound, int most) throws MediaException, IOException {
    Ffmpeg.load();
    AVCodec codec = avcodec_find_encoder_by_name("libopus");
    double bytes = sound.duration().orElse(0) * BIT_RATE / 8 * OVERHEAD;
    if (codec == null || codec.isNull() || bytes > most) {
      return Optional.empty();
    }
    Path file = Files.createTempFile("assay-sound-", ".ogg");
    try {
      long longest = (long) (most * 8 / OVERHEAD / BIT_RATE * Sound.RATE);
      boolean whole;
      try (PlayableSound copy = new PlayableSound(codec, file)) {
        whole = copy.write(sound, longest);
      }
      return whole ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
    } finally {
      Files.deleteIfExists(file);
    }
  }

  /** Writes the sound; false if it is longer than so many samples. */
  private boolean write(Sound sound, long longest) throws MediaException, IOException {
    int frame = encoder.frame_size();
    float[] rest = {};
    while (sound.next()) {
      float[] samples = sound.resampled();
      float[] all = Arrays.copyOf(rest, rest.length + samples.length);
      System.arraycopy(samples, 0, all, rest.length, samples.length);
      int at = 0;
      for (; at + frame <= all.length; at += frame) {
        encode(Arrays.copyOfRange(all, at, at + frame));
      }
      rest = Arrays.copyOfRange(all, at, all.length);
      if (written > longest) {
        return false;
      }
    }
    if (rest.length > 0) {
      encode(Arrays.copyOf(rest, frame));
    }
    encode(null);
    check(av_write_trailer(container));
    return true;
  }

  private void encode(float @Nullable [] samples) throws IOException {
    AVFrame frame = samples == null ? null : frame(samples);
    try {
      check(avcodec_send_frame(encoder, frame));
    } finally {
      if (frame != null) {
        av_frame_free(frame);
      }
    }
    while (avcodec_receive_packet(encoder, packet) >= 0) {
      packet.stream_index(stream.index());
      av_packet_rescale_ts(packet, encoder.time_base(), stream.time_base());
      check(av_interleaved_write_frame(container, packet));
    }
  }

  private AVFrame frame(float[] samples) throws IOException {
    AVFrame frame = av_frame_alloc();
    frame.format(AV_SAMPLE_FMT_FLT).nb_samples(samples.length).sample_rate(Sound.RATE);
    frame.pts(written);
    written += samples.length;
    av_channel_layout_default(frame.ch_layout(), 1);
    check(av_frame_get_buffer(frame, 0));
    new FloatPointer(frame.data(0)).put(samples);
    return frame;
  }

  private static void check(int code) throws IOException {
    if (code < 0) {
      throw new IOException("the sound cannot be coded: " + Ffmpeg.error(code));
    }
  }

  @Override
  public void close() {
    if (!output.isNull()) {
      avio_closep(output);
    }
    av_packet_free(packet);
    avcodec_free_context(encoder);
    avformat_free_context(container);
  }
}
