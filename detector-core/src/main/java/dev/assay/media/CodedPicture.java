package dev.assay.media;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avformat.AV_DISPOSITION_DEFAULT;
import static org.bytedeco.ffmpeg.global.avformat.AV_STREAM_GROUP_PARAMS_TILE_GRID;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;

import dev.assay.FailureCode;
import dev.assay.MediaException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avformat.AVStreamGroup;
import org.bytedeco.ffmpeg.avformat.AVStreamGroupTileGrid;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Rect;
import org.opencv.core.Scalar;

/**
 * A still picture that is coded like video: GIF, AVIF, HEIC. Phones write HEIC as a grid of tiles,
 * each a stream of its own; the grid is put together here.
 */
final class CodedPicture {

  private static final int MOST_TILES = 4096;
  private static final int MOST_PACKETS = 100_000;

  private final FfmpegInput input;
  private final Optional<AVStreamGroupTileGrid> grid;
  private final AVStreamGroup group;
  private int pictures;

  CodedPicture(FfmpegInput input) {
    this.input = input;
    this.group = gridGroup(input);
    this.grid = group.isNull() ? Optional.empty() : Optional.of(group.params_tile_grid());
  }

  /** Pictures that were met in the file; complete after {@link #decode}. */
  int pictures() {
    return pictures;
  }

  /**
   * Decodes the first picture, upright.
   *
   * @throws MediaException if none can be decoded, or it is too large
   */
  MatPicture decode() throws MediaException {
    OpenCv.version();
    AVPacket packet = av_packet_alloc();
    try {
      return grid.isPresent() ? decodeGrid(grid.get(), packet) : decodeSingle(packet);
    } finally {
      av_packet_free(packet);
    }
  }

  /** FFmpeg's name of the codec. */
  Optional<String> codec() {
    return input.video().map(FrameDecoder::codec);
  }

  private MatPicture decodeSingle(AVPacket packet) throws MediaException {
    AVStream stream =
        input
            .video()
            .orElseThrow(() -> new MediaException(FailureCode.CORRUPT, "It holds no picture."));
    Optional<Mat> first = Optional.empty();
    try (FrameDecoder decoder = new FrameDecoder(stream, input.limits())) {
      for (int i = 0; i < MOST_PACKETS && av_read_frame(input.context(), packet) >= 0; i++) {
        if (packet.stream_index() == stream.index()) {
          pictures++;
          if (first.isEmpty()) {
            decoder.send(packet);
            first = received(decoder);
          }
        }
        av_packet_unref(packet);
        input.deadline().check();
      }
      if (first.isEmpty()) {
        decoder.send(null);
        first = received(decoder);
      }
    } catch (MediaException e) {
      if (first.isPresent()) {
        first.get().release();
      }
      throw e;
    }
    Mat picture = first.orElseThrow(CodedPicture::undecodable);
    return new MatPicture(Orientation.upright(picture, FfmpegInput.orientation(stream)));
  }

  private MatPicture decodeGrid(AVStreamGroupTileGrid layout, AVPacket packet)
      throws MediaException {
    requireSane(layout);
    Map<Integer, Integer> tileOfStream = new HashMap<>();
    for (int tile = 0; tile < layout.nb_tiles(); tile++) {
      tileOfStream.put(group.streams(layout.offsets_idx(tile)).index(), tile);
    }
    Mat canvas =
        new Mat(layout.coded_height(), layout.coded_width(), CvType.CV_8UC3, new Scalar(0, 0, 0));
    try {
      int placed = 0;
      while (placed < layout.nb_tiles() && av_read_frame(input.context(), packet) >= 0) {
        Integer tile = tileOfStream.remove(packet.stream_index());
        if (tile != null) {
          place(layout, tile, packet, canvas);
          placed++;
        }
        av_packet_unref(packet);
        input.deadline().check();
      }
      if (placed < layout.nb_tiles()) {
        throw new MediaException(
            FailureCode.CORRUPT,
            "Of the " + layout.nb_tiles() + " tiles of its picture only " + placed + " are there.");
      }
      pictures = 1;
      Rect shown =
          new Rect(
              layout.horizontal_offset(),
              layout.vertical_offset(),
              layout.width(),
              layout.height());
      Mat part = canvas.submat(shown);
      Mat picture = part.clone();
      part.release();
      int orientation =
          FfmpegInput.orientation(layout.coded_side_data(), layout.nb_coded_side_data());
      return new MatPicture(Orientation.upright(picture, orientation));
    } finally {
      canvas.release();
    }
  }

