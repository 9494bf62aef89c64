package dev.assay.isolation;

import dev.assay.DetectorSettings;
import dev.assay.FailureCode;
import dev.assay.MediaException;
import dev.assay.Sentence;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What a process and its workers write to each other: the settings once, then for each file what is
 * asked of it, its path and name one way, and a report as JSON, a picture, a report and its page or
 * fingerprint, or why there is none, the other way.
 */
final class WorkerMessages {

  /** Before each answer, so that what a native library prints is not taken for one. */
  static final int MARK = 0x41535341;

  // What is asked.
  static final int EXAMINE = 1;
  static final int THUMBNAIL = 2;
  static final int PAGE = 3;
  static final int COPY = 4;
  static final int FEATURES = 5;
  static final int FINGERPRINT = 6;

  // What is answered.
  static final int REPORT = 1;
  static final int BROKEN_INSTALLATION = 2;

  /** The process has all that it needs. */
  static final int READY = 3;

  /** Bytes: a picture, or features. */
  static final int CONTENT = 4;

  private static final int MAX_TEXT_BYTES = 256 << 20;
  private static final int MAX_CONTENT_BYTES = 16 << 20;
  private static final int MAX_SENTENCES = 64;

  private WorkerMessages() {}

  static void writeSettings(DataOutputStream out, DetectorSettings settings) throws IOException {
    writeText(out, settings.json());
    out.flush();
  }

  static DetectorSettings readSettings(DataInputStream in) throws IOException {
    try {
      return DetectorSettings.read(readText(in));
    } catch (IllegalArgumentException e) {
      throw new IOException("broken settings", e);
    }
  }

  static void writeFailure(DataOutputStream out, MediaException failure) throws IOException {
    writeText(out, failure.code().name());
    writeText(out, failure.remedy());
    writeSentence(out, failure.sentence());
  }

  static MediaException readFailure(DataInputStream in) throws IOException {
    FailureCode code;
    try {
      code = FailureCode.valueOf(readText(in));
    } catch (IllegalArgumentException e) {
      throw new IOException("an unknown failure", e);
    }
    String remedy = readText(in);
    return new MediaException(code, readSentence(in, 0)).withRemedy(remedy);
  }

  private static void writeSentence(DataOutputStream out, Sentence sentence) throws IOException {
    writeText(out, sentence.pattern());
    out.writeInt(sentence.values().size());
    for (Object value : sentence.values()) {
      out.writeBoolean(value instanceof Sentence);
      if (value instanceof Sentence inner) {
        writeSentence(out, inner);
      } else {
        writeText(out, String.valueOf(value));
      }
    }
  }

  private static Sentence readSentence(DataInputStream in, int depth) throws IOException {
    String pattern = readText(in);
    int count = in.readInt();
    if (depth > MAX_SENTENCES || count < 0 || count > MAX_SENTENCES) {
      throw new IOException("a sentence of " + count + " values");
    }
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      values.add(in.readBoolean() ? readSentence(in, depth + 1) : readText(in));
    }
    return new Sentence(pattern, values);
  }

  static void writeText(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  static String readText(DataInputStream in) throws IOException {
    return new String(readBytes(in, MAX_TEXT_BYTES), StandardCharsets.UTF_8);
  }

  static void writeContent(DataOutputStream out, byte[] content) throws IOException {
    out.writeInt(content.length);
    out.write(content);
  }

  /** A picture, or features; none has no bytes. */
  static byte[] readContent(DataInputStream in) throws IOException {
    return readBytes(in, MAX_CONTENT_BYTES);
  }

  private static byte[] readBytes(DataInputStream in, int most) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > most) {
      throw new IOException("a message of " + length + " bytes");
    }
    return in.readNBytes(length);
  }
}
