package dev.assay.internal.media;

import static org.bytedeco.ffmpeg.global.avformat.avio_size;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;

import dev.assay.FailureCode;
import dev.assay.MediaException;
import dev.assay.Report.Warning;
import dev.assay.Sentence;
import dev.assay.WarningCode;
import dev.assay.spi.Frame;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;

/**
 * Takes frames out of a video, spread over its time.
 *
 * <p>Key frames first: one jump and one decoded picture each, twelve times cheaper than exact
 * places on ordinary video; where there are more than wanted, so that every shot is looked at
 * ({@link ShotPlan}). Where there are too few of them, a short clip with one at its start for
 * example, frames are decoded in order and thinned as they come, so that at no time more than twice
 * the wanted number is held; that is bounded by {@link #MAX_DECODED} frames.
 */
final class FrameSampler {

  /** With fewer key frames than this, and more frames wanted, frames are decoded in order. */
  private static final int ENOUGH_KEY_FRAMES = 8;

  /** Key frames that shots are told by, for each wanted frame. */
  private static final int CANDIDATES = 3;

  /** The most frames decoded in order, or on the way to an exact place. */
  private static final int MAX_DECODED = 1000;

  /** Time stamps that go back by more begin anew. */
  private static final double JUMP_SECONDS = 1;

  private final FfmpegInput input;
  private final AVStream stream;
  private final int orientation;
  private final List<Warning> warnings = new ArrayList<>();
  private final List<MatPicture> decoded = new ArrayList<>();
  private boolean crowded;
  private OptionalInt counted = OptionalInt.empty();
  private boolean joined;

  FrameSampler(FfmpegInput input, AVStream stream) {
    this.input = input;
    this.stream = stream;
    this.orientation = FfmpegInput.orientation(stream);
  }

  /** What limits the sample; complete after {@link #sample}. */
  List<Warning> warnings() {
    return warnings;
  }

  /** How many frames there are, where all were decoded; complete after {@link #sample}. */
  OptionalInt counted() {
    return counted;
  }

  /**
   * Takes the frames.
   *
   * @return at least one, in order of time; their pictures are {@link MatPicture}s that the caller
   *     closes
   * @throws MediaException if no frame can be decoded, or time runs out before the first
   */
  List<Frame> sample() throws MediaException {
    try {
      return sampled();
    } catch (MediaException | RuntimeException | Error e) {
      decoded.forEach(MatPicture::close);
      throw e;
    }
  }

  private List<Frame> sampled() throws MediaException {
    int wanted = affordable();
    double until = input.duration().orElse(0);
    double reach = input.limits().duration().toMillis() / 1000.0;
    if (until > reach) {
      warnings.add(
          new Warning(
              WarningCode.PARTLY_EXAMINED,
              Sentence.of(
                  "Only the first {0} of {1} seconds were looked at.",
                  Math.round(reach), Math.round(until))));
      until = reach;
    }
    List<Frame> frames;
    boolean truncated;
    try (FrameDecoder decoder = new FrameDecoder(stream, input.limits());
        PacketReader packets = new PacketReader(input, stream)) {
      frames =
          packets.discontinuous()
              ? keyFramesByPlace(decoder, packets, wanted)
              : until > 0 ? byTime(decoder, packets, wanted, until) : List.of();
      if (frames.size() < Math.min(wanted, ENOUGH_KEY_FRAMES)) {
        List<Frame> ordered = inOrder(decoder, packets, wanted, reach);
        if (ordered.size() > frames.size()) {
          close(frames);
          frames = ordered;
        } else {
          close(ordered);
        }
      }
      truncated = packets.truncated();
    }
    if (frames.isEmpty()) {
      input.budget().checkTime();
      throw new MediaException(FailureCode.NO_FRAMES, "None of its frames can be decoded.");
    }
    if (input.budget().timeUp()) {
      warnings.add(
          new Warning(
              WarningCode.PARTLY_EXAMINED,
              Sentence.of("Time ran out: {0} frames were sampled, and judged.", frames.size())));
    } else if (truncated) {
      warnings.add(
          new Warning(
              WarningCode.TRUNCATED,
              "The video is damaged or cut off; what could be read of it was judged."));
    }
    if (joined) {
      warnings.add(
          new Warning(
              WarningCode.JOINED_RECORDINGS,
              "Its time stamps start again within the file, so it was joined from several"
                  + " recordings; the duration, and times after the first of them, may be wrong."));
    }
    if (crowded) {
      warnings.add(
          new Warning(
              WarningCode.FEWER_FRAMES,
              "Its frames grow so large that not all wanted ones fit into the limit on memory."));
    }
    return frames;
  }

