package dev.assay.media;

import dev.assay.MediaKind;

/** The formats that are recognised, and what decodes their content. */
enum Format {
  JPEG("image/jpeg", MediaKind.IMAGE, Decoder.OPENCV),
  PNG("image/png", MediaKind.IMAGE, Decoder.OPENCV),
  WEBP("image/webp", MediaKind.IMAGE, Decoder.OPENCV),
  BMP("image/bmp", MediaKind.IMAGE, Decoder.OPENCV),
  TIFF("image/tiff", MediaKind.IMAGE, Decoder.OPENCV),
  GIF("image/gif", MediaKind.IMAGE, Decoder.FFMPEG, "gif"),
  AVIF("image/avif", MediaKind.IMAGE, Decoder.FFMPEG, "mov"),
  HEIC("image/heic", MediaKind.IMAGE, Decoder.FFMPEG, "mov"),
  ANIMATED_WEBP("image/webp", MediaKind.IMAGE, Decoder.ANIMATED_WEBP),
  JPEG_XL("image/jxl", MediaKind.IMAGE, Decoder.NONE),
  JPEG_2000("image/jp2", MediaKind.IMAGE, Decoder.NONE),
  PHOTOSHOP("image/vnd.adobe.photoshop", MediaKind.IMAGE, Decoder.NONE),
  SVG("image/svg+xml", MediaKind.IMAGE, Decoder.NONE),
  CAMERA_RAW("image/x-raw", MediaKind.IMAGE, Decoder.NONE),

  // These may hold sound alone: what streams there are decides.
  MP4("video/mp4", MediaKind.VIDEO, Decoder.FFMPEG, "mov"),
  QUICKTIME("video/quicktime", MediaKind.VIDEO, Decoder.FFMPEG, "mov"),
  THREE_GPP("video/3gpp", MediaKind.VIDEO, Decoder.FFMPEG, "mov"),
  MATROSKA("video/x-matroska", MediaKind.VIDEO, Decoder.FFMPEG, "matroska"),
  WEBM("video/webm", MediaKind.VIDEO, Decoder.FFMPEG, "matroska"),
  AVI("video/x-msvideo", MediaKind.VIDEO, Decoder.FFMPEG, "avi"),
  FLV("video/x-flv", MediaKind.VIDEO, Decoder.FFMPEG, "flv"),
  ASF("video/x-ms-asf", MediaKind.VIDEO, Decoder.FFMPEG, "asf"),
  OGG("video/ogg", MediaKind.VIDEO, Decoder.FFMPEG, "ogg"),
  MPEG_VIDEO("video/mpeg", MediaKind.VIDEO, Decoder.FFMPEG, "mpegvideo"),
  MPEG_PS("video/mpeg", MediaKind.VIDEO, Decoder.FFMPEG, "mpeg"),
  MPEG_TS("video/mp2t", MediaKind.VIDEO, Decoder.FFMPEG, "mpegts"),

  M4A("audio/mp4", MediaKind.AUDIO, Decoder.FFMPEG, "mov"),
  MP3("audio/mpeg", MediaKind.AUDIO, Decoder.FFMPEG, "mp3"),
  WAV("audio/wav", MediaKind.AUDIO, Decoder.FFMPEG, "wav"),
  FLAC("audio/flac", MediaKind.AUDIO, Decoder.FFMPEG, "flac"),
  AIFF("audio/x-aiff", MediaKind.AUDIO, Decoder.FFMPEG, "aiff"),
  AAC("audio/aac", MediaKind.AUDIO, Decoder.FFMPEG, "aac");

  /** What decodes the content. */
  enum Decoder {
    OPENCV,
    FFMPEG,
    ANIMATED_WEBP,
    NONE
  }

  private final String mediaType;
  private final MediaKind kind;
  private final Decoder decoder;
  private final String demuxer;

  Format(String mediaType, MediaKind kind, Decoder decoder) {
    this(mediaType, kind, decoder, "");
  }

  Format(String mediaType, MediaKind kind, Decoder decoder, String demuxer) {
    this.mediaType = mediaType;
    this.kind = kind;
    this.decoder = decoder;
    this.demuxer = demuxer;
  }

  String mediaType() {
    return mediaType;
  }

  MediaKind kind() {
    return kind;
  }

  Decoder decoder() {
    return decoder;
  }

  /**
   * FFmpeg's name of the one demuxer that may open it: nothing is left to guessing, so no playlist
   * is ever opened.
   */
  String demuxer() {
    return demuxer;
  }
}
