package dev.assay.media;

import dev.assay.CodedPicture;
import dev.assay.MediaException;
import dev.assay.container.Block;
import dev.assay.container.ByteReader;
import dev.assay.container.DamagedException;
import dev.assay.container.Format;
import dev.assay.container.RiffChunks;
import dev.assay.natives.OpenCv;
import java.io.IOException;
import java.util.Optional;
import org.opencv.core.CvType;
import org.opencv.core.Mat;

/** Pictures whose samples come out as they went in: PNG, BMP and lossless WebP. */
final class LosslessPicture {

  private LosslessPicture() {}

  /** Whether a file is coded without loss. */
  static boolean holds(Format format, ByteReader bytes) throws IOException, DamagedException {
    return switch (format) {
      case PNG, BMP -> true;
      case WEBP -> losslessWebp(bytes);
      default -> false;
    };
  }

  private static boolean losslessWebp(ByteReader bytes) throws IOException, DamagedException {
    RiffChunks chunks = RiffChunks.of(bytes);
    for (Block chunk = chunks.next(); chunk != null; chunk = chunks.next()) {
      if (chunk.is("VP8L")) {
        return true;
      }
      if (chunk.is("VP8 ")) {
        return false;
      }
    }
    return false;
  }

  /** The samples of a picture; empty where they are deeper than 8 bits, or grey. */
  static Optional<CodedPicture> decode(
      Format format, ImageHeader header, byte[] content, ByteReader bytes)
      throws MediaException, IOException {
    OpenCv.load();
    Mat raw =
        StillDecoder.raw(
            format == Format.PNG ? PngPicture.decodable(content, bytes) : content, header);
    try {
      int channels = raw.channels();
      if (raw.depth() != CvType.CV_8U || (channels != 3 && channels != 4)) {
        return Optional.empty();
      }
      byte[] samples = new byte[Math.multiplyExact(raw.rows() * raw.cols(), channels)];
      raw.get(0, 0, samples);
      for (int i = 0; i < samples.length; i += channels) {
        byte blue = samples[i];
        samples[i] = samples[i + 2];
        samples[i + 2] = blue;
      }
      return Optional.of(new CodedPicture(raw.cols(), raw.rows(), channels, samples));
    } finally {
      raw.release();
    }
  }
}
