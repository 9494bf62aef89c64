package dev.assay.internal.metadata;

import dev.assay.Sentence;
import dev.assay.internal.container.ByteReader;
import dev.assay.internal.container.PngChunks;
import dev.assay.spi.Block;
import dev.assay.spi.DamagedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * PNG: {@code tEXt}, {@code zTXt}, {@code iTXt}, {@code eXIf} and {@code caBX} chunks anywhere in
 * the file, also after the pixels (PNG specification, third edition, 11.3).
 */
final class PngReader {

  private static final int MAX_KEYWORD = 79;

  private PngReader() {}

  static void read(ByteReader bytes, Findings findings) throws IOException, DamagedException {
    PngChunks chunks = new PngChunks(bytes);
    for (Block next = chunks.next(); next != null; next = chunks.next()) {
      Block chunk = next;
      findings.attempt(() -> chunk(bytes, chunk, findings));
    }
  }

  private static void chunk(ByteReader bytes, Block chunk, Findings findings)
      throws IOException, DamagedException {
    switch (chunk.type()) {
      case "tEXt", "zTXt", "iTXt" ->
          text(
              chunk.type(),
              bytes.piece(Sentence.of("The PNG text chunk {0}", chunk.type()), chunk),
              findings);
      case "eXIf" ->
          ExifReader.readBlock(bytes.piece(Sentence.of("The PNG chunk eXIf"), chunk), findings);
      default -> {}
    }
  }

  private static void text(String type, byte[] data, Findings findings)
      throws DamagedException, IOException {
    int end = indexOfNul(data, 0);
    if (end < 1 || end > MAX_KEYWORD) {
      throw new DamagedException("A PNG text chunk has no keyword of 1 to 79 bytes.");
    }
    String keyword = new String(data, 0, end, StandardCharsets.ISO_8859_1);
    int start = end + 1;
    boolean inflate = false;
    if (type.equals("zTXt")) {
      inflate = true;
      start += 1;
    } else if (type.equals("iTXt")) {
      inflate = start < data.length && data[start] == 1;
      int language = indexOfNul(data, start + 2);
      int translated = indexOfNul(data, language + 1);
      if (language < 0 || translated < 0) {
        throw new DamagedException(
            Sentence.of("The PNG text chunk '{0}' ends within its head.", keyword));
      }
      start = translated + 1;
    }
    // The program faceswap counts its empty fields otherwise than the standard.
    while (keyword.equals("faceswap") && start < data.length && data[start] == 0) {
      start++;
    }
    byte[] text = Arrays.copyOfRange(data, Math.min(start, data.length), data.length);
    if (inflate) {
      text =
          findings
              .reader(text)
              .inflated(Sentence.of("The PNG text chunk '{0}'", keyword), 0, text.length);
    }
    if (keyword.equals("XML:com.adobe.xmp")) {
      XmpReader.read(text, findings);
    } else if (keyword.equals("Raw profile type exif") || keyword.equals("Raw profile type APP1")) {
      ExifReader.readBlock(rawProfile(keyword, text), findings);
    } else {
      // tEXt is Latin-1 by the standard and UTF-8 by the habit of several generators.
      findings.add(Carrier.PNG_TEXT, keyword, Text.lenient(text));
    }
  }

  /** ImageMagick's raw profile: a name, a length, then the bytes in hexadecimal. */
  private static byte[] rawProfile(String keyword, byte[] text) throws DamagedException {
    String[] parts = new String(text, StandardCharsets.ISO_8859_1).strip().split("\\s+", 3);
    if (parts.length < 3) {
      throw new DamagedException(
          Sentence.of("The PNG text chunk '{0}' holds no profile.", keyword));
    }
    try {
      return HexFormat.of().parseHex(parts[2].replaceAll("\\s", ""));
    } catch (IllegalArgumentException e) {
      throw new DamagedException(
          Sentence.of("The PNG text chunk '{0}' is not hexadecimal.", keyword));
    }
  }

  private static int indexOfNul(byte[] data, int from) {
    for (int i = Math.max(0, from); i < data.length; i++) {
      if (data[i] == 0) {
        return i;
      }
    }
    return -1;
  }
}
