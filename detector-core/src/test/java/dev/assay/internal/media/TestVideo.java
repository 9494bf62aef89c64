package dev.assay.internal.media;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_GLOBAL_HEADER;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_INTERLACED_DCT;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_DATA_DISPLAYMATRIX;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_rescale_ts;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_side_data_new;
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
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P10LE;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;
import static org.bytedeco.ffmpeg.global.avutil.av_display_matrix_flip;
import static org.bytedeco.ffmpeg.global.avutil.av_display_rotation_set;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_make_writable;

import dev.assay.internal.natives.Ffmpeg;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avcodec.AVPacketSideData;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVOutputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * Writes a video by FFmpeg's own encoders: its left half is dark, its right half bright and
 * brighter below, and the brightness of the left grows with each frame. Checks every native call.
 */
public final class TestVideo {

  static final int RATE = 25;

  private String codec = "mpeg4";
  private String format = "";
  private int pixelFormat = 0; // YUV 4:2:0, 8 bits
  private int width = 320;
  private int height = 240;
  private int frames = 50;
  private int keyEvery = 10;
  private int rotation;
  private boolean mirrored;
  private String tag = "";
  private String tagValue = "";
  private String option = "";
  private String value = "";
  private int invertedFrom;
  private int invertedUntil;
  private boolean interlaced;
  private int transfer = -1;
  private List<BufferedImage> pictures = List.of();

  public TestVideo codec(String name) {
    codec = name;
    return this;
  }

  /** FFmpeg's name of the container, where the file's name does not tell it. */
  public TestVideo format(String name) {
    format = name;
    return this;
  }

  public TestVideo pixelFormat(int value) {
    pixelFormat = value;
    return this;
  }

  public TestVideo size(int columns, int rows) {
    width = columns;
    height = rows;
    return this;
  }

  public TestVideo frames(int count, int keyFrameEvery) {
    frames = count;
    keyEvery = keyFrameEvery;
    return this;
  }

  /** Degrees clockwise that a player must turn the picture by. */
  public TestVideo rotation(int degrees) {
    rotation = degrees;
    return this;
  }

  /** Whether a player must show the picture as in a mirror. */
  public TestVideo mirrored() {
    mirrored = true;
    return this;
  }

  /** A tag of the container. */
  public TestVideo metadata(String key, String setting) {
    tag = key;
    tagValue = setting;
    return this;
  }

  /** An option of the container's writer. */
  public TestVideo option(String key, String setting) {
    option = key;
    value = setting;
    return this;
  }

  /** Codes fields; of the left half, every other row is of another time, and bright. */
  public TestVideo interlaced() {
    interlaced = true;
    return this;
  }

  /** FFmpeg's number of the transfer function that the pictures are said to have. */
  public TestVideo transfer(int number) {
    transfer = number;
    return this;
  }

  /** Shows these pictures in turn, each for so many frames, rather than dark and bright halves. */
  public TestVideo pictures(List<BufferedImage> shown, int framesEach) {
    pictures = shown;
    frames = shown.size() * framesEach;
    return size(shown.get(0).getWidth(), shown.get(0).getHeight());
  }

  /** Turns bright into dark from one frame until before another: a shot of its own. */
  public TestVideo invertedIn(int from, int until) {
    invertedFrom = from;
    invertedUntil = until;
    return this;
  }

  public Path write(Path file) {
    Ffmpeg.version();
    AVFormatContext container = new AVFormatContext(null);
    checked(
        avformat_alloc_output_context2(
            container, (AVOutputFormat) null, format.isEmpty() ? null : format, file.toString()));
    AVCodec encoder = avcodec_find_encoder_by_name(codec);
    if (encoder == null) {
      throw new IllegalStateException("FFmpeg was built without the encoder " + codec);
    }
    AVCodecContext context = avcodec_alloc_context3(encoder);
    context.width(width).height(height).pix_fmt(pixelFormat).gop_size(keyEvery).bit_rate(400_000);
    context.max_b_frames(0);
    context.time_base().num(1).den(RATE);
    context.framerate().num(RATE).den(1);
    context.thread_count(1);
    context.strict_std_compliance(-2);
    if (interlaced) {
      context.flags(context.flags() | AV_CODEC_FLAG_INTERLACED_DCT);
    }
    if (transfer >= 0) {
      context.color_trc(transfer);
    }
    if ((container.oformat().flags() & AVFMT_GLOBALHEADER) != 0) {
      context.flags(context.flags() | AV_CODEC_FLAG_GLOBAL_HEADER);
    }
    checked(avcodec_open2(context, encoder, (AVDictionary) null));
    AVStream stream = avformat_new_stream(container, encoder);
    checked(avcodec_parameters_from_context(stream.codecpar(), context));
    stream.time_base().num(1).den(RATE);
    if (rotation != 0 || mirrored) {
      rotate(stream);
    }
    AVIOContext output = new AVIOContext(null);
    checked(avio_open(output, file.toString(), AVIO_FLAG_WRITE));
    container.pb(output);
    AVDictionary options = new AVDictionary(null);
    if (!option.isEmpty()) {
      checked(av_dict_set(options, option, value, 0));
    }
    if (!tag.isEmpty()) {
      AVDictionary tags = new AVDictionary(null);
      checked(av_dict_set(tags, tag, tagValue, 0));
      container.metadata(tags);
    }
    checked(avformat_write_header(container, options));
    av_dict_free(options);
    encode(context, container, stream);
    checked(av_write_trailer(container));
    avio_closep(output);
    avcodec_free_context(context);
    avformat_free_context(container);
    return file;
  }

