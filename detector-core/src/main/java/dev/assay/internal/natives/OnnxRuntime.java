package dev.assay.internal.natives;

import dev.assay.internal.resource.UnpackedResource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

/**
 * What must be settled before Deep Java Library and ONNX Runtime are first used.
 *
 * <p>Deep Java Library reports its use to its makers on some cloud machines unless told not to;
 * what is examined here concerns nobody else. ONNX Runtime unpacks its libraries into the temporary
 * folder at every start and leaves a folder there; here they are unpacked once per user.
 */
public final class OnnxRuntime {

  private static final String LOCATION = "onnxruntime.native.path";
  private static final String NO_REPORTS = "OPT_OUT_TRACKING";

  private OnnxRuntime() {}

  /** Settles it, where the user has not; to be called before the first model is loaded. */
  public static synchronized void prepare() {
    if (System.getProperty(NO_REPORTS) == null) {
      System.setProperty(NO_REPORTS, "true");
    }
    if (System.getProperty(LOCATION) == null) {
      NativeFolder.installed()
          .ifPresentOrElse(
              folder -> System.setProperty(LOCATION, folder.toString()),
              OnnxRuntime::unpackLibraries);
    }
  }

  private static void unpackLibraries() {
    try {
      String version = "natives/onnxruntime-" + version();
      for (String file : files()) {
        Path library =
            UnpackedResource.unpack(
                OnnxRuntime.class, "/ai/onnxruntime/native/" + platform() + "/" + file, version);
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
    String processor = Platform.arm() ? "aarch64" : "x64";
    return switch (Platform.os()) {
      case WINDOWS -> "win-" + processor;
      case MAC -> "osx-" + processor;
      case LINUX -> "linux-" + processor;
    };
  }

  private static String version() throws IOException {
    Properties properties = new Properties();
    try (InputStream stream = OnnxRuntime.class.getResourceAsStream("onnxruntime.properties")) {
      if (stream == null) {
        throw new IOException("onnxruntime.properties is not on the class path");
      }
      properties.load(stream);
    }
    return properties.getProperty("version");
  }
}
