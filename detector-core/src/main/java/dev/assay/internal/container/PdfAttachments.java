package dev.assay.internal.container;

import dev.assay.spi.DamagedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds embedded files of a PDF by their relationship to the document (ISO 32000-2, 7.11.4 and
 * 14.13), without reading the document: by the words of the objects that hold them. Objects within
 * compressed streams are not seen.
 */
public final class PdfAttachments {

  /** Where a file of this kind begins. */
  public static final String SIGNATURE = "%PDF-";

  /** Bytes of a document that are searched. */
  static final long MAX_BYTES = 512L << 20;

  /** Most objects that are looked at. */
  static final int MAX_OBJECTS = 16;

  private static final int CHUNK = 1 << 16;
  private static final int OBJECT = 1 << 12;
  private static final Pattern FILE =
      Pattern.compile("/EF\\s*<<[^>]*?/F\\s+(\\d{1,9})\\s+(\\d{1,5})\\s+R");
  private static final Pattern STREAM = Pattern.compile("stream\\r?\\n");

  private PdfAttachments() {}

  /** Whether a document names this relationship. */
  public static boolean has(ByteReader bytes, String relationship)
      throws IOException, DamagedException {
    return bytes.has(0, SIGNATURE) && find(bytes, relationship, 0).isPresent();
  }

  /**
   * Where the content of each embedded file of a relationship begins, in the order of the document.
   *
   * @throws DamagedException if one of them is packed, or cannot be found
   */
  public static List<Long> starts(ByteReader bytes, String relationship)
      throws IOException, DamagedException {
    List<Long> starts = new ArrayList<>();
    OptionalLong at = find(bytes, relationship, 0);
    for (int i = 0; at.isPresent() && i < MAX_OBJECTS; i++) {
      Optional<String> object = specification(bytes, at.getAsLong());
      if (object.isPresent()) {
        long start = content(bytes, object.get());
        if (!starts.contains(start)) {
          starts.add(start);
        }
      }
      at = find(bytes, relationship, at.getAsLong() + 1);
    }
    return starts;
  }

  /** The head of the stream's object, out of the object that holds these words. */
  private static Optional<String> specification(ByteReader bytes, long at)
      throws IOException, DamagedException {
    long from = Math.max(0, at - OBJECT);
    String around = text(bytes, from, Math.min(bytes.size(), at + OBJECT));
    int middle = (int) (at - from);
    int begin = Math.max(0, around.lastIndexOf("obj", middle));
    int end = around.indexOf("endobj", middle);
    Matcher file = FILE.matcher(around.substring(begin, end < 0 ? around.length() : end));
    return file.find()
        ? Optional.of(file.group(1) + " " + file.group(2) + " obj")
        : Optional.empty();
  }

  /** Of several objects of one number the last one counts: each update may write it anew. */
  private static long content(ByteReader bytes, String head) throws IOException, DamagedException {
    long last = -1;
    OptionalLong at = find(bytes, head, 0);
    for (int i = 0; at.isPresent() && i < MAX_OBJECTS; i++) {
      boolean whole = at.getAsLong() == 0 || !Character.isDigit(bytes.u8(at.getAsLong() - 1));
      last = whole ? at.getAsLong() : last;
      at = find(bytes, head, at.getAsLong() + 1);
    }
    if (last < 0) {
      throw new DamagedException("An embedded file of the document is missing.");
    }
    String object = text(bytes, last, Math.min(bytes.size(), last + OBJECT));
    Matcher stream = STREAM.matcher(object);
    if (!stream.find()) {
      throw new DamagedException("An embedded file of the document is missing.");
    }
    if (object.substring(0, stream.start()).contains("/Filter")) {
      throw new DamagedException("An embedded file of the document is packed; it was not read.");
    }
    return last + stream.end();
  }

  private static String text(ByteReader bytes, long from, long to)
      throws IOException, DamagedException {
    return new String(bytes.read(from, (int) (to - from)), StandardCharsets.ISO_8859_1);
  }

  private static OptionalLong find(ByteReader bytes, String words, long from)
      throws IOException, DamagedException {
    long end = Math.min(bytes.size(), MAX_BYTES);
    for (long at = from; at + words.length() <= end; at += CHUNK) {
      bytes.budget().step();
      String chunk = text(bytes, at, Math.min(end, at + CHUNK + words.length() - 1));
      int found = chunk.indexOf(words);
      if (found >= 0) {
        return OptionalLong.of(at + found);
      }
    }
    return OptionalLong.empty();
  }
}
