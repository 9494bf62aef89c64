package dev.assay;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * One file under examination, opened once and decoded at most once, shared by all examiners.
 *
 * <p>Its bytes can be read at any place, as often as needed, from the one opened file. Decoding is
 * lazy: an examiner that reads only bytes costs no pixels. Owned and closed by the {@link
 * Detector}; an examiner keeps nothing of it after it returns. Not thread-safe.
 */
public interface Media extends ByteSource {

  /** The file's name as given by the caller, for messages; never a reason to trust anything. */
  String name();

  /** What the content was recognised as. */
  MediaKind kind();

  /** The media type recognised from the content, such as {@code image/jpeg}. */
  String mediaType();

  /**
   * The decoded frames in order of time, at least one: a still picture is one frame at 0 seconds,
   * an animation or a video is sampled.
   *
   * @throws MediaException if this is audio, or no frame can be decoded
   */
  List<Frame> frames() throws MediaException;

  /**
   * The samples of a still picture as coded without loss, where the file has such; decoded anew on
   * every call.
   *
   * @return what the caller closes; empty where the picture is coded with loss, deeper than 8 bits,
   *     animated, or too large
   * @throws MediaException if it cannot be decoded
   */
  default Optional<CodedPicture> coded() throws MediaException {
    return Optional.empty();
  }

  /**
   * The C2PA manifest store that lies beside the file: under its name with the ending {@code c2pa}
   * in place of its own, or after it.
   *
   * @return empty where there is none, or the media is no file on disk
   * @throws IOException if it is there and cannot be read
   */
  default Optional<byte[]> sidecar() throws IOException {
    return Optional.empty();
  }
}
