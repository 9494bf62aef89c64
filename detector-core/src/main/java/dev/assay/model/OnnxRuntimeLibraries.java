package dev.assay.model;

import dev.assay.media.NativeLibraryCache;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Properties;

/**
 * Unpacks ONNX Runtime's libraries once a user. Left to itself it unpacks them into the temporary
 * folder at every start, and leaves a folder behind each time.
 */
final class OnnxRuntimeLibraries {

  private static final String LOCATION = "onnxruntime.native.path";

  private OnnxRuntimeLibraries() {}

  /**
   * Tells ONNX Runtime where its libraries lie, unless the user has; to be called before it is
   * first used.
   */
  static synchronized void prepare() {
    if (System.getProperty(LOCATION) != null) {
      return;
    }
    try {
      String version = "onnxruntime-" + version();
      for (String file : files()) {
        Path library =
            NativeLibraryCache.unpack(
                OnnxRuntimeLibraries.class,
                "/ai/onnxruntime/native/" + platform() + "/" + file,
                version);
        System.setProperty(LOCATION, String.valueOf(library.getParent()));
      }
    } catch (IOException e) {
      // A cache that cannot be written: it unpacks them itself, somewhat slower.
      System.clearProperty(LOCATION);
    }
  }

  private static List<String> files() {
    return List.of(
        System.mapLibraryName("onnxruntime"), System.mapLibraryName("onnxruntime4j_jni"));
  }

  private static String platform() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String processor = System.getProperty("os.arch").equals("aarch64") ? "aarch64" : "x64";
    String name = system.startsWith("windows") ? "win" : system.startsWith("mac") ? "osx" : "linux";
    return name + "-" + processor;
  }

  private static String version() throws IOException {
    Properties properties = new Properties();
    try (InputStream stream =
        OnnxRuntimeLibraries.class.getResourceAsStream("onnxruntime.properties")) {
      if (stream == null) {
        throw new IOException("onnxruntime.properties is not on the class path");
      }
      properties.load(stream);
    }
    return properties.getProperty("version");
  }
}
