package dev.assay.metadata;

import java.io.IOException;
import java.util.Locale;

/** RIFF: the top-level chunks of WebP, WAV and AVI, and the fields of a LIST of type INFO. */
final class RiffReader {

  private RiffReader() {}

  static void read(MediaBytes bytes, Findings findings) throws IOException, DamagedException {
    long end = Math.min(bytes.size(), 8 + bytes.u32LittleEndian(4) + 1);
    long offset = 12;
    while (offset + 8 <= end) {
      findings.step();
      String type = bytes.fourCc(offset);
      long length = bytes.u32LittleEndian(offset + 4);
      long data = offset + 8;
      findings.attempt(() -> chunk(bytes, type, data, length, findings));
      offset = data + length + (length & 1);
    }
  }

  private static void chunk(
      MediaBytes bytes, String type, long data, long length, Findings findings)
      throws IOException, DamagedException {
    switch (type) {
      case "EXIF" ->
          ExifReader.readBlock(bytes.piece("The RIFF chunk EXIF", data, length), findings);
      case "XMP ", "_PMX" ->
          XmpReader.read(bytes.piece("The RIFF chunk " + type.strip(), data, length), findings);
      case "C2PA" ->
          findings.c2paPresence(
              C2paPresence.of(
                  "RIFF chunk C2PA",
                  length,
                  bytes.read(data, (int) Math.min(length, C2paPresence.SEARCHED_BYTES))));
      case "AIGC" ->
          findings.add(
              Carrier.RIFF_CHUNK,
              "AIGC",
              Text.lenient(bytes.piece("The RIFF chunk AIGC", data, length)));
      case "LIST" -> {
        if (length >= 4 && bytes.has(data, "INFO")) {
          info(bytes, data + 4, Math.min(bytes.size(), data + length), findings);
        }
      }
      default -> {
        if (type.toLowerCase(Locale.ROOT).equals("id3 ")) {
          Id3Reader.read(bytes, data, findings);
        }
      }
    }
  }

  private static void info(MediaBytes bytes, long start, long end, Findings findings)
      throws IOException, DamagedException {
    long offset = start;
    while (offset + 8 <= end) {
      findings.step();
      String type = bytes.fourCc(offset);
      long length = bytes.u32LittleEndian(offset + 4);
      findings.add(
          Carrier.RIFF_CHUNK,
          type.strip(),
          Text.lenient(bytes.piece("The RIFF field " + type.strip(), offset + 8, length)));
      offset += 8 + length + (length & 1);
    }
  }
}
