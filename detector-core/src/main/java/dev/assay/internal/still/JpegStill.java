package dev.assay.internal.still;

import dev.assay.FailureCode;
import dev.assay.MediaException;
import dev.assay.Sentence;
import dev.assay.internal.container.BlockWalker;
import dev.assay.internal.container.ByteReader;
import dev.assay.internal.container.JpegSegments;
import dev.assay.internal.container.MultiPicture;
import dev.assay.spi.Block;
import dev.assay.spi.DamagedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * JPEG (ITU-T T.81). Its decoder, libjpeg, gets the end mark that a cut-off file lacks, and none of
 * the stray bytes between segments, about which it would print a line to standard error.
 */
public final class JpegStill implements StillFormat {

  /** Encoders write about ten; a file of a million would cost a million passes. */
  private static final int MAX_SCANS = 200;

  private static final String PROFILE_MARK = "ICC_PROFILE\0";

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

  /** The frame header before the first scan, the scans up to the end, and pictures that follow. */
  @Override
  public ImageHeader header(ByteReader bytes) throws MediaException, IOException, DamagedException {
    JpegSegments segments = new JpegSegments(bytes, 0);
    long width = -1;
    long height = -1;
    int scans = 0;
    long end = -1;
    for (Block segment = segments.next(); segment != null; segment = segments.next()) {
      if (segment.type().startsWith("SOF") && scans == 0) {
        requireSupported(segment, bytes);
        height = bytes.u16(segment.offset() + 1);
        width = bytes.u16(segment.offset() + 3);
      }
      scans += segment.is("SOS") ? 1 : 0;
      end = segment.is("EOI") ? segment.offset() : -1;
    }
    if (width < 0 || scans == 0) {
      throw new MediaException(FailureCode.CORRUPT, "It is a JPEG without a picture.");
    }
    if (scans > MAX_SCANS) {
      throw new MediaException(
          FailureCode.CORRUPT,
          Sentence.of(
              "It has {0} scans; a picture is coded in a few, and each costs a pass.", scans));
    }
    int pictures = 1 + MultiPicture.of(bytes).count(MultiPicture.Role.PICTURE);
    return new ImageHeader(width, height, pictures, end, false, false, 0, "");
  }

  private static void requireSupported(Block frame, ByteReader bytes)
      throws MediaException, IOException, DamagedException {
    String coding = UNSUPPORTED.get(frame.type());
    if (coding != null) {
      throw new MediaException(
          FailureCode.UNSUPPORTED_FORMAT, Sentence.of("It is a JPEG of a rare kind: {0}.", coding));
    }
    int bits = bytes.u8(frame.offset());
    if (bits != 8) {
      throw new MediaException(
          FailureCode.UNSUPPORTED_FORMAT,
          Sentence.of("It is a JPEG of {0} bits per sample.", bits));
    }
  }

  @Override
  public Decodable decodable(byte[] content, ImageHeader header, ByteReader bytes)
      throws IOException, DamagedException {
    return new Decodable(decodable(content, header.complete(), bytes), "");
  }

  private static byte[] decodable(byte[] content, boolean complete, ByteReader bytes)
      throws IOException, DamagedException {
    byte[] clean = withoutStrayBytes(content, bytes);
    if (complete) {
      return clean;
    }
    int end = wholeSegments(clean, bytes);
    byte[] ended = Arrays.copyOf(clean, end + 2);
    ended[end] = (byte) 0xFF;
    ended[end + 1] = (byte) 0xD9;
    return ended;
  }

  /**
   * Where the last segment that is cut off begins, since libjpeg gives up on it and on all scans
   * before; the end of the file where it is cut within a scan.
   */
  private static int wholeSegments(byte[] content, ByteReader bytes)
      throws IOException, DamagedException {
    ByteReader own = new ByteReader(content, bytes.budget());
    JpegSegments segments = new JpegSegments(own, 0);
    int end = content.length;
    for (Block segment = segments.next(); segment != null; segment = segments.next()) {
      int start = start(segment);
      if (!segment.is("EOI") && start + 2 + own.u16(start + 2L) > content.length) {
        return start;
      }
    }
    for (int tail = 1; tail <= 3 && tail < content.length; tail++) {
      int at = content.length - tail;
      boolean marker = (content[at] & 0xFF) == 0xFF;
      if (marker && (tail == 1 || (content[at + 1] & 0xFF) >= 0xC0)) {
        end = at;
      }
    }
    return end;
  }

  /** Copies only where there is something to leave out, before the first scan. */
  private static byte[] withoutStrayBytes(byte[] content, ByteReader bytes)
      throws IOException, DamagedException {
    JpegSegments segments = new JpegSegments(bytes, 0);
    List<Block> head = new ArrayList<>();
    long expected = 2;
    boolean stray = false;
    Block segment = segments.next();
    while (segment != null && !segment.is("SOS") && !segment.is("EOI")) {
      stray |= start(segment) != expected;
      expected = segment.end();
      head.add(segment);
      segment = segments.next();
    }
    if (segment == null || !segment.is("SOS") || !(stray || start(segment) != expected)) {
      return content;
    }
    ByteArrayOutputStream clean = new ByteArrayOutputStream(content.length);
    clean.write(content, 0, 2);
    for (Block each : head) {
      clean.write(content, start(each), (int) each.end() - start(each));
    }
    clean.write(content, start(segment), content.length - start(segment));
    return clean.toByteArray();
  }

  /** Where a segment's marker stands: two bytes, and two of length, before its content. */
  private static int start(Block segment) {
    return (int) segment.offset() - 4;
  }

  @Override
  public OptionalLong exif(ByteReader bytes) throws IOException, DamagedException {
    return ExifBlock.in(bytes, new JpegSegments(bytes, 0), "APP1", "SOS");
  }

  /** ICC.1, annex B.4: numbered pieces, in any order. */
  @Override
  public DeclaredColour colour(ByteReader bytes) throws IOException, DamagedException {
    Map<Integer, byte[]> pieces = new TreeMap<>();
    BlockWalker segments = new JpegSegments(bytes, 0);
    int head = PROFILE_MARK.length() + 2;
    for (Block block = segments.next();
        block != null && !block.is("SOS");
        block = segments.next()) {
      if (block.is("APP2") && block.length() > head && bytes.has(block.offset(), PROFILE_MARK)) {
        int number = bytes.u8(block.offset() + PROFILE_MARK.length());
        pieces.putIfAbsent(
            number,
            bytes.piece(
                Sentence.of("A colour profile"), block.offset() + head, block.length() - head));
      }
    }
    ByteArrayOutputStream profile = new ByteArrayOutputStream();
    pieces.values().forEach(profile::writeBytes);
    return profile.size() == 0
        ? DeclaredColour.NONE
        : new DeclaredColour.Profile(profile.toByteArray());
  }
}
