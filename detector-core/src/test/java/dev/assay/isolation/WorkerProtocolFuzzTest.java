package dev.assay.isolation;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.assay.ContentFeatures;
import dev.assay.DetectorSettings;
import dev.assay.FailureCode;
import dev.assay.MediaException;
import dev.assay.MediaKind;
import dev.assay.Sentence;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a process reads from its worker, which a hostile file may have taken over. See {@code
 * HostileBytesFuzzTest} for how to search.
 */
@Tag("long")
class WorkerProtocolFuzzTest {

  private interface Message {
    void write(DataOutputStream out) throws IOException;
  }

  static Stream<byte[]> messages() {
    Sentence inner = Sentence.of("A {0}.", "b");
    MediaException failure =
        new MediaException(FailureCode.CORRUPT, Sentence.of("It is {0}, {1}.", inner, 7));
    return Stream.of(
        bytes(out -> WorkerMessages.writeFailure(out, failure)),
        bytes(out -> WorkerMessages.writeSettings(out, DetectorSettings.defaults())),
        bytes(out -> WorkerMessages.writeContent(out, new byte[] {1, 2})),
        bytes(out -> WorkerMessages.writeText(out, "text")),
        new ContentFeatures(
                MediaKind.IMAGE, "ab", Map.of("whole", FloatBuffer.wrap(new float[] {1, 2})))
            .bytes());
  }

  @MethodSource("messages")
  @FuzzTest(maxDuration = "10m")
  void readsMessages(byte[] content) {
    try {
      WorkerMessages.readFailure(new DataInputStream(new ByteArrayInputStream(content)));
    } catch (IOException e) {
      // It is no failure.
    }
    try {
      WorkerMessages.readText(new DataInputStream(new ByteArrayInputStream(content)));
    } catch (IOException e) {
      // It is no text.
    }
    try {
      WorkerMessages.readContent(new DataInputStream(new ByteArrayInputStream(content)));
    } catch (IOException e) {
      // It is no picture.
    }
    try {
      assertNotNull(ContentFeatures.read(content).views());
    } catch (IOException e) {
      // These are no features.
    }
  }

  private static byte[] bytes(Message message) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      message.write(new DataOutputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
