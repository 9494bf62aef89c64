package dev.assay.spi;

import dev.assay.Detector;
import dev.assay.MediaException;
import dev.assay.MediaKind;
import dev.assay.Sentence;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
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
   * What may still be spent on this file. Whoever walks its blocks, or works long on its pixels,
   * charges it and so stops in time.
   */
  Budget budget();

  /**
   * The outermost blocks of the file's container in their order: chunks, segments, boxes, elements.
   *
   * @return up to where the file is damaged, 100,000 at most; none of a format without blocks
   * @throws IOException if the file cannot be read
   */
  List<Block> blocks() throws IOException;

  /**
   * The content of a block.
   *
   * @throws DamagedException if it is longer than {@link Budget#MAX_PIECE_BYTES}, lies beyond the
   *     end of the file, or the budget is spent
   * @throws IOException if the file cannot be read
   */
  default byte[] content(Block block) throws IOException, DamagedException {
    if (block.length() < 0 || block.length() > Budget.MAX_PIECE_BYTES) {
      throw new DamagedException(
          Sentence.of(
              "The block {0} is longer than {1} MiB.", block.type(), Budget.MAX_PIECE_BYTES >> 20));
    }
    budget().copy(block.length());
    budget().handOut(block.length());
    ByteBuffer content = ByteBuffer.allocate((int) block.length());
    while (content.hasRemaining()) {
      if (read(block.offset() + content.position(), content) < 0) {
        throw new DamagedException(
            Sentence.of("The block {0} ends beyond the end of the file.", block.type()));
      }
    }
    return content.array();
  }

  /**
   * What somebody found out about this file: by reading at the first call, as it was then at every
   * other. Several examiners ask for the same, and reading is charged to the one budget.
   *
   * @param finding a constant
   * @throws IOException if the file cannot be read
   */
  <T> T once(Finding<T> finding) throws IOException;

  /**
   * The decoded frames in order of time, at least one: a still picture is one frame at 0 seconds,
   * an animation or a video is sampled.
   *
   * @throws MediaException if this is audio, or no frame can be decoded
   */
  List<Frame> frames() throws MediaException;

  /**
   * The sound of a video, or of audio: the track that players play first. Decoded anew on every
   * call, from the start.
   *
   * @return what the caller closes; empty where there is none
   * @throws MediaException if it cannot be decoded, or is protected
   */
  default Optional<Sound> sound() throws MediaException {
    return Optional.empty();
  }

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

  /**
   * The files beside this one that may hold fragments of the film whose initialisation segment it
   * is, by their endings: {@code m4s}, {@code cmfv}, {@code cmfa}.
   *
   * @return none where the media is no file on disk
   * @throws IOException if the folder cannot be read
   */
  default List<Path> fragments() throws IOException {
    return List.of();
  }
}
