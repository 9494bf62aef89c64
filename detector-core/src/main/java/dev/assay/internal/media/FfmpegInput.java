package dev.assay.internal.media;

import static org.bytedeco.ffmpeg.global.avcodec.AVDISCARD_ALL;
import static org.bytedeco.ffmpeg.global.avcodec.AVDISCARD_DEFAULT;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_DATA_DISPLAYMATRIX;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_side_data_get;
import static org.bytedeco.ffmpeg.global.avformat.AV_DISPOSITION_ATTACHED_PIC;
import static org.bytedeco.ffmpeg.global.avformat.AV_DISPOSITION_DEFAULT;
import static org.bytedeco.ffmpeg.global.avformat.AV_DISPOSITION_TIMED_THUMBNAILS;
import static org.bytedeco.ffmpeg.global.avformat.av_find_input_format;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_find_stream_info;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_AUDIO;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;
import static org.bytedeco.ffmpeg.global.avutil.AV_TIME_BASE;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_get;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;

import dev.assay.FailureCode;
import dev.assay.Limits;
import dev.assay.MediaException;
import dev.assay.Report.SoundTrack;
import dev.assay.Sentence;
import dev.assay.internal.container.ByteReader;
import dev.assay.internal.heif.HeifTiles;
import dev.assay.internal.natives.Ffmpeg;
import dev.assay.spi.Budget;
import dev.assay.spi.ByteSource;
import dev.assay.spi.DamagedException;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacketSideData;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVDictionaryEntry;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.javacpp.IntPointer;
import org.jspecify.annotations.Nullable;

/**
 * A container opened by FFmpeg: which streams there are. Owns native memory; the open file stays
 * its caller's.
 */
final class FfmpegInput implements AutoCloseable {

  /** How much is read, and how long, to learn what streams there are. */
  private static final long MAX_PROBE_BYTES = 5_000_000;

  private static final long MAX_PROBE_MICROSECONDS = 5_000_000;

  private static final String ISO_DEMUXER = "mov";

  private static final int MAX_STREAMS = 1024;

