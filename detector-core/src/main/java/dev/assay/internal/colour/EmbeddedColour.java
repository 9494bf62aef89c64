package dev.assay.internal.colour;

import dev.assay.Sentence;
import dev.assay.internal.container.BlockWalker;
import dev.assay.internal.container.ByteReader;
import dev.assay.internal.container.Format;
import dev.assay.internal.container.JpegSegments;
import dev.assay.internal.container.PngChunks;
import dev.assay.internal.container.RiffChunks;
import dev.assay.internal.container.TiffDirectory;
import dev.assay.spi.Block;
import dev.assay.spi.DamagedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The colour space that a still picture says its samples are in.
 *
 * @param conversion to sRGB; empty where nothing is said, or nothing that changes what is seen
 * @param remark a sentence on what is unusual; empty if nothing is
 */
public record EmbeddedColour(Optional<SrgbConversion> conversion, String remark) {

  private static final String JPEG_MARK = "ICC_PROFILE\0";
  private static final int TIFF_PROFILE = 34675;
  private static final int PNG_UNIT = 100_000;

  private static final EmbeddedColour NONE = new EmbeddedColour(Optional.empty(), "");
  private static final String DAMAGED =
      "Its colour profile is damaged; the colours were taken for those of an ordinary screen.";
  private static final String EXCHANGES =
      "Its colour profile exchanges colours, which those of cameras and screens do not: the picture"
          + " was judged as programs show it that heed the profile. Others show another picture.";

  /** Reads what a file says; damage costs the profile, not the picture. */
  public static EmbeddedColour of(Format format, ByteReader bytes) throws IOException {
    try {
      return switch (format) {
        case JPEG -> ofProfile(jpeg(bytes));
        case PNG -> png(bytes);
        case WEBP, ANIMATED_WEBP -> ofProfile(webp(bytes));
        case TIFF -> ofProfile(tiff(bytes));
        case HEIC, AVIF -> heif(bytes);
        default -> NONE;
      };
    } catch (DamagedException e) {
      return NONE;
    }
  }

  private static EmbeddedColour heif(ByteReader bytes) throws IOException, DamagedException {
    HeifColour found = HeifColour.of(bytes);
    return found.profile().isPresent()
        ? ofProfile(found.profile())
        : of(found.codes().flatMap(codes -> CodedColour.of(codes.primaries(), codes.transfer())));
  }

  private static EmbeddedColour ofProfile(Optional<byte[]> profile) {
    if (profile.isEmpty()) {
      return NONE;
    }
    Optional<SrgbConversion> conversion = SrgbConversion.of(profile.get());
    return conversion.isEmpty() ? new EmbeddedColour(Optional.empty(), DAMAGED) : of(conversion);
  }

  private static EmbeddedColour of(Optional<SrgbConversion> conversion) {
    if (conversion.isEmpty() || conversion.get().isIdentity()) {
      return NONE;
    }
    return new EmbeddedColour(conversion, conversion.get().exchangesChannels() ? EXCHANGES : "");
  }

  /** ICC.1, annex B.4: numbered pieces, in any order. */
  private static Optional<byte[]> jpeg(ByteReader bytes) throws IOException, DamagedException {
    Map<Integer, byte[]> pieces = new TreeMap<>();
    BlockWalker segments = new JpegSegments(bytes, 0);
    int head = JPEG_MARK.length() + 2;
    for (Block block = segments.next();
        block != null && !block.is("SOS");
        block = segments.next()) {
      if (block.is("APP2") && block.length() > head && bytes.has(block.offset(), JPEG_MARK)) {
        int number = bytes.u8(block.offset() + JPEG_MARK.length());
        pieces.putIfAbsent(
            number,
            bytes.piece(
                Sentence.of("A colour profile"), block.offset() + head, block.length() - head));
      }
    }
    ByteArrayOutputStream profile = new ByteArrayOutputStream();
    pieces.values().forEach(profile::writeBytes);
    return profile.size() == 0 ? Optional.empty() : Optional.of(profile.toByteArray());
  }

  private static Optional<byte[]> webp(ByteReader bytes) throws IOException, DamagedException {
    BlockWalker chunks = RiffChunks.of(bytes);
    for (Block chunk = chunks.next(); chunk != null; chunk = chunks.next()) {
      if (chunk.is("ICCP")) {
        return Optional.of(bytes.piece(Sentence.of("A colour profile"), chunk));
      }
    }
    return Optional.empty();
  }

  private static Optional<byte[]> tiff(ByteReader bytes) throws IOException, DamagedException {
    Optional<TiffDirectory.Entry> entry =
        TiffDirectory.Structure.at(bytes, 0).first().entry(TIFF_PROFILE);
    return entry.isEmpty()
        ? Optional.empty()
        : Optional.of(
            bytes.piece(
                Sentence.of("A colour profile"), entry.get().offset(), entry.get().length()));
  }

  /** PNG, third edition, 4.3: of several declarations cICP, iCCP, sRGB and gAMA count, in turn. */
  private static EmbeddedColour png(ByteReader bytes) throws IOException, DamagedException {
    Map<String, Block> chunks = new TreeMap<>();
    BlockWalker walker = new PngChunks(bytes);
    for (Block chunk = walker.next(); chunk != null && !chunk.is("IDAT"); chunk = walker.next()) {
      chunks.putIfAbsent(chunk.type(), chunk);
    }
    Block coded = chunks.get("cICP");
    if (coded != null && coded.length() == 4) {
      return of(CodedColour.of(bytes.u8(coded.offset()), bytes.u8(coded.offset() + 1)));
    }
    Block profile = chunks.get("iCCP");
    if (profile != null) {
      return pngProfile(bytes, profile);
    }
    Block gamma = chunks.get("gAMA");
    if (chunks.containsKey("sRGB") || gamma == null || gamma.length() != 4) {
      return NONE;
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
        ? NONE
        : of(CodedColour.of(chromaticities, PNG_UNIT / (double) value));
  }

  /** A name of up to 79 bytes, a zero, the method, and the profile in zlib's format. */
  private static EmbeddedColour pngProfile(ByteReader bytes, Block chunk) throws IOException {
    try {
      long zero = bytes.indexOf(0, chunk.offset(), Math.min(chunk.end(), chunk.offset() + 80));
      if (zero < 0) {
        return new EmbeddedColour(Optional.empty(), DAMAGED);
      }
      return ofProfile(
          Optional.of(
              bytes.inflated(Sentence.of("A colour profile"), zero + 2, chunk.end() - zero - 2)));
    } catch (DamagedException e) {
      return new EmbeddedColour(Optional.empty(), DAMAGED);
    }
  }
}