  private void encode(AVCodecContext context, AVFormatContext container, AVStream stream) {
    AVFrame frame = av_frame_alloc();
    frame.format(pixelFormat).width(width).height(height);
    checked(av_frame_get_buffer(frame, 0));
    AVPacket packet = av_packet_alloc();
    for (int i = 0; i <= frames; i++) {
      if (i < frames) {
        checked(av_frame_make_writable(frame));
        paint(frame, i);
        frame.pts(i);
        if (interlaced) {
          frame.flags(
              frame.flags()
                  | AVFrame.AV_FRAME_FLAG_INTERLACED
                  | AVFrame.AV_FRAME_FLAG_TOP_FIELD_FIRST);
        }
      }
      checked(avcodec_send_frame(context, i < frames ? frame : null));
      while (avcodec_receive_packet(context, packet) >= 0) {
        packet.stream_index(stream.index());
        packet.duration(1);
        av_packet_rescale_ts(packet, context.time_base(), stream.time_base());
        checked(av_interleaved_write_frame(container, packet));
      }
    }
    av_packet_free(packet);
    av_frame_free(frame);
  }

  private void paint(AVFrame frame, int number) {
    boolean deep = pixelFormat == AV_PIX_FMT_YUV420P10LE;
    if (!deep && pixelFormat != AV_PIX_FMT_YUV420P) {
      // Of other pixel formats only the first plane is painted, with stripes.
      BytePointer row = new BytePointer(frame.data(0));
      for (int i = 0; i < height * frame.linesize(0); i++) {
        row.put(i, (byte) (i / 9 % 50 + number));
      }
      return;
    }
    if (!pictures.isEmpty()) {
      paint(frame, pictures.get(number * pictures.size() / frames));
      return;
    }
    for (int plane = 0; plane <= 2; plane++) {
      int columns = plane == 0 ? width : (width + 1) / 2;
      int rows = plane == 0 ? height : (height + 1) / 2;
      for (int y = 0; y < rows; y++) {
        BytePointer row =
            new BytePointer(frame.data(plane)).position((long) y * frame.linesize(plane));
        for (int x = 0; x < columns; x++) {
          int bright = y < rows / 2 ? 200 : 235;
          boolean dark = x < width / 2 && !(interlaced && y % 2 == 1);
          int level = plane > 0 ? 128 : dark ? 30 + number % 60 : bright;
          if (number >= invertedFrom && number < invertedUntil) {
            level = 255 - level;
          }
          if (deep) {
            row.put(2L * x, (byte) (level << 2)).put(2L * x + 1, (byte) (level >> 6));
          } else {
            row.put(x, (byte) level);
          }
        }
      }
    }
  }

  /** A picture as BT.601 in limited range; chroma from one of four pixels. */
  private static void paint(AVFrame frame, BufferedImage picture) {
    for (int plane = 0; plane <= 2; plane++) {
      int step = plane == 0 ? 1 : 2;
      for (int y = 0; y < picture.getHeight() / step; y++) {
        BytePointer row =
            new BytePointer(frame.data(plane)).position((long) y * frame.linesize(plane));
        for (int x = 0; x < picture.getWidth() / step; x++) {
          Color c = new Color(picture.getRGB(x * step, y * step));
          double luma = 0.299 * c.getRed() + 0.587 * c.getGreen() + 0.114 * c.getBlue();
          double value =
              switch (plane) {
                case 0 -> 16 + luma * 219 / 255;
                case 1 -> 128 + (c.getBlue() - luma) * 0.564 * 224 / 255;
                default -> 128 + (c.getRed() - luma) * 0.713 * 224 / 255;
              };
          row.put(x, (byte) Math.round(value));
        }
      }
    }
  }

  private void rotate(AVStream stream) {
    AVPacketSideData sideData = new AVPacketSideData(null);
    PointerPointer<AVPacketSideData> list = new PointerPointer<>(1);
    list.put(0, sideData);
    IntPointer count = new IntPointer(1).put(0);
    AVPacketSideData added = av_packet_side_data_new(list, count, AV_PKT_DATA_DISPLAYMATRIX, 36, 0);
    IntPointer matrix = new IntPointer(added.data());
    av_display_rotation_set(matrix, rotation);
    av_display_matrix_flip(matrix, mirrored ? 1 : 0, 0);
    stream.codecpar().coded_side_data(added);
    stream.codecpar().nb_coded_side_data(1);
  }

  private static void checked(int code) {
    if (code < 0) {
      throw new IllegalStateException(Ffmpeg.error(code));
    }
  }
}
