package dev.assay.internal.natives;

import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_QUIET;
import static org.bytedeco.ffmpeg.global.avutil.av_log_set_level;
import static org.bytedeco.ffmpeg.global.avutil.av_max_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_strerror;
import static org.bytedeco.ffmpeg.global.avutil.av_version_info;

import dev.assay.internal.resource.UserFolders;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Loads FFmpeg when it is first needed. */
public final class Ffmpeg {

  /**
   * The most memory taken at once, in bytes, whatever a file asks for: some room above the largest
   * picture of the default limit.
   */
  private static final long MAX_ALLOCATED = 1L << 30;

  private Ffmpeg() {}

  private static final class Loaded {
    static final String VERSION = loaded();
  }

  /**
   * Loads the libraries if that has not been done, and gives their version.
   *
   * @throws dev.assay.InstallationException if there are none for this platform
   */
  public static String version() {
    try {
      return Loaded.VERSION;
    } catch (LinkageError e) {
      throw NativeFolder.notLoaded("FFmpeg", e);
    }
  }

  /**
   * Loads the libraries if that has not been done.
   *
   * @throws dev.assay.InstallationException if there are none for this platform
   */
  public static void load() {
    version();
  }

  /** What an error code means, in FFmpeg's words. */
  public static String error(int code) {
    byte[] text = new byte[256];
    av_strerror(code, text, text.length);
    int length = 0;
    while (length < text.length && text[length] != 0) {
      length++;
    }
    return new String(text, 0, length, StandardCharsets.UTF_8);
  }

  private static String loaded() {
    prefer(
        "org.bytedeco.javacpp.cachedir",
        UserFolders.cache().resolve("natives").resolve("javacpp").toString());
    NativeFolder.installed().ifPresent(Ffmpeg::takeFrom);
    // JavaCPP refuses memory once the process is four times as large as Java's heap may be, and
    // decoded pictures do not lie in that heap. What may be taken is bounded by Limits.
    prefer("org.bytedeco.javacpp.maxPhysicalBytes", "0");
    av_log_set_level(AV_LOG_QUIET);
    av_max_alloc(MAX_ALLOCATED);
    return av_version_info().getString();
  }

  /** Lets JavaCPP look here before it looks into jars. */
  private static void takeFrom(Path folder) {
    System.setProperty("org.bytedeco.javacpp.pathsFirst", "true");
    String others = System.getProperty("java.library.path", "");
    System.setProperty("java.library.path", folder + File.pathSeparator + others);
  }

  /** Sets a property that the user has not set. */
  private static void prefer(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }
}