  private void place(AVStreamGroupTileGrid layout, int tile, AVPacket packet, Mat canvas)
      throws MediaException {
    AVStream stream = group.streams(layout.offsets_idx(tile));
    try (FrameDecoder decoder = new FrameDecoder(stream, input.limits())) {
      decoder.send(packet);
      decoder.send(null);
      Mat pixels = received(decoder).orElseThrow(CodedPicture::undecodable);
      try {
        copy(pixels, canvas, layout.offsets_horizontal(tile), layout.offsets_vertical(tile));
      } finally {
        pixels.release();
      }
    }
  }

  /** Copies as much of a tile as lies on the canvas. */
  private static void copy(Mat tile, Mat canvas, int x, int y) {
    int width = Math.min(tile.cols(), canvas.cols() - x);
    int height = Math.min(tile.rows(), canvas.rows() - y);
    if (x >= 0 && y >= 0 && width > 0 && height > 0) {
      Mat target = canvas.submat(new Rect(x, y, width, height));
      Mat part = tile.submat(new Rect(0, 0, width, height));
      part.copyTo(target);
      part.release();
      target.release();
    }
  }

  private void requireSane(AVStreamGroupTileGrid layout) throws MediaException {
    long pixels = (long) layout.coded_width() * layout.coded_height();
    if (pixels > input.limits().pixels()) {
      throw new MediaException(
          FailureCode.TOO_MANY_PIXELS,
          "Its picture has " + pixels + " pixels; the limit is " + input.limits().pixels() + ".");
    }
    boolean inside =
        layout.width() > 0
            && layout.height() > 0
            && layout.horizontal_offset() >= 0
            && layout.vertical_offset() >= 0
            && (long) layout.horizontal_offset() + layout.width() <= layout.coded_width()
            && (long) layout.vertical_offset() + layout.height() <= layout.coded_height();
    if (!inside || layout.nb_tiles() < 1 || layout.nb_tiles() > MOST_TILES) {
      throw new MediaException(
          FailureCode.CORRUPT, "The grid of tiles of its picture makes no sense.");
    }
  }

  private static Optional<Mat> received(FrameDecoder decoder) throws MediaException {
    return decoder.receive() ? Optional.of(decoder.picture()) : Optional.empty();
  }

  private static MediaException undecodable() {
    return new MediaException(
        FailureCode.CORRUPT, "Its content is damaged: no picture can be decoded.");
  }

  /** The grid that is the file's main picture; gain maps and depths may be grids too. */
  private static AVStreamGroup gridGroup(FfmpegInput input) {
    AVFormatContext context = input.context();
    AVStreamGroup first = new AVStreamGroup(null);
    for (int i = context.nb_stream_groups() - 1; i >= 0; i--) {
      AVStreamGroup candidate = context.stream_groups(i);
      if (candidate.type() == AV_STREAM_GROUP_PARAMS_TILE_GRID) {
        if ((candidate.disposition() & AV_DISPOSITION_DEFAULT) != 0) {
          return candidate;
        }
        first = candidate;
      }
    }
    boolean single =
        input.video().filter(s -> (s.disposition() & AV_DISPOSITION_DEFAULT) != 0).isPresent();
    return single ? new AVStreamGroup(null) : first;
  }
}
