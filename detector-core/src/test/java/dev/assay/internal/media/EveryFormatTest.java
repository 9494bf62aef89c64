package dev.assay.internal.media;

import static org.bytedeco.ffmpeg.global.avutil.av_get_pix_fmt;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.Limits;
import dev.assay.MediaException;
import dev.assay.MediaKind;
import dev.assay.internal.container.Container;
import dev.assay.internal.format.Format;
import dev.assay.internal.metadata.MetadataReader;
import dev.assay.internal.natives.OpenCv;
import dev.assay.spi.Sound;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.core.Scalar;
import org.opencv.imgcodecs.Imgcodecs;

/** Builds a file of every format that can be written here, and opens each by its content alone. */
class EveryFormatTest {

  /** Formats that nothing here can write; recognised by their signatures, decoded by FFmpeg. */
  private static final Set<Format> NOT_WRITABLE =
      Set.of(
          Format.HEIC,
          Format.HEVC,
          Format.PHOTOSHOP,
          Format.DDS,
          Format.XPM,
          Format.APE,
          Format.TAK,
          Format.MUSEPACK,
          Format.MUSEPACK_8,
          Format.DSF,
          Format.OMA,
          Format.DTS,
          Format.MLP,
          Format.ANIMATED_WEBP,
          Format.GXF,
          Format.FILM_CPK,
          Format.AMR,
          Format.WTV,
          Format.ROQ);

  private final Map<Format, Path> files = new HashMap<>();

  @TestFactory
  List<DynamicTest> opensAFileOfEveryFormat(@TempDir Path temporary) throws IOException {
    // Kept where asked, as seeds for fuzzing.
    String kept = System.getProperty("assay.formats.folder");
    Path folder = kept == null ? temporary : Files.createDirectories(Path.of(kept));
    images(folder);
    codedImages(folder);
    videos(folder);
    sounds(folder);
    List<DynamicTest> tests = new ArrayList<>();
    for (Format format : Format.values()) {
      if (format.decoder() != Format.Decoder.NONE && !NOT_WRITABLE.contains(format)) {
        tests.add(DynamicTest.dynamicTest(format.name(), () -> opens(format)));
      }
    }
    return tests;
  }

  private void opens(Format format) throws Exception {
    assertTrue(files.containsKey(format), "no file was written");
    try (OpenedMedia media =
        MediaOpener.open(Source.of(files.get(format), "x"), Limits.defaults())) {
      assertEquals(format, media.format());
      if (media.kind() == MediaKind.AUDIO) {
        assertEquals(MediaKind.AUDIO, media.facts().kind());
        assertTrue(heard(media) > 1.5, "its sound is not decoded");
      } else {
        assertFalse(media.frames().isEmpty());
      }
    }
  }

  /** Seconds of sound louder than silence. */
  private static double heard(OpenedMedia media) throws MediaException {
    int count = 0;
    try (Sound sound = media.sound().orElseThrow()) {
      while (sound.next()) {
        for (float sample : sound.resampled()) {
          count += Math.abs(sample) > 0.001 ? 1 : 0;
        }
      }
    }
    return count / (double) Sound.RATE;
  }

  @Test
  void writesDownEveryFormat() throws IOException {
    StringBuilder table = new StringBuilder();
    for (Format format : Format.values()) {
      table.append(
          String.format(
              Locale.ROOT,
              "| %s | %s | %s | %s | %s |%n",
              format.mediaType(),
              format.extensions().isEmpty() ? "" : "." + String.join(" .", format.extensions()),
              format.decoder() == Format.Decoder.NONE ? "" : "yes",
              MetadataReader.reads(format.container()) ? "yes" : "",
              format.decoder() == Format.Decoder.NONE ? "" : "yes"));
    }
    Path page = Path.of("../docs/formats.md");
    String expected = HEAD + table;
    if (Boolean.getBoolean("assay.formats.update")) {
      Files.writeString(page, expected);
    }
    assertEquals(expected, Files.readString(page), "update with -Dassay.formats.update=true");
  }