  /** Tags of languages, as ISO 639 and BCP 47 have them; anything else is no language. */
  private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z0-9-]{2,35}");

  private static final int NOT_SHOWN =
      AV_DISPOSITION_ATTACHED_PIC | AV_DISPOSITION_TIMED_THUMBNAILS;

  private final SourceInput input;
  private final AVFormatContext context;
  private final Limits limits;
  private final Budget budget;

  private FfmpegInput(SourceInput input, AVFormatContext context, Limits limits, Budget budget) {
    this.input = input;
    this.context = context;
    this.limits = limits;
    this.budget = budget;
  }

  /**
   * Opens a file.
   *
   * @throws MediaException if it is damaged so far that its streams cannot be told
   */
  static FfmpegInput open(ByteSource source, String demuxerName, Limits limits, Budget budget)
      throws MediaException {
    if (demuxerName.startsWith(ISO_DEMUXER)) {
      requireSizes(source, limits, budget);
    }
    Ffmpeg.load();
    SourceInput input = new SourceInput(source, budget);
    AVFormatContext context = avformat_alloc_context();
    context.pb(input.context());
    context.probesize(MAX_PROBE_BYTES);
    context.max_analyze_duration(MAX_PROBE_MICROSECONDS);
    context.max_streams(MAX_STREAMS);
    AVInputFormat demuxer = av_find_input_format(demuxerName);
    AVDictionary options = new AVDictionary(null);
    av_dict_set(options, "protocol_whitelist", "none", 0);
    av_dict_set(options, "format_whitelist", demuxerName, 0);
    int code = avformat_open_input(context, "", demuxer, options);
    av_dict_free(options);
    if (code < 0) {
      // FFmpeg has freed the context.
      input.close();
      budget.checkTime();
      throw new MediaException(
          FailureCode.CORRUPT,
          Sentence.of(
              "Its container is damaged or cut off before its index: {0}.", Ffmpeg.error(code)));
    }
    FfmpegInput opened = new FfmpegInput(input, context, limits, budget);
    if (!opened.hasPicturesBeyond(limits.pixels())) {
      avformat_find_stream_info(context, (AVDictionary) null);
    }
    if (budget.timeUp()) {
      opened.close();
      budget.checkTime();
    }
    return opened;
  }

  /** With steps of its own: what it walks must not be missing elsewhere. */
  private static void requireSizes(ByteSource source, Limits limits, Budget budget)
      throws MediaException {
    try {
      HeifTiles.requireSizes(new ByteReader(source, new Budget(limits.time())));
      budget.checkTime();
    } catch (DamagedException e) {
      budget.checkTime();
      throw new MediaException(FailureCode.CORRUPT, e.sentence(), e);
    } catch (IOException e) {
      throw MediaException.unreadable(e);
    }
  }

  AVFormatContext context() {
    return context;
  }

  Limits limits() {
    return limits;
  }

  Budget budget() {
    return budget;
  }

  /**
   * The stream of moving pictures that players show: the first that the container enables or marks
   * as its default, else the first; cover art is none.
   */
  Optional<AVStream> video() {
    List<AVStream> all = videos();
    return all.stream()
        .filter(stream -> (stream.disposition() & AV_DISPOSITION_DEFAULT) != 0)
        .findFirst()
        .or(() -> all.stream().filter(FfmpegInput::hasSize).findFirst())
        .or(() -> all.stream().findFirst());
  }

  /** All streams of moving pictures, but for cover art and thumbnails. */
  List<AVStream> videos() {
    return IntStream.range(0, context.nb_streams())
        .mapToObj(context::streams)
        .filter(stream -> stream.codecpar().codec_type() == AVMEDIA_TYPE_VIDEO)
        .filter(stream -> (stream.disposition() & NOT_SHOWN) == 0)
        .toList();
  }

  private static boolean hasSize(AVStream stream) {
    return stream.codecpar().width() > 0 && stream.codecpar().height() > 0;
  }

  /**
   * All streams of sound, that first which players play: the first that the container enables or
   * marks as its default, else the first.
   */
  List<AVStream> sounds() {
    return IntStream.range(0, context.nb_streams())
        .mapToObj(context::streams)
        .filter(stream -> stream.codecpar().codec_type() == AVMEDIA_TYPE_AUDIO)
        .sorted(
            Comparator.comparing(stream -> (stream.disposition() & AV_DISPOSITION_DEFAULT) == 0))
        .toList();
  }

  /** What the container says of a stream of sound. */
  static SoundTrack track(AVStream stream) {
    AVCodecParameters coded = stream.codecpar();
    AVDictionaryEntry language = av_dict_get(stream.metadata(), "language", null, 0);
    return new SoundTrack(
        stream.index() + 1,
        FrameDecoder.codec(stream),
        Math.max(0, coded.sample_rate()),
        Math.max(0, coded.ch_layout().nb_channels()),
        coded.bit_rate() > 0 ? OptionalLong.of(coded.bit_rate()) : OptionalLong.empty(),
        Optional.ofNullable(language)
            .filter(entry -> !entry.isNull())
            .map(entry -> entry.value().getString())
            .filter(LANGUAGE.asMatchPredicate()));
  }

  /** Passes over the packets of all other streams, where the container allows it. */
  void only(AVStream stream) {
    for (int i = 0; i < context.nb_streams(); i++) {
      context.streams(i).discard(i == stream.index() ? AVDISCARD_DEFAULT : AVDISCARD_ALL);
    }
  }

  /** Pictures that are too large are refused when decoded; probing must not decode them either. */
  private boolean hasPicturesBeyond(long pixels) {
    for (int i = 0; i < context.nb_streams(); i++) {
      AVCodecParameters parameters = context.streams(i).codecpar();
      if ((long) parameters.width() * parameters.height() > pixels) {
        return true;
      }
    }
    return false;
  }

  /** When the file starts, in seconds of its own counting. */
  double startSeconds() {
    long start = context.start_time();
    return start == AV_NOPTS_VALUE ? 0 : (double) start / AV_TIME_BASE;
  }

  /** Seconds, as the container says. */
  OptionalDouble duration() {
    long duration = context.duration();
    return duration == AV_NOPTS_VALUE || duration <= 0
        ? OptionalDouble.empty()
        : OptionalDouble.of((double) duration / AV_TIME_BASE);
  }

  /**
   * When a stream ends, in seconds from the start of the file, as the container says: other streams
   * may go on for longer. 0 where it does not say.
   */
  double duration(AVStream stream) {
    if (stream.duration() == AV_NOPTS_VALUE || stream.duration() <= 0) {
      return context.nb_streams() == 1 ? duration().orElse(0) : 0;
    }
    long start = stream.start_time() == AV_NOPTS_VALUE ? 0 : stream.start_time();
    AVRational base = stream.time_base();
    double end = (double) (start + stream.duration()) * base.num() / Math.max(1, base.den());
    return Math.max(0, end - startSeconds());
  }

  /** Frames of a stream, as the container says, or as its duration and rate give. */
  OptionalInt frames(AVStream stream) {
    if (stream.nb_frames() > 0) {
      return OptionalInt.of((int) Math.min(stream.nb_frames(), Integer.MAX_VALUE));
    }
    AVRational rate = stream.avg_frame_rate();
    if (duration().isEmpty() || rate.den() <= 0 || rate.num() <= 0) {
      return OptionalInt.empty();
    }
    double frames = duration().getAsDouble() * rate.num() / rate.den();
    return OptionalInt.of((int) Math.min(Math.max(1, Math.round(frames)), Integer.MAX_VALUE));
  }

  /** How pictures of a stream must be turned to stand upright: an EXIF orientation. */
  static int orientation(AVStream stream) {
    return orientation(stream.codecpar().coded_side_data(), stream.codecpar().nb_coded_side_data());
  }

  /** The same, out of any side data. */
  static int orientation(@Nullable AVPacketSideData sideData, int count) {
    if (sideData == null || count <= 0) {
      return 1;
    }
    AVPacketSideData found = av_packet_side_data_get(sideData, count, AV_PKT_DATA_DISPLAYMATRIX);
    if (found == null || found.isNull() || found.size() < 9 * Integer.BYTES) {
      return 1;
    }
    int[] matrix = new int[9];
    new IntPointer(found.data()).get(matrix);
    return Orientation.of(matrix);
  }

  @Override
  public void close() {
    avformat_close_input(context);
    input.close();
  }
}