  /** As many frames as the limit on memory allows. */
  private int affordable() {
    long pixels = (long) stream.codecpar().width() * stream.codecpar().height();
    // Frames decoded in order are held twice over before they are thinned.
    int most = affordable(pixels, input.limits().decodedBytes() / 2);
    int wanted = input.limits().frames();
    int available = input.frames(stream).orElse(Integer.MAX_VALUE);
    fewer(most, Math.min(wanted, available), wanted).ifPresent(warnings::add);
    return Math.min(wanted, most);
  }

  /**
   * How many frames may be held.
   *
   * @param pixels of each
   * @param bytes of all together
   * @return at least one
   */
  static int affordable(long pixels, long bytes) {
    return (int) Math.max(1, Math.min(Integer.MAX_VALUE, bytes / (3 * Math.max(1, pixels))));
  }

  /** The warning that fewer frames were taken than there are and were wanted. */
  static Optional<Warning> fewer(int most, int reachable, int wanted) {
    return most >= reachable
        ? Optional.empty()
        : Optional.of(
            new Warning(
                WarningCode.FEWER_FRAMES,
                Sentence.of(
                    "Its frames are so large that {0} were sampled in place of {1}.",
                    most, wanted)));
  }

  private List<Frame> byTime(FrameDecoder decoder, PacketReader packets, int wanted, double until)
      throws MediaException {
    return input.limits().exactFrames()
        ? exactFrames(decoder, packets, wanted, until)
        : keyFrames(decoder, packets, wanted, until);
  }

  /** Where there are more key frames than wanted, by shots. */
  private List<Frame> keyFrames(
      FrameDecoder decoder, PacketReader packets, int wanted, double until) throws MediaException {
    SortedMap<Long, Double> places = keyPlaces(packets, CANDIDATES * wanted, until);
    List<Long> chosen = new ArrayList<>(places.keySet());
    if (chosen.size() > wanted) {
      List<Thumbnail> thumbnails = new ArrayList<>();
      for (double place : places.values()) {
        if (decodeKey(decoder, packets, place)) {
          thumbnails.add(decoder.thumbnail(time(packets.packet())));
        }
      }
      chosen =
          thumbnails.isEmpty()
              ? List.of()
              : ShotPlan.choose(thumbnails, wanted).stream().map(Thumbnail::time).toList();
    }
    List<Frame> taken = new ArrayList<>();
    for (long time : chosen) {
      Double place = places.get(time);
      if (place != null && decodeKey(decoder, packets, place) && fits(decoder, taken)) {
        taken.add(frame(decoder, Math.max(0, FrameDecoder.seconds(stream, time)), true));
      }
    }
    decoder.flush();
    return taken;
  }

  /** Time stamps of key frames, and from where in seconds each is met; nothing is decoded. */
  private SortedMap<Long, Double> keyPlaces(PacketReader packets, int most, double until) {
    SortedMap<Long, Double> places = new TreeMap<>();
    for (int i = 0; i < most && !input.budget().timeUp(); i++) {
      double place = (i + 0.5) * until / most;
      if (!packets.seek(place)) {
        break;
      }
      if (packets.nextKey()) {
        places.putIfAbsent(time(packets.packet()), place);
      }
    }
    return places;
  }

  /** Decodes the key frame that is met from a place; false if there is none, or time is up. */
  private boolean decodeKey(FrameDecoder decoder, PacketReader packets, double place) {
    if (input.budget().timeUp() || !packets.seek(place)) {
      return false;
    }
    decoder.flush();
    if (!packets.nextKey()) {
      return false;
    }
    decoder.send(packets.packet());
    decoder.send(null);
    return decoder.receive();
  }

  private static long time(AVPacket packet) {
    return packet.pts() == AV_NOPTS_VALUE ? packet.dts() : packet.pts();
  }

  /** Frames at even distances in time, whatever they cost to decode. */
  private List<Frame> exactFrames(
      FrameDecoder decoder, PacketReader packets, int wanted, double until) throws MediaException {
    List<Frame> taken = new ArrayList<>();
    for (int i = 0; i < wanted && !input.budget().timeUp(); i++) {
      double place = (i + 0.5) * until / wanted;
      if (!packets.seek(place)) {
        break;
      }
      decoder.flush();
      if (decodeUntil(decoder, packets, place) && fits(decoder, taken)) {
        taken.add(frame(decoder, decoder.seconds(), false));
      }
    }
    decoder.flush();
    return taken;
  }

  /** Decodes on to a time; false if the video ends before it. */
  private boolean decodeUntil(FrameDecoder decoder, PacketReader packets, double seconds) {
    for (int count = 0; count < MAX_DECODED && !input.budget().timeUp(); ) {
      boolean more = packets.next();
      decoder.send(more ? packets.packet() : null);
      while (decoder.receive()) {
        count++;
        if (decoder.seconds() >= seconds) {
          return true;
        }
      }
      if (!more) {
        return false;
      }
    }
    return false;
  }