  @Test
  void namesThatClaimMediaDeriveFromTheTable() {
    assertEquals(Format.Claim.MEDIA, Format.claimOf("a/b.MXF"));
    assertEquals(Format.Claim.MEDIA, Format.claimOf("x.jpeg"));
    assertEquals(Format.Claim.AMBIGUOUS, Format.claimOf("main.ts"));
    assertEquals(Format.Claim.NONE, Format.claimOf("notes.txt"));
    assertEquals(Format.Claim.NONE, Format.claimOf("jpg"));
    assertTrue(Arrays.stream(Format.values()).anyMatch(f -> f.container() == Container.FLV));
  }

  private static final String HEAD =
      """
      # Formats

      Recognised by content, never by name. Generated from the table in the code by a test, which also builds a file of each
      format that can be written and opens it. *Decoded*: pixels or audio can be read. *Metadata*: declarations are read.
      *Judged*: the classifiers look at it, or hear the
      speech in it; of videos both.

      | media type | file names | decoded | metadata | judged |
      |---|---|---|---|---|
      """;

  private void images(Path folder) throws IOException {
    OpenCv.load();
    Mat picture = new Mat(120, 160, CvType.CV_8UC3, new Scalar(20, 10, 250));
    Map<Format, String> endings =
        Map.of(
            Format.JPEG,
            ".jpg",
            Format.PNG,
            ".png",
            Format.WEBP,
            ".webp",
            Format.BMP,
            ".bmp",
            Format.TIFF,
            ".tiff",
            Format.NETPBM,
            ".ppm",
            Format.PAM,
            ".pam",
            Format.RADIANCE,
            ".hdr",
            Format.SUN_RASTER,
            ".ras",
            Format.PFM,
            ".pfm");
    for (Map.Entry<Format, String> ending : endings.entrySet()) {
      Mat content = picture;
      if (ending.getKey() == Format.RADIANCE || ending.getKey() == Format.PFM) {
        content = new Mat();
        picture.convertTo(content, CvType.CV_32FC3, 1 / 255.0);
      }
      MatOfByte bytes = new MatOfByte();
      assertTrue(Imgcodecs.imencode(ending.getValue(), content, bytes), ending.getValue());
      put(folder, ending.getKey(), bytes.toArray());
    }
  }

  private void codedImages(Path folder) throws IOException {
    put(folder, Format.JPEG_LS, TestImage.encode("jpegls", "bgr24"));
    byte[] boxed = TestImage.encode("jpeg2000", "rgb24");
    int stream = new String(boxed, StandardCharsets.ISO_8859_1).indexOf("\u00ffO\u00ffQ");
    put(folder, Format.JPEG_2000, boxed);
    put(folder, Format.JPEG_2000_STREAM, Arrays.copyOfRange(boxed, stream, boxed.length));
    put(folder, Format.OPENEXR, TestImage.encode("exr", "gbrpf32le"));
    put(folder, Format.DPX, TestImage.encode("dpx", "rgb24"));
    put(folder, Format.QOI, TestImage.encode("qoi", "rgb24"));
    put(folder, Format.PAM, TestImage.encode("pam", "rgb24"));
    put(folder, Format.SGI, TestImage.encode("sgi", "rgb24"));
    put(folder, Format.XWD, TestImage.encode("xwd", "rgb24"));
    put(folder, Format.PCX, TestImage.encode("pcx", "rgb24"));
    video(folder, Format.GIF, "gif", "gif", "rgb8");
    video(folder, Format.AVIF, "libaom-av1", "avif", "yuv420p");
    video(folder, Format.ICO, "bmp", "ico", "bgra");
    video(folder, Format.FITS, "fits", "fits", "gray");
  }

