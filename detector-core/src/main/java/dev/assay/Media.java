package dev.assay;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * One file under examination, opened once and decoded at most once, shared by all examiners.
 *
 * <p>Decoding is lazy: an examiner that reads only bytes costs no pixels. Owned and closed by the
 * {@link Detector}; an examiner keeps nothing of it after it returns. Not thread-safe.
 */
public interface Media {

  /** The file's name as given by the caller, for messages; never a reason to trust anything. */
  String name();

  /** What the content was recognised as. */
  MediaKind kind();

  /** The media type recognised from the content, such as {@code image/jpeg}. */
  String mediaType();

  /** Size of the file in bytes. */
  long size();

  /**
   * Opens the original bytes from the start; the caller closes the stream.
   *
   * @throws IOException if the file cannot be read any more
   */
  InputStream open() throws IOException;

  /**
   * The decoded frames in order of time, at least one: a still picture is one frame at 0 seconds,
   * an animation or a video is sampled.
   *
   * @throws MediaException if this is audio, or no frame can be decoded
   */
  List<Frame> frames() throws MediaException;
}
