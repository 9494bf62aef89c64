package dev.assay.internal.media;

import dev.assay.MediaException;
import dev.assay.internal.natives.OpenCv;
import dev.assay.internal.still.ImageHeader;
import dev.assay.spi.CodedPicture;
import java.util.Optional;
import org.opencv.core.CvType;
import org.opencv.core.Mat;

/**
 * A picture whose samples come out as they went in: PNG, BMP and lossless WebP. Owns its memory.
 */
final class LosslessPicture implements CodedPicture {

  private final Mat bgr;

  private LosslessPicture(Mat bgr) {
    this.bgr = bgr;
  }

  /** The samples of a picture; empty where they are deeper than 8 bits, or grey. */
  static Optional<CodedPicture> decode(ImageHeader header, byte[] content) throws MediaException {
    OpenCv.load();
    Mat raw = StillDecoder.raw(content, header);
    if (raw.depth() != CvType.CV_8U || (raw.channels() != 3 && raw.channels() != 4)) {
      raw.release();
      return Optional.empty();
    }
    return Optional.of(new LosslessPicture(raw));
  }

  @Override
  public int width() {
    return bgr.cols();
  }

  @Override
  public int height() {
    return bgr.rows();
  }

  @Override
  public int channels() {
    return bgr.channels();
  }

  @Override
  public void row(int y, byte[] into) {
    bgr.get(y, 0, into);
    redFirst(into);
  }

  @Override
  public void pixel(int x, int y, byte[] into) {
    bgr.get(y, x, into);
    redFirst(into);
  }

  private void redFirst(byte[] samples) {
    for (int i = 0; i < samples.length; i += bgr.channels()) {
      byte blue = samples[i];
      samples[i] = samples[i + 2];
      samples[i + 2] = blue;
    }
  }

  @Override
  public void close() {
    bgr.release();
  }
}
