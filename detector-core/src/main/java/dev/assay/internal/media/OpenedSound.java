package dev.assay.internal.media;

import dev.assay.FailureCode;
import dev.assay.MediaException;
import dev.assay.Report.SoundTrack;
import dev.assay.Report.Warning;
import dev.assay.Sentence;
import dev.assay.WarningCode;
import dev.assay.spi.Sound;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.bytedeco.ffmpeg.avformat.AVStream;

/** The sound of a file, read by an input of its own, so that frames may be sampled meanwhile. */
final class OpenedSound implements Sound {

  /** Half a second: calls into native code are few, and blocks small. */
  private static final int BLOCKS_A_SECOND = 2;

  private final FfmpegInput input;
  private final SoundTrack track;
  private final PacketReader packets;
  private final SoundDecoder decoder;
  private final double reach;
  private final Consumer<Warning> warnings;
  private final List<float[][]> pieces = new ArrayList<>();
  private float[][] channels = {};
  private float[] resampled = {};
  private long position;
  private long decoded;
  private boolean ended;
  private boolean rested;

  /**
   * Begins at the start of a stream.
   *
   * @param input of its own, which it closes
   * @param warnings takes what limits it, at the end of the sound
   * @throws MediaException if the stream cannot be decoded; the input is closed then
   */
  OpenedSound(FfmpegInput input, AVStream stream, Consumer<Warning> warnings)
      throws MediaException {
    this.input = input;
    this.warnings = warnings;
    this.reach = input.limits().duration().toMillis() / 1000.0;
    try {
      this.track = FfmpegInput.track(stream);
      this.decoder = new SoundDecoder(stream);
      input.only(stream);
      this.packets = new PacketReader(input, stream, input.duration(stream));
    } catch (MediaException | RuntimeException | Error e) {
      input.close();
      throw e;
    }
  }

  @Override
  public SoundTrack track() {
    return track;
  }

  @Override
  public OptionalDouble duration() {
    return input.duration();
  }

  @Override
  public boolean next() throws MediaException {
    position += length();
    int wanted = Math.max(1, decoder.rate() / BLOCKS_A_SECOND);
    int there = 0;
    pieces.clear();
    while (there < wanted && !ended) {
      there += read();
    }
    channels = joined(there);
    decoded += there;
    if (there > 0) {
      resampled = decoder.resampled(mixed());
      return true;
    }
    if (decoded == 0) {
      throw new MediaException(FailureCode.CORRUPT, "Nothing of its sound can be decoded.");
    }
    if (!rested) {
      rested = true;
      limits();
      resampled = decoder.resampled(new float[0]);
      return resampled.length > 0;
    }
    return false;
  }

  /** Says what was not heard. */
  private void limits() {
    double duration = input.duration().orElse(0);
    if (seconds() >= reach && duration > seconds() + 1) {
      warnings.accept(
          new Warning(
              WarningCode.PARTLY_EXAMINED,
              Sentence.of(
                  "Only the first {0} of {1} seconds of sound were listened to.",
                  Math.round(reach), Math.round(duration))));
    } else if (packets.truncated()) {
      warnings.accept(
          new Warning(
              WarningCode.TRUNCATED,
              "The sound is damaged or cut off; what could be read of it was judged."));
    }
  }

  /** Decodes a packet; how many samples came of it. */
  private int read() throws MediaException {
    input.budget().checkTime();
    boolean more = seconds() < reach && packets.next();
    input.budget().checkTime();
    decoder.send(more ? packets.packet() : null);
    ended = !more;
    int count = 0;
    while (decoder.receive()) {
      float[][] piece = decoder.converted();
      count += piece[0].length;
      pieces.add(piece);
    }
    return count;
  }

  private float[][] joined(int length) {
    float[][] result = new float[decoder.channels()][length];
    int at = 0;
    for (float[][] piece : pieces) {
      for (int i = 0; i < result.length; i++) {
        System.arraycopy(piece[i], 0, result[i], at, piece[i].length);
      }
      at += piece[0].length;
    }
    return result;
  }

  private float[] mixed() {
    if (channels.length == 1) {
      return channels[0];
    }
    float[] mix = new float[length()];
    for (float[] channel : channels) {
      for (int i = 0; i < mix.length; i++) {
        mix[i] += channel[i] / channels.length;
      }
    }
    return mix;
  }

  private int length() {
    return channels.length == 0 ? 0 : channels[0].length;
  }

  @Override
  public double seconds() {
    return (double) position / decoder.rate();
  }

  @Override
  public float[][] channels() {
    return channels;
  }

  @Override
  public float[] resampled() {
    return resampled;
  }

  @Override
  public void close() {
    packets.close();
    decoder.close();
    input.close();
  }
}
