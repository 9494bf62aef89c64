package dev.assay.container;

import dev.assay.FailureCode;
import dev.assay.MediaException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.mime.MimeTypes;

/**
 * Recognises a file by its content, never by its name.
 *
 * <p>The formats of the table are recognised by their signatures, after their specifications;
 * Apache Tika names what else it may be, for the message.
 */
public final class FormatRecogniser {

  private static final String APPLE_DOUBLE = "\0\u0005\u0016\u0007";

  private FormatRecogniser() {}

  /**
   * Recognises a file.
   *
   * @throws MediaException if it is no media, of a format that is not decoded here, or unknown
   * @throws IOException if it cannot be read
   */
  public static Format recognise(ByteReader bytes) throws MediaException, IOException {
    byte[] start = head(bytes);
    String head = new String(start, StandardCharsets.ISO_8859_1);
    for (Format format : Format.values()) {
      try {
        if (format.signature().matches(head, bytes)) {
          return format;
        }
      } catch (DamagedException e) {
        // What is too short or too broken for a signature does not have it.
      }
    }
    return other(start, head);
  }

  private static byte[] head(ByteReader bytes) throws IOException {
    try {
      return bytes.head(0, Signature.HEAD_BYTES);
    } catch (DamagedException e) {
      throw new IOException("the file became shorter while it was read", e);
    }
  }

  private static Format other(byte[] start, String head) throws MediaException {
    if (head.startsWith(APPLE_DOUBLE)) {
      throw new MediaException(
          FailureCode.NOT_MEDIA, "It is an AppleDouble side file, as macOS writes them.");
    }
    String type = tika(start);
    if (type.equals("image/svg+xml")) {
      return Format.SVG;
    }
    if (type.startsWith("image/") || type.startsWith("video/") || type.startsWith("audio/")) {
      throw new MediaException(
          FailureCode.UNSUPPORTED_FORMAT, "It is " + type + ", which cannot be decoded here.");
    }
    if (type.equals("application/octet-stream")) {
      throw new MediaException(FailureCode.NOT_RECOGNISED, "Its format was not recognised.");
    }
    throw new MediaException(FailureCode.NOT_MEDIA, "Its content is " + type + ".");
  }

  private static String tika(byte[] head) {
    try {
      return MimeTypes.getDefaultMimeTypes()
          .detect(new ByteArrayInputStream(head), new Metadata())
          .toString()
          .toLowerCase(Locale.ROOT);
    } catch (IOException e) {
      throw new UncheckedIOException("an array cannot fail to be read", e);
    }
  }
}