  /**
   * Where time stamps may start again within the file, places are spread over its bytes, so that
   * every part is looked at.
   */
  private List<Frame> keyFramesByPlace(FrameDecoder decoder, PacketReader packets, int wanted)
      throws MediaException {
    long size = avio_size(input.context().pb());
    SortedMap<Long, Frame> taken = new TreeMap<>();
    double last = 0;
    double reach = input.limits().duration().toMillis() / 1000.0;
    for (int i = 0; i < wanted && !input.budget().timeUp(); i++) {
      if (!packets.seekByte(Math.round(i * (double) size / wanted))) {
        break;
      }
      decoder.flush();
      if (!packets.nextKey()) {
        continue;
      }
      AVPacket packet = packets.packet();
      long place = packet.pos() >= 0 ? packet.pos() : packet.pts();
      if (taken.containsKey(place)) {
        continue;
      }
      long time = time(packet);
      double seconds = time == AV_NOPTS_VALUE ? last : FrameDecoder.seconds(stream, time);
      if (seconds > reach) {
        continue;
      }
      decoder.send(packet);
      decoder.send(null);
      if (decoder.receive() && fits(decoder, taken.values())) {
        joined |= !taken.isEmpty() && seconds < last - JUMP_SECONDS;
        last = seconds;
        taken.put(place, frame(decoder, Math.max(0, seconds), true));
      }
    }
    decoder.flush();
    return new ArrayList<>(taken.values());
  }

  private List<Frame> inOrder(FrameDecoder decoder, PacketReader packets, int wanted, double until)
      throws MediaException {
    packets.rewind();
    decoder.flush();
    List<Frame> kept = new ArrayList<>();
    int stride = 1;
    int count = 0;
    double last = 0;
    double shift = 0;
    boolean more = true;
    while (more && count < MAX_DECODED && last < until && !input.budget().timeUp()) {
      more = packets.next();
      decoder.send(more ? packets.packet() : null);
      while (decoder.receive()) {
        // Recordings that were joined start to count again; the time shown runs on.
        shift += Math.max(0, last - (decoder.seconds() + shift));
        last = decoder.seconds() + shift;
        if (count++ % stride == 0 && fits(decoder, kept)) {
          kept.add(frame(decoder, last, false));
        }
        if (kept.size() >= 2 * wanted) {
          thin(kept);
          stride *= 2;
        }
      }
    }
    if (more && count >= MAX_DECODED && input.duration().isPresent()) {
      warnings.add(
          new Warning(
              WarningCode.PARTLY_EXAMINED,
              Sentence.of(
                  "The video has few key frames; only its first {0} of {1} seconds were looked at.",
                  Math.round(last), Math.round(input.duration().getAsDouble()))));
    }
    if (!more) {
      counted = OptionalInt.of(count);
    }
    return spread(kept, wanted);
  }

  /** Whether the received frame fits beside those that are held: frames may outgrow the header. */
  private boolean fits(FrameDecoder decoder, Collection<Frame> held) {
    long bytes = decoder.bytes();
    for (Frame frame : held) {
      bytes += 3L * frame.picture().width() * frame.picture().height();
    }
    boolean fits = held.isEmpty() || bytes <= input.limits().decodedBytes();
    crowded |= !fits;
    return fits;
  }

  /** Closes and removes every other frame. */
  private static void thin(List<Frame> frames) {
    for (int i = frames.size() - 1; i > 0; i--) {
      if (i % 2 == 1) {
        close(List.of(frames.remove(i)));
      }
    }
  }

  /** At most the wanted number, spread evenly; the others are closed. */
  private static List<Frame> spread(List<Frame> frames, int wanted) {
    if (frames.size() <= wanted) {
      return frames;
    }
    List<Frame> chosen = new ArrayList<>();
    for (int i = 0; i < frames.size(); i++) {
      boolean first = (long) i * wanted / frames.size() != (long) (i - 1) * wanted / frames.size();
      if (i == 0 || first) {
        chosen.add(frames.get(i));
      } else {
        close(List.of(frames.get(i)));
      }
    }
    return chosen;
  }

  private Frame frame(FrameDecoder decoder, double seconds, boolean key) throws MediaException {
    MatPicture picture = new MatPicture(Orientation.upright(decoder.picture(), orientation));
    decoded.add(picture);
    return new Frame(seconds, key, picture);
  }

  private static void close(Collection<Frame> frames) {
    for (Frame frame : frames) {
      ((MatPicture) frame.picture()).close();
    }
  }
}
