package dev.assay.internal.still;

import dev.assay.FailureCode;
import dev.assay.MediaException;
import dev.assay.Sentence;
import dev.assay.internal.container.BlockWalker;
import dev.assay.internal.container.ByteReader;
import dev.assay.internal.container.PngChunks;
import dev.assay.spi.Block;
import dev.assay.spi.DamagedException;
import java.io.IOException;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/** PNG (ISO/IEC 15948). */
public final class PngStill implements StillFormat {

  private static final int PNG_UNIT = 100_000;

  /** IHDR comes first, and acTL, where there is an animation, before the pixels. */
  @Override
  public ImageHeader header(ByteReader bytes) throws MediaException, IOException, DamagedException {
    PngChunks chunks = new PngChunks(bytes);
    Block first = chunks.next();
    if (first != null && first.is("CgBI")) {
      throw new MediaException(
          FailureCode.UNSUPPORTED_FORMAT,
          "It is a PNG of Apple's variant CgBI, as Xcode writes them into applications.");
    }
    if (first == null || !first.is("IHDR")) {
      throw new MediaException(FailureCode.CORRUPT, "It is a PNG without a header.");
    }
    long at = first.offset();
    boolean alpha = (bytes.u8(at + 9) & 4) != 0;
    long pictures = 1;
    for (Block chunk = chunks.next(); chunk != null && !chunk.is("IDAT"); chunk = chunks.next()) {
      if (chunk.is("acTL")) {
        pictures = Math.max(1, bytes.u32(chunk.offset()));
      }
      alpha |= chunk.is("tRNS");
    }
    int count = (int) Math.min(pictures, Integer.MAX_VALUE);
    int rawBytes = !alpha ? 0 : bytes.u8(at + 8) == 16 ? 8 : 4;
    return new ImageHeader(bytes.u32(at), bytes.u32(at + 4), count, 0, alpha, false, rawBytes, "");
  }

  @Override
  public Decodable decodable(byte[] content, ImageHeader header, ByteReader bytes)
      throws MediaException, IOException {
    return PngRepair.of(content, bytes);
  }

  @Override
  public OptionalLong exif(ByteReader bytes) throws IOException, DamagedException {
    return ExifBlock.in(bytes, new PngChunks(bytes), "eXIf", "IEND");
  }

  @Override
  public boolean lossless(ByteReader bytes) {
    return true;
  }

  @Override
  public String animationDemuxer() {
    return "apng";
  }

  /** PNG, third edition, 4.3: of several declarations cICP, iCCP, sRGB and gAMA count, in turn. */
  @Override
  public DeclaredColour colour(ByteReader bytes) throws IOException, DamagedException {
    Map<String, Block> chunks = new TreeMap<>();
    BlockWalker walker = new PngChunks(bytes);
    for (Block chunk = walker.next(); chunk != null && !chunk.is("IDAT"); chunk = walker.next()) {
      chunks.putIfAbsent(chunk.type(), chunk);
    }
    Block coded = chunks.get("cICP");
    if (coded != null && coded.length() == 4) {
      return new DeclaredColour.Codes(bytes.u8(coded.offset()), bytes.u8(coded.offset() + 1));
    }
    Block profile = chunks.get("iCCP");
    if (profile != null) {
      return profile(bytes, profile);
    }
    Block gamma = chunks.get("gAMA");
    if (chunks.containsKey("sRGB") || gamma == null || gamma.length() != 4) {
      return DeclaredColour.NONE;
    }
    long value = bytes.u32(gamma.offset());
    Block primaries = chunks.get("cHRM");
    double[] chromaticities = null;
    if (primaries != null && primaries.length() == 32) {
      chromaticities = new double[8];
      for (int i = 0; i < 8; i++) {
        chromaticities[i] = bytes.u32(primaries.offset() + 4L * i) / (double) PNG_UNIT;
      }
    }
    // What lies far from any screen is a writer's error, and browsers differ on it.
    return value < PNG_UNIT / 10 || value > 10 * PNG_UNIT
        ? DeclaredColour.NONE
        : new DeclaredColour.Power(chromaticities, PNG_UNIT / (double) value);
  }

  /** A name of up to 79 bytes, a zero, the method, and the profile in zlib's format. */
  private static DeclaredColour profile(ByteReader bytes, Block chunk) throws IOException {
    try {
      long zero = bytes.indexOf(0, chunk.offset(), Math.min(chunk.end(), chunk.offset() + 80));
      if (zero < 0) {
        return new DeclaredColour.Damaged();
      }
      return new DeclaredColour.Profile(
          bytes.inflated(Sentence.of("A colour profile"), zero + 2, chunk.end() - zero - 2));
    } catch (DamagedException e) {
      return new DeclaredColour.Damaged();
    }
  }
}
