package dev.assay.media;

import dev.assay.FailureCode;
import dev.assay.MediaException;
import dev.assay.container.Block;
import dev.assay.container.ByteReader;
import dev.assay.container.DamagedException;
import dev.assay.container.JpegSegments;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;

/**
 * A JPEG (ITU-T T.81) as libjpeg gets it: with the end mark that a cut-off file lacks, and without
 * the stray bytes between segments about which libjpeg would print a line to standard error.
 */
final class JpegPicture {

  /** Encoders write about ten; a file of a million would cost a million passes. */
  private static final int MAX_SCANS = 200;

  private static final Map<String, String> UNSUPPORTED =
      Map.of(
          "SOF3", "lossless",
          "SOF5", "hierarchical",
          "SOF6", "hierarchical",
          "SOF7", "hierarchical lossless",
          "SOF11", "lossless, with arithmetic coding",
          "SOF13", "hierarchical, with arithmetic coding",
          "SOF14", "hierarchical, with arithmetic coding",
          "SOF15", "hierarchical lossless, with arithmetic coding",
          "SOF55", "JPEG-LS");

  private JpegPicture() {}

  /** The frame header before the first scan, the scans up to the end, and pictures that follow. */
  static ImageHeader header(ByteReader bytes) throws MediaException, IOException, DamagedException {
    JpegSegments segments = new JpegSegments(bytes, 0);
    long width = -1;
    long height = -1;
    int scans = 0;
    int pictures = 1;
    boolean complete = false;
    for (Block segment = segments.next(); segment != null; segment = segments.next()) {
      if (segment.type().startsWith("SOF") && scans == 0) {
        requireSupported(segment, bytes);
        height = bytes.u16(segment.offset() + 1);
        width = bytes.u16(segment.offset() + 3);
      } else if (segment.is("APP2") && bytes.has(segment.offset(), "MPF\0")) {
        pictures = Math.max(pictures, multiPicture(bytes, segment));
      }
      scans += segment.is("SOS") ? 1 : 0;
      complete = segment.is("EOI");
    }
    if (width < 0 || scans == 0) {
      throw new MediaException(FailureCode.CORRUPT, "It is a JPEG without a picture.");
    }
    if (scans > MAX_SCANS) {
      throw new MediaException(
          FailureCode.CORRUPT,
          "It has " + scans + " scans; a picture is coded in a few, and each costs a pass.");
    }
    return new ImageHeader(width, height, pictures, complete, false, "");
  }

  private static void requireSupported(Block frame, ByteReader bytes)
      throws MediaException, IOException, DamagedException {
    String coding = UNSUPPORTED.get(frame.type());
    if (coding != null) {
      throw new MediaException(
          FailureCode.UNSUPPORTED_FORMAT, "It is a JPEG of a rare kind: " + coding + ".");
    }
    int bits = bytes.u8(frame.offset());
    if (bits != 8) {
      throw new MediaException(
          FailureCode.UNSUPPORTED_FORMAT, "It is a JPEG of " + bits + " bits per sample.");
    }
  }

  /** CIPA DC-007: the number of pictures in the index of a multi-picture file. */
  private static int multiPicture(ByteReader bytes, Block segment) throws IOException {
    try {
      var tiff = dev.assay.container.TiffDirectory.Structure.at(bytes, segment.offset() + 4);
      return (int) Math.min(1000, Math.max(1, tiff.first().number(tiff, 0xB001, 1)));
    } catch (DamagedException e) {
      return 1;
    }
  }

  /** What follows the picture: where its end mark is, or -1 if there is none. */
  static long end(ByteReader bytes) throws IOException, DamagedException {
    JpegSegments segments = new JpegSegments(bytes, 0);
    for (Block segment = segments.next(); segment != null; segment = segments.next()) {
      if (segment.is("EOI")) {
        return segment.offset();
      }
    }
    return -1;
  }

  /**
   * The file as libjpeg gets it.
   *
   * @param content the whole file
   * @param complete whether its end mark is there
   */
  static byte[] decodable(byte[] content, boolean complete, ByteReader bytes)
      throws IOException, DamagedException {
    byte[] clean = withoutStrayBytes(content, bytes);
    if (complete) {
      return clean;
    }
    byte[] ended = Arrays.copyOf(clean, clean.length + 2);
    ended[clean.length] = (byte) 0xFF;
    ended[clean.length + 1] = (byte) 0xD9;
    return ended;
  }

  /** Copies only where there is something to leave out, before the first scan. */
  private static byte[] withoutStrayBytes(byte[] content, ByteReader bytes)
      throws IOException, DamagedException {
    JpegSegments segments = new JpegSegments(bytes, 0);
    long expected = 2;
    boolean stray = false;
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    head.write(content, 0, 2);
    for (Block segment = segments.next(); segment != null; segment = segments.next()) {
      long start = segment.offset() - 4;
      stray |= start != expected;
      if (segment.is("SOS")) {
        if (!stray) {
          return content;
        }
        head.write(content, (int) start, content.length - (int) start);
        return head.toByteArray();
      }
      if (segment.is("EOI")) {
        return content;
      }
      head.write(content, (int) start, (int) (segment.end() - start));
      expected = segment.end();
    }
    return content;
  }
}
