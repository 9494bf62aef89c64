package dev.assay.internal.media;

import dev.assay.spi.Picture;
import java.util.List;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.core.MatOfInt;
import org.opencv.core.Rect;
import org.opencv.core.Size;
import org.opencv.imgcodecs.Imgcodecs;
import org.opencv.imgproc.Imgproc;

/** The changes that pictures go through on their way from reader to reader. */
public enum ChangedCopy {
  /** Encoded as JPEG with the quality 75 and halved colour planes. */
  JPEG_75("jpeg-75"),
  /** Half as wide and half as high. */
  HALF_SIZE("half-size"),
  /** Without 4 % at each edge. */
  CROPPED("cropped");

  /** Copies are made of no more than this, on the longer side, in pixels. */
  private static final int LONGEST = 2048;

  private static final int QUALITY = 75;
  private static final double EDGE = 0.04;

  private final String code;

  ChangedCopy(String code) {
    this.code = code;
  }

  /** The change as reports spell it. */
  public String code() {
    return code;
  }

  /** A picture that must be closed. */
  public interface Owned extends Picture, AutoCloseable {
    @Override
    void close();
  }

  /** All of them. */
  public static List<ChangedCopy> all() {
    return List.of(values());
  }

  /** A changed copy of a picture; the picture stays as it is. */
  public Owned of(Picture picture) {
    Mat pixels = taken(picture);
    try {
      return new MatPicture(
          switch (this) {
            case JPEG_75 -> jpeg(pixels);
            case HALF_SIZE -> half(pixels);
            case CROPPED -> cropped(pixels);
          });
    } finally {
      pixels.release();
    }
  }

  private static Mat taken(Picture picture) {
    int longer = Math.max(picture.width(), picture.height());
    int width = picture.width();
    int height = picture.height();
    if (longer > LONGEST) {
      width = (int) Math.max(1, (long) width * LONGEST / longer);
      height = (int) Math.max(1, (long) height * LONGEST / longer);
    }
    Mat pixels = new Mat(height, width, CvType.CV_8UC3);
    pixels.put(0, 0, picture.rgb(0, 0, picture.width(), picture.height(), width, height));
    Imgproc.cvtColor(pixels, pixels, Imgproc.COLOR_RGB2BGR);
    return pixels;
  }

  private static Mat jpeg(Mat pixels) {
    MatOfByte coded = new MatOfByte();
    MatOfInt options = new MatOfInt(Imgcodecs.IMWRITE_JPEG_QUALITY, QUALITY);
    try {
      Imgcodecs.imencode(".jpg", pixels, coded, options);
      return Imgcodecs.imdecode(coded, Imgcodecs.IMREAD_COLOR);
    } finally {
      options.release();
      coded.release();
    }
  }

  private static Mat half(Mat pixels) {
    Mat smaller = new Mat();
    Size size = new Size(Math.max(1, pixels.cols() / 2), Math.max(1, pixels.rows() / 2));
    Imgproc.resize(pixels, smaller, size, 0, 0, Imgproc.INTER_AREA);
    return smaller;
  }

  private static Mat cropped(Mat pixels) {
    int x = (int) (pixels.cols() * EDGE);
    int y = (int) (pixels.rows() * EDGE);
    Mat part = pixels.submat(new Rect(x, y, pixels.cols() - 2 * x, pixels.rows() - 2 * y));
    try {
      return part.clone();
    } finally {
      part.release();
    }
  }
}