  private void videos(Path folder) throws IOException {
    video(folder, Format.MP4, "mpeg4", "mp4", "yuv420p");
    video(folder, Format.QUICKTIME, "mpeg4", "mov", "yuv420p");
    video(folder, Format.THREE_GPP, "mpeg4", "3gp", "yuv420p");
    video(folder, Format.MATROSKA, "mpeg4", "matroska", "yuv420p");
    video(folder, Format.WEBM, "libvpx", "webm", "yuv420p");
    video(folder, Format.AVI, "mpeg4", "avi", "yuv420p");
    video(folder, Format.FLV, "flv", "flv", "yuv420p");
    video(folder, Format.ASF, "wmv2", "asf", "yuv420p");
    video(folder, Format.OGG, "libvpx", "ogg", "yuv420p");
    video(folder, Format.IVF, "libvpx", "ivf", "yuv420p");
    video(folder, Format.REAL_MEDIA, "rv10", "rm", "yuv420p");
    video(folder, Format.NUT, "mpeg4", "nut", "yuv420p");
    video(folder, Format.FLASH, "flv", "swf", "yuv420p");
    video(folder, Format.SMJPEG, "mjpeg", "smjpeg", "yuvj420p");
    video(folder, Format.MPEG_PS, "mpeg2video", "mpeg", "yuv420p");
    video(folder, Format.MPEG_TS, "mpeg2video", "mpegts", "yuv420p");
    video(folder, Format.MPEG_VIDEO, "mpeg1video", "mpeg1video", "yuv420p");
    video(folder, Format.MPEG4_VIDEO, "mpeg4", "m4v", "yuv420p");
    video(folder, Format.H264, "libopenh264", "h264", "yuv420p");
    video(folder, Format.AV1, "libaom-av1", "obu", "yuv420p");
    digitalVideo(folder, Format.DV, "dv");
    files.put(Format.MXF, Path.of("src/test/resources/cases/04-broadcast.mxf"));
    String frame = "FRAME\n" + "a".repeat(64 * 64) + "b".repeat(2 * 32 * 32);
    String y4m = "YUV4MPEG2 W64 H64 F25:1 Ip A1:1 C420jpeg\n" + frame.repeat(5);
    put(folder, Format.YUV4MPEG, y4m.getBytes(StandardCharsets.US_ASCII));
  }

  private void digitalVideo(Path folder, Format format, String muxer) {
    files.put(
        format,
        new TestVideo()
            .codec("dvvideo")
            .format(muxer)
            .pixelFormat(av_get_pix_fmt("yuv420p"))
            .size(720, 576)
            .frames(3, 1)
            .write(folder.resolve(format.name())));
  }

  private void sounds(Path folder) {
    sound(folder, Format.M4A, "aac", "ipod", "fltp");
    sound(folder, Format.MP3, "libmp3lame", "mp3", "fltp");
    sound(folder, Format.AAC, "aac", "adts", "fltp");
    sound(folder, Format.FLAC, "flac", "flac", "s16");
    sound(folder, Format.WAV, "pcm_s16le", "wav", "s16");
    sound(folder, Format.W64, "pcm_s16le", "w64", "s16");
    sound(folder, Format.AIFF, "pcm_s16be", "aiff", "s16");
    sound(folder, Format.CAF, "pcm_s16be", "caf", "s16");
    sound(folder, Format.AU, "pcm_s16be", "au", "s16");
    sound(folder, Format.WAVPACK, "wavpack", "wv", "s16p");
    sound(folder, Format.TTA, "tta", "tta", "s16");
    sound(folder, Format.VOC, "pcm_s16le", "voc", "s16");
    sound(folder, Format.SOX, "pcm_s32le", "sox", "s32");
    sound(folder, Format.AC3, "ac3", "ac3", "fltp");
    sound(folder, Format.EAC3, "eac3", "eac3", "fltp");
    sound(folder, Format.TRUEHD, "truehd", "truehd", "s16");
  }

  private void video(Path folder, Format format, String codec, String muxer, String pixels) {
    files.put(
        format,
        new TestVideo()
            .codec(codec)
            .format(muxer)
            .pixelFormat(av_get_pix_fmt(pixels))
            .size(format == Format.THREE_GPP ? 176 : 160, format == Format.THREE_GPP ? 144 : 128)
            .frames(
                format == Format.ICO || format == Format.FITS || format == Format.AVIF ? 1 : 6, 3)
            .write(folder.resolve(format.name())));
  }

  private void sound(Path folder, Format format, String codec, String muxer, String samples) {
    files.put(
        format,
        new TestSound(codec)
            .format(muxer)
            .samples(samples)
            .tone(440, 0.5)
            .write(folder.resolve(format.name())));
  }

  private void put(Path folder, Format format, byte[] content) throws IOException {
    files.put(format, Files.write(folder.resolve(format.name()), content));
  }
}
