package dev.assay.internal.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.assay.FailureCode;
import dev.assay.Report;
import dev.assay.Verdict;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is needed of a line of a file of reports to go on with a scan, read without building the
 * rest.
 *
 * @param path of {@code file}
 * @param sha256 of {@code file}
 * @param size of {@code file}; -1 if unknown
 * @param modified of {@code file}
 * @param sameContentAs of {@code file}
 * @param sidecarSha256 of {@code file}
 * @param tool release and models, as one text to compare
 * @param label of the verdict
 * @param failure of the error
 * @param chain hash of the line before, in a chained file
 */
public record ReportHead(
    String path,
    Optional<String> sha256,
    long size,
    Optional<Instant> modified,
    Optional<String> sameContentAs,
    Optional<String> sidecarSha256,
    String tool,
    Optional<Verdict.Label> label,
    Optional<FailureCode> failure,
    Optional<String> chain) {

  private static final JsonFactory FACTORY = new JsonFactory();

  /**
   * Reads a line.
   *
   * @param line UTF-8, with or without its end
   * @throws IOException if it is no report
   */
  public static ReportHead read(byte[] line) throws IOException {
    try (JsonParser json = FACTORY.createParser(line)) {
      return new Reader(json).read();
    } catch (JsonProcessingException e) {
      throw new IOException("it is no JSON: " + e.getOriginalMessage(), e);
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new IOException("it is no report: " + e.getMessage(), e);
    }
  }

  private static final class Reader {

    private final JsonParser json;
    private final StringBuilder tool = new StringBuilder();
    private @Nullable String path;
    private @Nullable String sha256;
    private long size = -1;
    private @Nullable Instant modified;
    private @Nullable String sameContentAs;
    private @Nullable String sidecarSha256;
    private @Nullable String label;
    private @Nullable String error;
    private @Nullable String chain;

    Reader(JsonParser json) {
      this.json = json;
    }

    ReportHead read() throws IOException {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("it is no JSON object");
      }
      for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
        json.nextToken();
        switch (name) {
          case "tool" -> tool();
          case "file" -> file();
          case "verdict" -> label = member("label");
          case "error" -> error = member("code");
          case "chain" -> chain = json.getText();
          default -> json.skipChildren();
        }
      }
      if (json.nextToken() != null) {
        throw new IOException("more follows the report");
      }
      String file = path;
      if (file == null || (label == null) == (error == null)) {
        throw new IOException("it is no report: its file, verdict or error is missing");
      }
      return new ReportHead(
          file,
          Optional.ofNullable(sha256),
          size,
          Optional.ofNullable(modified),
          Optional.ofNullable(sameContentAs),
          Optional.ofNullable(sidecarSha256),
          tool.toString(),
          Optional.ofNullable(label).map(ReportReader::label),
          Optional.ofNullable(error).map(ReportReader::failure),
          Optional.ofNullable(chain));
    }

    /** Release and models in one text. */
    private void tool() throws IOException {
      int depth = 0;
      do {
        JsonToken token = json.currentToken();
        if (token == null) {
          throw new IOException("it is cut");
        }
        if (token.isStructStart()) {
          depth++;
        } else if (token.isStructEnd()) {
          depth--;
        } else if (token == JsonToken.VALUE_STRING) {
          tool.append(json.getText()).append(' ');
        }
        if (depth > 0) {
          json.nextToken();
        }
      } while (depth > 0);
    }

    private void file() throws IOException {
      for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
        json.nextToken();
        switch (name) {
          case "path" -> path = json.getText();
          case "sha256" -> sha256 = json.getText();
          case "size" -> size = json.getLongValue();
          case "modified" -> modified = Instant.parse(json.getText());
          case "sameContentAs" -> sameContentAs = json.getText();
          case "sidecarSha256" -> sidecarSha256 = json.getText();
          default -> json.skipChildren();
        }
      }
    }

    private @Nullable String member(String wanted) throws IOException {
      String value = null;
      for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
        json.nextToken();
        if (name.equals(wanted)) {
          value = json.getText();
        } else {
          json.skipChildren();
        }
      }
      return value;
    }
  }

  /** The text that {@link #tool} has in the reports of a tool. */
  public static String tool(Report.Tool tool) {
    StringBuilder text = new StringBuilder();
    text.append(tool.name()).append(' ').append(tool.version()).append(' ');
    tool.models()
        .forEach(
            model ->
                text.append(model.id())
                    .append(' ')
                    .append(model.version())
                    .append(' ')
                    .append(model.sha256())
                    .append(' '));
    return text.toString();
  }
}
