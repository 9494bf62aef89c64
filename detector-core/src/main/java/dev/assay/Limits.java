package dev.assay;

import java.io.Serializable;
import java.time.Duration;

/**
 * What one file may cost. Every figure that comes out of a file is held against these before memory
 * is taken for it.
 *
 * @param bytes largest file, in bytes
 * @param pixels largest picture or video frame, in pixels (width times height)
 * @param frames most frames sampled from a video
 * @param duration how far into a video frames are sampled; what lies beyond is reported as not
 *     looked at
 * @param decodedBytes most memory for the decoded frames of one video; fewer frames are sampled
 *     where they would not fit
 * @param time wall-clock time for one file
 * @param exactFrames whether the frames of a video lie at even distances in time, whatever they
 *     cost to decode; else they are those that can be decoded by themselves, by shots
 */
public record Limits(
    long bytes,
    long pixels,
    int frames,
    Duration duration,
    long decodedBytes,
    Duration time,
    boolean exactFrames)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  private static final long BYTES_PER_SECOND = 8L << 20;

  private static final Limits DEFAULTS =
      new Limits(
          8L << 30,
          200_000_000L,
          16,
          Duration.ofHours(4),
          512L << 20,
          Duration.ofMinutes(2),
          false);

  public Limits {
    requirePositive(bytes, "bytes");
    requirePositive(pixels, "pixels");
    requirePositive(frames, "frames");
    requirePositive(duration.toMillis(), "duration");
    requirePositive(decodedBytes, "decodedBytes");
    requirePositive(time.toMillis(), "time");
  }

  /**
   * 8 GiB, 200 megapixels, 16 frames, 4 hours, 512 MiB of decoded frames, 2 minutes; frames by
   * shots.
   */
  public static Limits defaults() {
    return DEFAULTS;
  }

  /** The same with another largest file. */
  public Limits withBytes(long value) {
    return new Limits(value, pixels, frames, duration, decodedBytes, time, exactFrames);
  }

  /** The same with another largest picture. */
  public Limits withPixels(long value) {
    return new Limits(bytes, value, frames, duration, decodedBytes, time, exactFrames);
  }

  /** The same with another number of sampled frames. */
  public Limits withFrames(int value) {
    return new Limits(bytes, pixels, value, duration, decodedBytes, time, exactFrames);
  }

  /** The same with another reach into a video. */
  public Limits withDuration(Duration value) {
    return new Limits(bytes, pixels, frames, value, decodedBytes, time, exactFrames);
  }

  /** The same with another bound on decoded frames. */
  public Limits withDecodedBytes(long value) {
    return new Limits(bytes, pixels, frames, duration, value, time, exactFrames);
  }

  /** The same with another time for one file. */
  public Limits withTime(Duration value) {
    return new Limits(bytes, pixels, frames, duration, decodedBytes, value, exactFrames);
  }

  /** The same with frames of a video at even distances, or not. */
  public Limits withExactFrames(boolean value) {
    return new Limits(bytes, pixels, frames, duration, decodedBytes, time, value);
  }

  /**
   * What a file may take beside its {@link #time} to be read from its start to its end: a second
   * for each 8 MiB, so that large videos on slow storage are examined at all.
   *
   * @param size of the file, in bytes
   */
  public Duration readingTime(long size) {
    return Duration.ofSeconds(Math.max(0, size) / BYTES_PER_SECOND);
  }

  private static void requirePositive(long value, String name) {
    if (value <= 0) {
      throw new IllegalArgumentException("the limit on " + name + " must be positive: " + value);
    }
  }
}
