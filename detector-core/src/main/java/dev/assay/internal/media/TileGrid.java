package dev.assay.internal.media;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avformat.AV_DISPOSITION_DEFAULT;
import static org.bytedeco.ffmpeg.global.avformat.AV_STREAM_GROUP_PARAMS_TILE_GRID;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;

import dev.assay.FailureCode;
import dev.assay.MediaException;
import dev.assay.Sentence;
import dev.assay.internal.natives.OpenCv;
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
 * A picture that is coded as a grid of tiles, each a stream of its own, as phones write HEIC
 * (ISO/IEC 23008-12, 6.6.2.3); the grid is put together here.
 */
final class TileGrid {

  private static final int MAX_TILES = 4096;

  private final FfmpegInput input;
  private final AVStreamGroup group;
  private final AVStreamGroupTileGrid grid;

  private TileGrid(FfmpegInput input, AVStreamGroup group) {
    this.input = input;
    this.group = group;
    this.grid = group.params_tile_grid();
  }

  /** The grid that is the file's main picture; gain maps and depths may be grids too. */
  static Optional<TileGrid> of(FfmpegInput input) {
    boolean single =
        input.video().filter(s -> (s.disposition() & AV_DISPOSITION_DEFAULT) != 0).isPresent();
    AVFormatContext context = input.context();
    Optional<AVStreamGroup> first = Optional.empty();
    for (int i = context.nb_stream_groups() - 1; i >= 0; i--) {
      AVStreamGroup candidate = context.stream_groups(i);
      if (candidate.type() == AV_STREAM_GROUP_PARAMS_TILE_GRID) {
        if ((candidate.disposition() & AV_DISPOSITION_DEFAULT) != 0) {
          return Optional.of(new TileGrid(input, candidate));
        }
        first = Optional.of(candidate);
      }
    }
    return single ? Optional.empty() : first.map(found -> new TileGrid(input, found));
  }

  /**
   * Decodes the picture, upright.
   *
   * @throws MediaException if it cannot be decoded, or it is too large
   */
  MatPicture decode() throws MediaException {
    OpenCv.load();
    AVPacket packet = av_packet_alloc();
    try {
      return decodeGrid(grid, packet);
    } finally {
      av_packet_free(packet);
    }
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
        input.budget().checkTime();
      }
      if (placed < layout.nb_tiles()) {
        throw new MediaException(
            FailureCode.CORRUPT,
            Sentence.of(
                "Of the {0} tiles of its picture only {1} are there.", layout.nb_tiles(), placed));
      }
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
      Mat pixels = received(decoder).orElseThrow(TileGrid::undecodable);
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
          Sentence.of(
              "Its picture has {0} pixels; the limit is {1}.", pixels, input.limits().pixels()));
    }
    boolean inside =
        layout.width() > 0
            && layout.height() > 0
            && layout.horizontal_offset() >= 0
            && layout.vertical_offset() >= 0
            && (long) layout.horizontal_offset() + layout.width() <= layout.coded_width()
            && (long) layout.vertical_offset() + layout.height() <= layout.coded_height();
    if (!inside || layout.nb_tiles() < 1 || layout.nb_tiles() > MAX_TILES) {
      throw new MediaException(FailureCode.CORRUPT, "The grid of tiles of its picture is invalid.");
    }
  }

  private static Optional<Mat> received(FrameDecoder decoder) throws MediaException {
    return decoder.receive() ? Optional.of(decoder.picture()) : Optional.empty();
  }

  private static MediaException undecodable() {
    return new MediaException(
        FailureCode.CORRUPT, "Its content is damaged: no picture can be decoded.");
  }
}
