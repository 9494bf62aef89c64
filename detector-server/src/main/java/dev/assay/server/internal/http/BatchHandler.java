package dev.assay.server.internal.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.assay.DetectorSettings;
import dev.assay.Report;
import dev.assay.internal.report.ReportJson;
import dev.assay.server.internal.intake.TooLargeException;
import dev.assay.server.internal.intake.Upload;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /v1/batch}: files as lines of JSON, {@code {"name": NAME, "content": BASE64}}, each
 * answered by a line, in their order, while further ones arrive. Only as many files are held as are
 * examined at a time, and one more. A line that is no such object ends the answer with a problem,
 * since nobody knows where the next one begins.
 */
final class BatchHandler {

  static final String LINES = "application/x-ndjson";

  private static final JsonMapper JSON = new JsonMapper();
  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /** A file that is examined. */
  private record Pending(Upload upload, Future<Report> report) {}

  private final Parts parts;
  private final Examinations examinations;
  private final RequestSettings settings;

  BatchHandler(Parts parts, Examinations examinations) {
    this.parts = parts;
    this.examinations = examinations;
    this.settings = new RequestSettings(parts.settings().detector());
  }

  void handle(Context context) throws IOException, InterruptedException {
    if (!parts.arriving().tryAcquire()) {
      throw examinations.busy();
    }
    Deque<Pending> pending = new ArrayDeque<>();
    try {
      DetectorSettings wanted = settings.of(context);
      context.contentType(LINES);
      lines(context, wanted, pending);
    } finally {
      parts.arriving().release();
      for (Pending each : pending) {
        each.report().cancel(false);
        each.upload().close();
      }
    }
  }

  private void lines(Context context, DetectorSettings wanted, Deque<Pending> pending)
      throws IOException, InterruptedException {
    OutputStream out = context.outputStream();
    try (JsonParser lines = FACTORY.createParser(context.req().getInputStream())) {
      lines.disable(JsonParser.Feature.AUTO_CLOSE_SOURCE);
      for (JsonToken token = lines.nextToken(); token != null; token = lines.nextToken()) {
        Upload upload = upload(lines, RequestLog.of(context));
        pending.add(new Pending(upload, examinations.later(upload, wanted)));
        if (pending.size() > parts.settings().workers()) {
          answer(out, pending);
        }
      }
      while (!pending.isEmpty()) {
        answer(out, pending);
      }
    } catch (ProblemException e) {
      end(out, pending, e.problem());
    } catch (JsonProcessingException e) {
      end(out, pending, broken().problem());
    }
  }

  private static void end(OutputStream out, Deque<Pending> pending, Problem problem)
      throws IOException, InterruptedException {
    while (!pending.isEmpty()) {
      answer(out, pending);
    }
    write(out, JSON.createObjectNode().set("problem", problem.json("")));
  }

  /**
   * Reads a line into a file.
   *
   * @throws ProblemException if it is no object with content, or holds more than it may
   */
  private Upload upload(JsonParser line, RequestLog log) {
    long most = log.limits().bytes(parts.settings().detector().limits().bytes());
    String name = "";
    Upload upload = null;
    boolean whole = false;
    try {
      if (!line.isExpectedStartObjectToken()) {
        throw broken();
      }
      while (line.nextToken() != JsonToken.END_OBJECT) {
        String field = line.currentName();
        line.nextToken();
        if ("name".equals(field)) {
          name = String.valueOf(line.getValueAsString(""));
        } else if ("content".equals(field) && upload == null) {
          upload = parts.uploads().take(line::readBinaryValue, most);
        } else {
          throw broken();
        }
      }
      whole = upload != null;
      if (upload == null) {
        throw broken();
      }
      return upload.named(name);
    } catch (TooLargeException e) {
      throw Problem.of(
              413, "too-many-bytes", "A file holds more than the " + most + " bytes that it may.")
          .thrown();
    } catch (JsonProcessingException | IllegalArgumentException e) {
      // The latter is what Jackson says of a character that is none of Base64.
      throw broken();
    } catch (IOException e) {
      throw Problem.of(400, "broken-body", "The body broke off before its end.").thrown();
    } finally {
      if (!whole) {
        close(upload);
      }
    }
  }

  private static void close(@Nullable Upload upload) {
    if (upload != null) {
      try {
        upload.close();
      } catch (IOException e) {
        System.getLogger(BatchHandler.class.getName())
            .log(System.Logger.Level.WARNING, "a temporary file stays behind", e);
      }
    }
  }

  private static ProblemException broken() {
    return Problem.of(
            400,
            "broken-line",
            "Lines are objects of JSON with name and content, the file in Base64; what follows was"
                + " not read.")
        .thrown();
  }

  private static void answer(OutputStream out, Deque<Pending> pending)
      throws IOException, InterruptedException {
    Pending first = pending.remove();
    try (Upload upload = first.upload()) {
      ObjectNode line = JSON.createObjectNode().put("name", upload.name());
      line.putRawValue(
          "report", new RawValue(ReportJson.line(Examinations.result(first.report()))));
      write(out, line);
    }
  }

  private static void write(OutputStream out, Object line) throws IOException {
    out.write((JSON.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
