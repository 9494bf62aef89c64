package dev.assay.model;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

/**
 * What is examined stays on the machine. ONNX Runtime 1.29.0 for Linux reports to its maker unless
 * told not to in the environment, which a library cannot do for its host; the pinned version has
 * nothing to report with.
 */
class NoTelemetryTest {

  @Test
  void theOnnxRuntimeThatShipsHoldsNoTelemetryEndpoint() throws IOException {
    String library = "/ai/onnxruntime/native/linux-x64/libonnxruntime.so";
    try (InputStream stream = NoTelemetryTest.class.getResourceAsStream(library)) {
      assertNotNull(stream, library);
      String content = new String(stream.readAllBytes(), ISO_8859_1);
      assertFalse(content.contains("events.data.microsoft.com"), "telemetry endpoint");
    }
  }
}
