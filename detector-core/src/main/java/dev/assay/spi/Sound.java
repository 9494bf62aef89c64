package dev.assay.spi;

import dev.assay.MediaException;
import dev.assay.Report.SoundTrack;
import java.util.OptionalDouble;

/**
 * The sound of a media as it is decoded, block by block from its start to its end. Holds native
 * memory until it is closed by whoever asked for it. Not thread-safe.
 *
 * <pre>{@code
 * while (sound.next()) {
 *   listen(sound.seconds(), sound.resampled());
 * }
 * }</pre>
 */
public interface Sound extends AutoCloseable {

  /** Samples a second of {@link #resampled}, as models of speech read them. */
  int RATE = 16_000;

  /** What the container says of it. */
  SoundTrack track();

  /**
   * Decodes the next block: half a second, at the end what is left.
   *
   * @return false at the end
   * @throws MediaException if nothing of the sound can be decoded, or the time for the file ran out
   */
  boolean next() throws MediaException;

  /** How long the whole is, in seconds, as the container says. */
  OptionalDouble duration();

  /** When the block begins, in seconds from the start of the sound. */
  double seconds();

  /**
   * The block as it is coded, at {@link SoundTrack#rate} samples a second: one array for each
   * channel, all of one length; full scale is -1 to 1, and floating-point codecs may exceed it.
   */
  float[][] channels();

  /**
   * The block mixed to one channel at {@link #RATE} samples a second, by libswresample. It holds
   * back a few samples, which come with the next block.
   */
  float[] resampled();

  @Override
  void close();
}
