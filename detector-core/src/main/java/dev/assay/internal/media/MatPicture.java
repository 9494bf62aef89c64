package dev.assay.internal.media;

import dev.assay.internal.colour.SrgbConversion;
import java.util.Objects;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Rect;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

/** A picture in OpenCV's memory, blue first. Owns the memory. */
final class MatPicture implements ChangedCopy.Owned {

  private final Mat bgr;
  private final int width;
  private final int height;
  private boolean closed;

  /** Takes the ownership of 8-bit pixels of three channels. */
  MatPicture(Mat bgr) {
    if (bgr.empty() || bgr.type() != CvType.CV_8UC3) {
      throw new IllegalArgumentException("no 8-bit picture of three channels: " + bgr);
    }
    this.bgr = bgr;
    this.width = bgr.cols();
    this.height = bgr.rows();
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public int height() {
    return height;
  }

  @Override
  public byte[] rgb(int x, int y, int columns, int rows) {
    return rgb(x, y, columns, rows, columns, rows);
  }

  @Override
  public byte[] rgb(int x, int y, int columns, int rows, int toWidth, int toHeight) {
    if (closed) {
      throw new IllegalStateException("the media is closed");
    }
    Objects.checkFromIndexSize(x, columns, width);
    Objects.checkFromIndexSize(y, rows, height);
    byte[] pixels = new byte[Math.multiplyExact(Math.multiplyExact(toWidth, toHeight), 3)];
    Mat part = bgr.submat(new Rect(x, y, columns, rows));
    Mat rgb = new Mat();
    try {
      if (toWidth == columns && toHeight == rows) {
        Imgproc.cvtColor(part, rgb, Imgproc.COLOR_BGR2RGB);
      } else {
        boolean smaller = toWidth < columns || toHeight < rows;
        Size size = new Size(toWidth, toHeight);
        Imgproc.resize(part, rgb, size, 0, 0, smaller ? Imgproc.INTER_AREA : Imgproc.INTER_LINEAR);
        Imgproc.cvtColor(rgb, rgb, Imgproc.COLOR_BGR2RGB);
      }
      rgb.get(0, 0, pixels);
    } finally {
      rgb.release();
      part.release();
    }
    return pixels;
  }

  /** Brings it into the colours of an ordinary screen. */
  void convert(SrgbConversion conversion) {
    ScreenColours.apply(bgr, conversion);
  }

  @Override
  public void close() {
    closed = true;
    bgr.release();
  }
}
