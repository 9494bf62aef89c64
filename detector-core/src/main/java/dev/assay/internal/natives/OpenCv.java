package dev.assay.internal.natives;

import dev.assay.internal.resource.UnpackedResource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import nu.pattern.OpenCV;
import org.opencv.core.Core;

/** Loads OpenCV when it is first needed. */
public final class OpenCv {

  private OpenCv() {}

  private static final class Loaded {
    static final String VERSION = loaded();
  }

  /**
   * Loads the library if that has not been done, and gives its version.
   *
   * @throws dev.assay.InstallationException if there is none for this platform
   */
  public static String version() {
    try {
      return Loaded.VERSION;
    } catch (LinkageError e) {
      throw NativeFolder.notLoaded("OpenCV", e);
    }
  }

  /**
   * Loads the library if that has not been done.
   *
   * @throws dev.assay.InstallationException if there is none for this platform
   */
  public static void load() {
    version();
  }

  private static String loaded() {
    try {
      System.load(library().toAbsolutePath().toString());
    } catch (IOException | UnsatisfiedLinkError e) {
      // A cache that cannot be written, or a platform that is named otherwise: the library knows
      // its own way.
      OpenCV.loadLocally();
    }
    // Files are examined side by side; threads within one picture would only get in each other's
    // way.
    Core.setNumThreads(1);
    return Core.VERSION;
  }

  private static Path library() throws IOException {
    Optional<Path> installed = NativeFolder.installed();
    return installed.isPresent()
        ? installed.get().resolve(System.mapLibraryName(name()))
        : UnpackedResource.unpack(OpenCV.class, resource(), "natives/opencv-" + Core.VERSION);
  }

  private static String name() {
    return "opencv_java" + Core.VERSION.replace(".", "");
  }

  private static String resource() {
    String library = name();
    String processor = Platform.arm() ? "ARMv8" : "x86_64";
    return switch (Platform.os()) {
      case WINDOWS -> "/nu/pattern/opencv/windows/x86_64/" + library + ".dll";
      case MAC -> "/nu/pattern/opencv/osx/" + processor + "/lib" + library + ".dylib";
      case LINUX -> "/nu/pattern/opencv/linux/" + processor + "/lib" + library + ".so";
    };
  }
}
