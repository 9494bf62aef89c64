package dev.assay.media;

import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_QUIET;
import static org.bytedeco.ffmpeg.global.avutil.av_log_set_level;
import static org.bytedeco.ffmpeg.global.avutil.av_strerror;
import static org.bytedeco.ffmpeg.global.avutil.av_version_info;

import java.nio.charset.StandardCharsets;

/** Loads FFmpeg when it is first needed. */
final class Ffmpeg {

  private Ffmpeg() {}

  private static final class Loaded {
    static final String VERSION = load();
  }

  /** Loads the libraries if that has not been done, and gives their version. */
  static String version() {
    return Loaded.VERSION;
  }

  /** What an error code means, in FFmpeg's words. */
  static String error(int code) {
    byte[] text = new byte[256];
    av_strerror(code, text, text.length);
    int length = 0;
    while (length < text.length && text[length] != 0) {
      length++;
    }
    return new String(text, 0, length, StandardCharsets.UTF_8);
  }

  private static String load() {
    String property = "org.bytedeco.javacpp.cachedir";
    if (System.getProperty(property) == null) {
      System.setProperty(
          property, NativeLibraryCache.folder().resolve("natives").resolve("javacpp").toString());
    }
    av_log_set_level(AV_LOG_QUIET);
    return av_version_info().getString();
  }
}
