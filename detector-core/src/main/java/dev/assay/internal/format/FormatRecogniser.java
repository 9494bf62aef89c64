package dev.assay.internal.format;

import dev.assay.FailureCode;
import dev.assay.MediaException;
import dev.assay.Sentence;
import dev.assay.internal.container.ByteReader;
import dev.assay.spi.DamagedException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

  /** What may hold media: archives, documents, mailboxes, images of disks. */
  private static final Set<String> CONTAINERS =
      Set.of(
          "application/zip",
          "application/x-rar-compressed",
          "application/x-7z-compressed",
          "application/vnd.ms-cab-compressed",
          "application/x-iso9660-image",
          "application/x-apple-diskimage",
          "application/pdf",
          "application/x-tika-msoffice",
          "application/x-tika-ooxml",
          "application/vnd.ms-outlook-pst",
          "application/mbox",
          "message/rfc822");

  private static final Set<String> SAYS_LITTLE =
      Set.of("application/octet-stream", "text/plain", "text/html", "application/x-httpresponse");

  /** Longer than signatures are: other data must not be taken for a picture by chance. */
  private static final Map<String, Pattern> PICTURES =
      Map.of(
          "JPEG",
          Pattern.compile(
              "\u00ff\u00d8\u00ff(\u00e0..JFIF|\u00e1..Exif|\u00e1..http|\u00db.C|\u00ee..Adobe|\u00e2..ICC_)",
              Pattern.DOTALL),
          "PNG",
          Pattern.compile("\u0089PNG\r\n\u001a\n....IHDR", Pattern.DOTALL),
          "GIF",
          Pattern.compile("GIF8[79]a.{6}\0", Pattern.DOTALL),
          "WebP",
          Pattern.compile("RIFF....WEBPVP8", Pattern.DOTALL));

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
    if (bytes.budget().cutShort()) {
      bytes.budget().checkTime();
    }
    return other(start, head);
  }

  private static byte[] head(ByteReader bytes) throws MediaException, IOException {
    try {
      return bytes.head(0, Signature.HEAD_BYTES);
    } catch (DamagedException e) {
      bytes.budget().checkTime();
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
          FailureCode.UNSUPPORTED_FORMAT,
          Sentence.of("It is {0}, which cannot be decoded here.", type));
    }
    damaged(head, type);
    if (type.equals("application/octet-stream") && !head.startsWith("EVF\t")) {
      throw new MediaException(FailureCode.NOT_RECOGNISED, "Its format was not recognised.");
    }
    if (head.startsWith("EVF\t\r\n\u00ff\0") || CONTAINERS.contains(type.split(";", 2)[0])) {
      Sentence kind =
          type.equals("application/octet-stream")
              ? Sentence.of("an EnCase image of a disk")
              : Sentence.verbatim(type);
      throw new MediaException(
          FailureCode.CONTAINER_NOT_OPENED,
          Sentence.of("Its content is {0}, which may hold media and is not opened here.", kind));
    }
    throw new MediaException(FailureCode.NOT_MEDIA, Sentence.of("Its content is {0}.", type));
  }

  /**
   * Says so where a picture begins behind other content, or its signature was damaged on the way:
   * "text" or "not recognised" would hide that somebody's picture is in there.
   */
  private static void damaged(String head, String type) throws MediaException {
    if (!SAYS_LITTLE.contains(type)) {
      return;
    }
    if (head.startsWith("PNG", 1) && head.indexOf("IHDR") > 0 && head.indexOf("IHDR") < 20) {
      throw new MediaException(
          FailureCode.CORRUPT,
          "It is a PNG with a damaged signature, as transfers as text leave it.");
    }
    for (Map.Entry<String, Pattern> picture : PICTURES.entrySet()) {
      Matcher matcher = picture.getValue().matcher(head);
      if (matcher.find() && matcher.start() > 0) {
        throw new MediaException(
                FailureCode.CORRUPT,
                Sentence.of(
                    "A {0} begins at byte {1}, behind other content.",
                    picture.getKey(), matcher.start()))
            .withRemedy("Cut off what stands before it.");
      }
    }
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
