package dev.assay.internal.media;

import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_flush_buffers;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_get_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_to_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_JPEG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_TRC_SMPTE2084;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_BGR24;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_BGR48;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_BGRA;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_ALPHA;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_GRAY8;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_PAL8;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ420P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ422P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ444P;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_pix_fmt_desc_get;
import static org.bytedeco.ffmpeg.global.swscale.SWS_ACCURATE_RND;
import static org.bytedeco.ffmpeg.global.swscale.SWS_AREA;
import static org.bytedeco.ffmpeg.global.swscale.SWS_BICUBIC;
import static org.bytedeco.ffmpeg.global.swscale.SWS_CS_DEFAULT;
import static org.bytedeco.ffmpeg.global.swscale.SWS_FULL_CHR_H_INT;
import static org.bytedeco.ffmpeg.global.swscale.sws_freeContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_getCachedContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_getCoefficients;
import static org.bytedeco.ffmpeg.global.swscale.sws_scale;
import static org.bytedeco.ffmpeg.global.swscale.sws_setColorspaceDetails;

import dev.assay.FailureCode;
import dev.assay.Limits;
import dev.assay.MediaException;
import dev.assay.Sentence;
import dev.assay.internal.natives.Ffmpeg;
import dev.assay.internal.natives.OpenCv;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.jspecify.annotations.Nullable;
import org.opencv.core.CvType;
import org.opencv.core.Mat;

/**
 * Decodes one stream and hands its pictures to OpenCV: swscale writes straight into the matrix, so
 * the conversion of colours is the only pass over the pixels.
 *
 * <p>Pictures become 8 bits a channel: deeper ones are scaled, those coded by the perceptual
 * quantiser go through {@link ToneMap}, those of hybrid log-gamma stay as screens without it show
 * them. Of a frame that mixes two fields only the first field is taken. Owns native memory.
 */
final class FrameDecoder implements AutoCloseable {

  /**
   * Colours by full-resolution chroma and exact rounding: the result does not depend on the
   * processor.
   */
  private static final int SCALING = SWS_BICUBIC | SWS_ACCURATE_RND | SWS_FULL_CHR_H_INT;

  /** Pixels that swscale may write beyond the end of a row. */
  private static final int ROW_PADDING = 32;

  /** Planes that swscale asks for. */
  private static final int MOST_PLANES = 4;

  private final AVStream stream;
  private final AVCodecContext context;
  private final AVFrame frame;
  private final long pixelLimit;
  private @Nullable SwsContext scaler;
  private @Nullable SwsContext shrinker;

  /**
   * Opens a decoder.
   *
   * @throws MediaException if there is none for the stream's codec, or its pictures are too large
   */
  FrameDecoder(AVStream stream, Limits limits) throws MediaException {
    OpenCv.load();
    this.stream = stream;
    this.pixelLimit = limits.pixels();
    requireSize((long) stream.codecpar().width() * stream.codecpar().height());
    AVCodec codec = avcodec_find_decoder(stream.codecpar().codec_id());
    if (codec == null || codec.isNull()) {
      throw new MediaException(
          FailureCode.UNSUPPORTED_FORMAT,
          Sentence.of("There is no decoder for its codec {0}.", codec(stream)));
    }
    this.frame = av_frame_alloc();
    this.context = avcodec_alloc_context3(codec);
    avcodec_parameters_to_context(context, stream.codecpar());
    context.thread_count(1);
    context.max_pixels(limits.pixels());
    int code = avcodec_open2(context, codec, (AVDictionary) null);
    if (code < 0) {
      close();
      throw new MediaException(
          FailureCode.CORRUPT,
          Sentence.of("Its {0} stream cannot be decoded: {1}.", codec(stream), Ffmpeg.error(code)));
    }
  }

  /** FFmpeg's name of a stream's codec. */
  static String codec(AVStream stream) {
    return avcodec_get_name(stream.codecpar().codec_id()).getString();
  }

  /**
   * Gives the decoder a packet, or null at the end of the stream. Damaged packets are passed over.
   */
  void send(@Nullable AVPacket packet) {
    avcodec_send_packet(context, packet);
  }

  /** Takes the next picture out of the decoder; false if it wants packets first. */
  boolean receive() {
    return avcodec_receive_frame(context, frame) >= 0;
  }

  /** Forgets all that was sent, after a jump. */
  void flush() {
    avcodec_flush_buffers(context);
  }

  /** Size of the received picture once it is converted, in bytes. */
  long bytes() {
    return 3L * frame.width() * frame.height();
  }

  /** When the received picture is shown: seconds from the start of the stream, not negative. */
  double seconds() {
    long time = frame.best_effort_timestamp();
    return time == AV_NOPTS_VALUE ? 0 : Math.max(0, seconds(stream, time));
  }

  /** A time stamp of a stream in seconds from its start. */
  static double seconds(AVStream stream, long time) {
    long start = stream.start_time() == AV_NOPTS_VALUE ? 0 : stream.start_time();
    return (double) (time - start) * stream.time_base().num() / stream.time_base().den();
  }

  /**
   * The received picture, in memory that the caller releases.
   *
   * @throws MediaException if it is too large, or of a pixel format that cannot be converted
   */
  Mat picture() throws MediaException {
    requireSize((long) frame.width() * frame.height());
    if (alpha()) {
      return Transparency.onWhite(converted(AV_PIX_FMT_BGRA, CvType.CV_8UC4, 1));
    }
    Mat whole = shown(1);
    if ((frame.flags() & AVFrame.AV_FRAME_FLAG_INTERLACED) == 0 || !InterlacedRows.mixed(whole)) {
      return whole;
    }
    whole.release();
    return shown(2);
  }

