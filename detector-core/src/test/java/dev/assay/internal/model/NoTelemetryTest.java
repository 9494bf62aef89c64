package dev.assay.internal.model;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * What is examined stays on the machine, though libraries below us would report to their makers.
 */
class NoTelemetryTest {

  @Test
  void usesNoHttpToLoadAModel() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load",
                "-cp",
                System.getProperty("java.class.path"),
                LoadModels.class.getName())
            .redirectErrorStream(true)
            .start();
    String log = new String(process.getInputStream().readAllBytes(), UTF_8);
    process.waitFor();
    assertTrue(log.contains("models are loaded"), log);
    assertFalse(log.contains("sun.net.www.protocol.http.HttpURLConnection"), "HTTP client loaded");
    assertFalse(log.contains("java.net.http.HttpClient "), "HTTP client loaded");
  }

  /**
   * ONNX Runtime 1.29.0 for Linux reports natively, unless the environment forbids it, which a
   * library cannot.
   */
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
