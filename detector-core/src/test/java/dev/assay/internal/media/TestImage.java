package dev.assay.internal.media;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_packet;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_frame;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.avutil.av_get_pix_fmt;

import dev.assay.internal.natives.Ffmpeg;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.BytePointer;

/** Encodes one picture by FFmpeg's own encoders, for formats whose files are the coded picture. */
final class TestImage {

  private static final int WIDTH = 160;
  private static final int HEIGHT = 120;

  private TestImage() {}

  /**
   * Encodes a picture of stripes.
   *
   * @param codec FFmpeg's name of the encoder
   * @param pixelFormat FFmpeg's name of the pixel format
   */
  static byte[] encode(String codec, String pixelFormat) {
    Ffmpeg.load();
    AVCodec encoder = avcodec_find_encoder_by_name(codec);
    if (encoder == null) {
      throw new IllegalStateException("FFmpeg was built without the encoder " + codec);
    }
    AVCodecContext context = avcodec_alloc_context3(encoder);
    int format = av_get_pix_fmt(pixelFormat);
    context.width(WIDTH).height(HEIGHT).pix_fmt(format);
    context.time_base().num(1).den(25);
    context.strict_std_compliance(-2);
    checked(avcodec_open2(context, encoder, (AVDictionary) null));
    AVFrame frame = av_frame_alloc();
    frame.format(format).width(WIDTH).height(HEIGHT);
    checked(av_frame_get_buffer(frame, 0));
    for (int plane = 0; plane < 4 && frame.data(plane) != null; plane++) {
      BytePointer pixels = new BytePointer(frame.data(plane));
      for (int i = 0; i < frame.linesize(plane) * HEIGHT / (plane > 0 ? 2 : 1); i++) {
        pixels.put(i, (byte) (i / 7 % 60));
      }
    }
    frame.pts(0);
    AVPacket packet = av_packet_alloc();
    checked(avcodec_send_frame(context, frame));
    checked(avcodec_send_frame(context, null));
    checked(avcodec_receive_packet(context, packet));
    byte[] content = new byte[packet.size()];
    new BytePointer(packet.data()).get(content);
    av_packet_free(packet);
    av_frame_free(frame);
    avcodec_free_context(context);
    return content;
  }

  private static void checked(int code) {
    if (code < 0) {
      throw new IllegalStateException(Ffmpeg.error(code));
    }
  }
}