  private Mat shown(int rowStep) throws MediaException {
    if (frame.color_trc() != AVCOL_TRC_SMPTE2084) {
      return converted(AV_PIX_FMT_BGR24, CvType.CV_8UC3, rowStep);
    }
    Mat deep = converted(AV_PIX_FMT_BGR48, CvType.CV_16UC3, rowStep);
    try {
      return ToneMap.mapped(deep);
    } finally {
      deep.release();
    }
  }

  /**
   * The received picture in another pixel format.
   *
   * @param rowStep of how many rows one is taken; the picture is as high as before
   */
  private Mat converted(int format, int type, int rowStep) throws MediaException {
    int width = frame.width();
    int height = frame.height();
    int rows = height / rowStep;
    scaler =
        sws_getCachedContext(
            scaler,
            width,
            rows,
            frame.format(),
            width,
            height,
            format,
            SCALING,
            null,
            null,
            (DoublePointer) null);
    requireConvertible(scaler);
    IntPointer from = sws_getCoefficients(frame.colorspace());
    IntPointer to = sws_getCoefficients(SWS_CS_DEFAULT);
    sws_setColorspaceDetails(scaler, from, fullRange() ? 1 : 0, to, 1, 0, 1 << 16, 1 << 16);
    // swscale writes whole vectors, beyond a row's last pixel where its length is no multiple of
    // theirs.
    Mat padded = new Mat(height, width + ROW_PADDING, type);
    int[] lines = new int[MOST_PLANES];
    frame.linesize().get(lines);
    for (int i = 0; i < lines.length; i++) {
      lines[i] *= rowStep;
    }
    try (MatMemory memory = new MatMemory(padded);
        PointerPointer<BytePointer> planes = new PointerPointer<>(memory, null, null, null);
        IntPointer strides =
            new IntPointer((int) padded.step1(0) * (int) padded.elemSize1(), 0, 0, 0);
        IntPointer taken = new IntPointer(lines)) {
      sws_scale(scaler, frame.data(), taken, 0, rows, planes, strides);
    }
    Mat picture = padded.submat(0, height, 0, width);
    padded.release();
    return picture;
  }

  /**
   * The received picture as a thumbnail.
   *
   * @param time its time stamp
   * @throws MediaException if it is too large, or of a pixel format that cannot be converted
   */
  Thumbnail thumbnail(long time) throws MediaException {
    requireSize((long) frame.width() * frame.height());
    shrinker =
        sws_getCachedContext(
            shrinker,
            frame.width(),
            frame.height(),
            frame.format(),
            Thumbnail.WIDTH,
            Thumbnail.HEIGHT,
            AV_PIX_FMT_GRAY8,
            SWS_AREA,
            null,
            null,
            (DoublePointer) null);
    requireConvertible(shrinker);
    int stride = Thumbnail.WIDTH + ROW_PADDING;
    byte[] grey = new byte[Thumbnail.WIDTH * Thumbnail.HEIGHT];
    try (BytePointer memory = new BytePointer((long) stride * (Thumbnail.HEIGHT + 1));
        PointerPointer<BytePointer> planes = new PointerPointer<>(memory, null, null, null);
        IntPointer strides = new IntPointer(stride, 0, 0, 0)) {
      sws_scale(shrinker, frame.data(), frame.linesize(), 0, frame.height(), planes, strides);
      for (int row = 0; row < Thumbnail.HEIGHT; row++) {
        memory.position((long) row * stride);
        memory.get(grey, row * Thumbnail.WIDTH, Thumbnail.WIDTH);
      }
      memory.position(0);
    }
    return new Thumbnail(time, grey);
  }

  private static void requireConvertible(@Nullable SwsContext converter) throws MediaException {
    if (converter == null || converter.isNull()) {
      throw new MediaException(
          FailureCode.UNSUPPORTED_FORMAT, "Its pixel format cannot be converted.");
    }
  }

  private boolean alpha() {
    AVPixFmtDescriptor format = av_pix_fmt_desc_get(frame.format());
    return format != null
        && !format.isNull()
        && ((format.flags() & AV_PIX_FMT_FLAG_ALPHA) != 0 || frame.format() == AV_PIX_FMT_PAL8);
  }

  private boolean fullRange() {
    int format = frame.format();
    return frame.color_range() == AVCOL_RANGE_JPEG
        || format == AV_PIX_FMT_YUVJ420P
        || format == AV_PIX_FMT_YUVJ422P
        || format == AV_PIX_FMT_YUVJ444P;
  }

  private void requireSize(long pixels) throws MediaException {
    if (pixels > pixelLimit) {
      throw new MediaException(
          FailureCode.TOO_MANY_PIXELS,
          Sentence.of("Its pictures have {0} pixels; the limit is {1}.", pixels, pixelLimit));
    }
  }

  @Override
  public void close() {
    sws_freeContext(scaler);
    scaler = null;
    sws_freeContext(shrinker);
    shrinker = null;
    av_frame_free(frame);
    avcodec_free_context(context);
  }

  /** The memory of a matrix, as FFmpeg's functions want it; the matrix stays its owner. */
  private static final class MatMemory extends BytePointer {
    MatMemory(Mat matrix) {
      super((Pointer) null);
      address = matrix.dataAddr();
      capacity = matrix.total() * matrix.elemSize();
      limit = capacity;
    }
  }
}
