package dev.assay.internal.metadata;

import dev.assay.Sentence;
import dev.assay.internal.container.ByteReader;
import dev.assay.internal.container.RiffChunks;
import dev.assay.spi.Block;
import dev.assay.spi.DamagedException;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;

/**
 * RIFF: the top-level chunks of WebP, WAV and AVI, and the fields of a LIST of type INFO; IFF: the
 * text chunks of AIFF (AIFF 1.3) and its ID3 tag.
 */
final class RiffReader {

  private static final Set<String> IFF_TEXT = Set.of("NAME", "AUTH", "ANNO", "(c) ");

  private RiffReader() {}

  static void read(ByteReader bytes, Findings findings) throws IOException, DamagedException {
    RiffChunks chunks = RiffChunks.of(bytes);
    for (Block next = chunks.next(); next != null; next = chunks.next()) {
      Block chunk = next;
      findings.attempt(() -> chunk(bytes, chunk, findings));
    }
  }

  private static void chunk(ByteReader bytes, Block chunk, Findings findings)
      throws IOException, DamagedException {
    String name = chunk.type().strip();
    switch (chunk.type()) {
      case "EXIF" ->
          ExifReader.readBlock(bytes.piece(Sentence.of("The RIFF chunk EXIF"), chunk), findings);
      case "XMP ", "_PMX" ->
          XmpReader.read(bytes.piece(Sentence.of("The RIFF chunk {0}", name), chunk), findings);
      case "AIGC" -> field(bytes, chunk, findings);
      case "LIST" -> {
        if (chunk.length() >= 4 && bytes.has(chunk.offset(), "INFO")) {
          information(bytes, chunk, findings);
        }
      }
      default -> {
        if (chunk.type().toLowerCase(Locale.ROOT).equals("id3 ")) {
          Id3Reader.read(bytes, chunk.offset(), Math.min(bytes.size(), chunk.end()), findings);
        } else if (IFF_TEXT.contains(chunk.type())) {
          field(bytes, chunk, findings);
        }
      }
    }
  }

  private static void information(ByteReader bytes, Block list, Findings findings)
      throws IOException, DamagedException {
    RiffChunks fields = RiffChunks.within(bytes, list.offset() + 4, list.end());
    for (Block field = fields.next(); field != null; field = fields.next()) {
      field(bytes, field, findings);
    }
  }

  private static void field(ByteReader bytes, Block field, Findings findings)
      throws IOException, DamagedException {
    String name = field.type().strip();
    findings.add(
        Carrier.RIFF_CHUNK,
        name,
        Text.lenient(bytes.piece(Sentence.of("The RIFF chunk {0}", name), field)));
  }
}
