package dev.assay.internal.still;

import dev.assay.FailureCode;
import dev.assay.MediaException;
import dev.assay.internal.container.ByteReader;
import dev.assay.spi.DamagedException;
import java.io.IOException;
import java.util.OptionalLong;

/**
 * What is to be known of one still format to decode it as people see it. Its row in the table of
 * formats names it; whatever it does not override, the format does not have.
 */
public interface StillFormat {

  /** Of a format of which nothing is read before it is decoded. */
  StillFormat UNREAD = new StillFormat() {};

  /**
   * What the picture claims before anything is decoded.
   *
   * @throws MediaException if it is of a kind that cannot be decoded
   */
  default ImageHeader header(ByteReader bytes)
      throws MediaException, IOException, DamagedException {
    throw new MediaException(
        FailureCode.UNSUPPORTED_FORMAT, "The headers of this format are not read here.");
  }

  /**
   * What its decoder gets of it.
   *
   * @param content the whole file
   * @param header of the same file
   * @throws MediaException if nothing of it can be decoded
   */
  default Decodable decodable(byte[] content, ImageHeader header, ByteReader bytes)
      throws MediaException, IOException, DamagedException {
    return new Decodable(content, "");
  }

  /** Where the TIFF structure of its EXIF metadata begins. */
  default OptionalLong exif(ByteReader bytes) throws IOException, DamagedException {
    return OptionalLong.empty();
  }

  /** Whether the samples come out as they went in. */
  default boolean lossless(ByteReader bytes) throws IOException, DamagedException {
    return false;
  }

  /** In which colours it says that its samples are meant. */
  default DeclaredColour colour(ByteReader bytes) throws IOException, DamagedException {
    return DeclaredColour.NONE;
  }

  /** How many pictures the file shows, as far as its header does not say; at least 1. */
  default int pictures(ByteReader bytes) throws IOException {
    return 1;
  }

  /** FFmpeg's demuxer for those that are animated; empty where OpenCV decodes them, or none is. */
  default String animationDemuxer() {
    return "";
  }

  /**
   * A picture as its decoder gets it.
   *
   * @param bytes the caller's
   * @param fault a sentence on what is damaged; empty where nothing is
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Decodable(byte[] bytes, String fault) {}
}
