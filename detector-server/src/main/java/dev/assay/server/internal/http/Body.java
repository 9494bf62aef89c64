package dev.assay.server.internal.http;

import dev.assay.server.internal.intake.TooLargeException;
import dev.assay.server.internal.intake.TooSlowException;
import dev.assay.server.internal.intake.Upload;
import dev.assay.server.internal.intake.Uploads;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.fileupload2.core.FileItemInput;
import org.apache.commons.fileupload2.core.FileItemInputIterator;
import org.apache.commons.fileupload2.core.FileUploadException;
import org.apache.commons.fileupload2.jakarta.servlet6.JakartaServletFileUpload;
import org.jspecify.annotations.Nullable;

/**
 * What a request sends: the file, and settings beside it.
 *
 * @param upload the file, owned by whoever reads the body
 * @param settings an object of JSON; blank for none
 */
record Body(Upload upload, String settings) {

  /** Name of the part of a form that holds the file. */
  static final String FILE = "file";

  /** Name of the part that holds settings. */
  static final String SETTINGS = "settings";

  /** Where a body that is the file itself names it. */
  static final String NAME = "name";

  private static final int MAX_SETTINGS_BYTES = 1 << 16;
  private static final int MAX_PARTS = 8;
  private static final int MAX_PART_HEADER_BYTES = 4096;

  /** Types that hold something else than a file of media. */
  private static final String[] NO_FILE = {"application/x-www-form-urlencoded", "application/json"};

  /**
   * Reads it: a form with a part {@value #FILE}, or the file itself.
   *
   * @param most bytes of the file
   * @throws ProblemException if it holds no file, more than it may, or breaks off
   */
  static Body read(Context context, Uploads uploads, long most) {
    String type = String.valueOf(context.contentType()).toLowerCase(Locale.ROOT);
    for (String other : NO_FILE) {
      if (type.startsWith(other)) {
        throw Problem.of(
                415,
                "wrong-body",
                "Send the file as the body, or a multipart form with a part named file.")
            .thrown();
      }
    }
    if (context.req().getContentLengthLong() > most && !type.startsWith("multipart/")) {
      throw tooLarge(most);
    }
    try {
      return type.startsWith("multipart/form-data")
          ? ofForm(context, uploads, most)
          : new Body(uploads.take(context.req().getInputStream(), named(context), most), "");
    } catch (TooLargeException e) {
      throw tooLarge(most);
    } catch (TooSlowException e) {
      throw Problem.of(408, "too-slow", "The body arrived too slowly, and was given up.").thrown();
    } catch (FileUploadException e) {
      throw Problem.of(400, "broken-form", "The multipart form cannot be read.").thrown();
    } catch (IOException e) {
      throw Problem.of(400, "broken-body", "The body broke off before its end.").thrown();
    }
  }

  private static String named(Context context) {
    String name = context.queryParam(NAME);
    return name == null ? "" : name;
  }

  private static Body ofForm(Context context, Uploads uploads, long most) throws IOException {
    JakartaServletFileUpload<?, ?> form = new JakartaServletFileUpload<>();
    form.setMaxPartHeaderSize(MAX_PART_HEADER_BYTES);
    FileItemInputIterator parts = form.getItemIterator(context.req());
    Upload upload = null;
    String settings = "";
    boolean whole = false;
    try {
      for (int count = 0; parts.hasNext(); count++) {
        if (count == MAX_PARTS) {
          throw Problem.of(400, "broken-form", "The form has too many parts.").thrown();
        }
        FileItemInput part = parts.next();
        try (InputStream content = part.getInputStream()) {
          if (FILE.equals(part.getFieldName()) && upload == null) {
            upload = uploads.take(content, fileName(part), most);
          } else if (SETTINGS.equals(part.getFieldName())) {
            settings = text(content);
          } else {
            throw unknown(part.getFieldName());
          }
        }
      }
      whole = upload != null;
      return new Body(
          Optional.ofNullable(upload)
              .orElseThrow(
                  () -> Problem.of(400, "no-file", "The form has no part named file.").thrown()),
          settings);
    } finally {
      if (!whole && upload != null) {
        upload.close();
      }
    }
  }

  private static String fileName(FileItemInput part) {
    String name = part.getName();
    return name == null ? "" : name;
  }

  private static ProblemException unknown(@Nullable String name) {
    return Problem.of(
            400,
            "broken-form",
            FILE.equals(name)
                ? "The form has more than one part named file; ask once for each file."
                : "Parts of the form are named file and settings, and nothing else.")
        .thrown();
  }

  private static String text(InputStream content) throws IOException {
    byte[] bytes = content.readNBytes(MAX_SETTINGS_BYTES + 1);
    if (bytes.length > MAX_SETTINGS_BYTES) {
      throw Problem.of(400, "invalid-settings", "Settings are not that long.").thrown();
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static ProblemException tooLarge(long most) {
    return Problem.of(
            413, "too-many-bytes", "The file holds more than the " + most + " bytes that it may.")
        .thrown();
  }
}
