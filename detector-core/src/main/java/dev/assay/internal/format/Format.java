package dev.assay.internal.format;

import static dev.assay.internal.format.Signature.at;
import static dev.assay.internal.format.Signature.bytes;
import static dev.assay.internal.format.Signature.none;
import static dev.assay.internal.format.Signature.starts;
import static dev.assay.internal.format.Signatures.iso;

import dev.assay.MediaKind;
import dev.assay.internal.container.Container;
import dev.assay.internal.still.BmpStill;
import dev.assay.internal.still.HeifStill;
import dev.assay.internal.still.JpegStill;
import dev.assay.internal.still.NetpbmStill;
import dev.assay.internal.still.PngStill;
import dev.assay.internal.still.StillFormat;
import dev.assay.internal.still.TiffStill;
import dev.assay.internal.still.WebpStill;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The formats: how each is recognised, which file names claim it, how its blocks lie, and what
 * decodes it. All that is known of formats derives from this table.
 *
 * <p>Rows are tried in order; the first whose signature matches wins.
 */
public enum Format {
  JPEG_LS("image/jls", "jls", Signatures.jpeg(0xF7), Container.JPEG, "jpegls_pipe"),
  JPEG(
      "image/jpeg",
      "jpg jpeg jpe jfif jif mpo",
      bytes(0xFF, 0xD8, 0xFF),
      Container.JPEG,
      new JpegStill()),
  PNG("image/png", "png apng", starts("\u0089PNG\r\n\u001a\n"), Container.PNG, new PngStill()),
  GIF("image/gif", "gif", starts("GIF87a").or(starts("GIF89a")), Container.GIF, "gif"),
  BMP("image/bmp", "bmp dib", Signatures::bmp, Container.NONE, new BmpStill()),
  CAMERA_RAW(
      MediaKind.IMAGE,
      "image/x-raw",
      "dng cr2 cr3 crw nef nrw arw srf sr2 raf rw2 orf pef srw x3f 3fr iiq",
      Signatures::cameraRaw,
      Container.TIFF,
      Decoder.NONE,
      ""),
  TIFF("image/tiff", "tif tiff", Signatures::tiff, Container.TIFF, new TiffStill()),
  ANIMATED_WEBP(
      MediaKind.IMAGE,
      "image/webp",
      "",
      Signatures::animatedWebp,
      Container.RIFF,
      Decoder.ANIMATED_WEBP,
      "",
      new WebpStill()),
  WEBP("image/webp", "webp", Signatures.riff("WEBP"), Container.RIFF, new WebpStill()),
  JPEG_XL(
      MediaKind.IMAGE,
      "image/jxl",
      "jxl",
      starts("\0\0\0\fJXL \r\n\u0087\n").or(iso("jxl ")),
      Container.ISO,
      Decoder.NONE,
      ""),
  JPEG_XL_STREAM(
      MediaKind.IMAGE, "image/jxl", "", bytes(0xFF, 0x0A), Container.NONE, Decoder.NONE, ""),
  JPEG_2000(
      "image/jp2", "jp2 jpf jpx", starts("\0\0\0\fjP  \r\n\u0087\n"), Container.ISO, "j2k_pipe"),
  JPEG_2000_STREAM(
      "image/j2c", "j2k j2c", bytes(0xFF, 0x4F, 0xFF, 0x51), Container.NONE, "j2k_pipe"),
  PHOTOSHOP("image/vnd.adobe.photoshop", "psd psb", starts("8BPS"), Container.NONE, "psd_pipe"),
  AVIF("image/avif", "avif", Signatures::avif, Container.ISO, "mov", new HeifStill()),
  HEIC("image/heic", "heic heif hif", Signatures::heic, Container.ISO, "mov", new HeifStill()),
  NETPBM(
      "image/x-portable-anymap",
      "pbm pgm ppm pnm",
      Signatures::netpbm,
      Container.NONE,
      new NetpbmStill()),
  PAM("image/x-portable-arbitrarymap", "pam", starts("P7\n"), Container.NONE, "pam_pipe"),
  PFM(
      "image/x-portable-floatmap",
      "pfm",
      starts("PF\n").or(starts("Pf\n")),
      Container.NONE,
      "pfm_pipe"),
  SUN_RASTER(
      "image/x-sun-raster",
      "ras sun",
      bytes(0x59, 0xA6, 0x6A, 0x95),
      Container.NONE,
      "sunrast_pipe"),
  RADIANCE(
      "image/vnd.radiance",
      "hdr",
      starts("#?RADIANCE").or(starts("#?RGBE")),
      Container.NONE,
      "hdr_pipe"),
  OPENEXR("image/x-exr", "exr", bytes(0x76, 0x2F, 0x31, 0x01), Container.NONE, "exr_pipe"),
  DPX("image/x-dpx", "dpx", starts("SDPX").or(starts("XPDS")), Container.NONE, "dpx_pipe"),
  QOI("image/qoi", "qoi", starts("qoif"), Container.NONE, "qoi_pipe"),
  DDS("image/vnd.ms-dds", "dds", starts("DDS |"), Container.NONE, "dds_pipe"),
  SGI("image/sgi", "sgi rgb", Signatures::sgi, Container.NONE, "sgi_pipe"),
  XWD("image/x-xwindowdump", "xwd", at(4, "\0\0\0\u0007\0\0\0\u0002"), Container.NONE, "xwd_pipe"),
  PCX("image/vnd.zbrush.pcx", "pcx", Signatures::pcx, Container.NONE, "pcx_pipe"),
  ICO("image/vnd.microsoft.icon", "ico", Signatures::icon, Container.NONE, "ico"),
  FITS("image/fits", "fits fit", starts("SIMPLE  ="), Container.NONE, "fits"),
  XPM("image/x-xpixmap", "xpm", starts("/* XPM */"), Container.NONE, "xpm_pipe"),
  /** Only where a manifest is in it: documents are no media. */
  PDF(
      MediaKind.IMAGE,
      "application/pdf",
      "pdf",
      Signatures::signedPdf,
      Container.PDF,
      Decoder.NONE,
      ""),
  SVG(MediaKind.IMAGE, "image/svg+xml", "svg", none(), Container.SVG, Decoder.NONE, ""),

  // These may hold audio alone: which streams there are decides.
  M4A(MediaKind.AUDIO, "audio/mp4", "m4a m4b m4p", Signatures::m4a, Container.ISO, "mov"),
  THREE_GPP(MediaKind.VIDEO, "video/3gpp", "3gp 3g2", Signatures::threeGpp, Container.ISO, "mov"),
  QUICKTIME(
      MediaKind.VIDEO, "video/quicktime", "mov qt", Signatures::quickTime, Container.ISO, "mov"),
  MP4(MediaKind.VIDEO, "video/mp4", "mp4 m4v m4s f4v", Signatures::mp4, Container.ISO, "mov"),
  WEBM(MediaKind.VIDEO, "video/webm", "webm", Signatures::webm, Container.EBML, "matroska"),
  MATROSKA(
      MediaKind.VIDEO,
      "video/x-matroska",
      "mkv mka",
      starts("\u001aE\u00df\u00a3"),
      Container.EBML,
      "matroska"),
  AVI(
      MediaKind.VIDEO,
      "video/x-msvideo",
      "avi divx",
      Signatures.riff("AVI "),
      Container.RIFF,
      "avi"),
  FLV(MediaKind.VIDEO, "video/x-flv", "flv", starts("FLV\u0001"), Container.FLV, "flv"),
  ASF(
      MediaKind.VIDEO,
      "video/x-ms-asf",
      "wmv asf wma",
      starts("0&\u00b2u\u008ef\u00cf\u0011"),
      Container.ASF,
      "asf"),
  OGG(MediaKind.VIDEO, "video/ogg", "ogv ogg oga opus spx", starts("OggS"), Container.OGG, "ogg"),
  MXF(MediaKind.VIDEO, "application/mxf", "mxf", Signatures::mxf, Container.NONE, "mxf"),
  GXF(MediaKind.VIDEO, "application/gxf", "gxf", bytes(0, 0, 0, 0, 1, 0xBC), Container.NONE, "gxf"),
  DV(MediaKind.VIDEO, "video/dv", "dv dif", Signatures::dv, Container.NONE, "dv"),
  IVF(MediaKind.VIDEO, "video/x-ivf", "ivf", starts("DKIF"), Container.NONE, "ivf"),
  REAL_MEDIA(
      MediaKind.VIDEO,
      "application/vnd.rn-realmedia",
      "rm rmvb ra",
      starts(".RMF"),
      Container.NONE,
      "rm"),
  YUV4MPEG(
      MediaKind.VIDEO,
      "video/x-yuv4mpeg",
      "y4m",
      starts("YUV4MPEG2"),
      Container.NONE,
      "yuv4mpegpipe"),
  NUT(
      MediaKind.VIDEO,
      "video/x-nut",
      "nut",
      starts("nut/multimedia container\0"),
      Container.NONE,
      "nut"),
  WTV(
      MediaKind.VIDEO,
      "video/x-wtv",
      "wtv",
      bytes(0xB7, 0xD8, 0x00, 0x20, 0x37, 0x49, 0xDA, 0x11),
      Container.NONE,
      "wtv"),
  FLASH(
      MediaKind.VIDEO,
      "application/x-shockwave-flash",
      "swf",
      Signatures::flash,
      Container.NONE,
      "swf"),
  SMJPEG(MediaKind.VIDEO, "video/x-smjpeg", "mjpg", starts("\0\nSMJPEG"), Container.NONE, "smjpeg"),
  ROQ(
      MediaKind.VIDEO,
      "video/x-roq",
      "roq",
      bytes(0x84, 0x10, 0xFF, 0xFF, 0xFF, 0xFF),
      Container.NONE,
      "roq"),
  FILM_CPK(
      MediaKind.VIDEO,
      "video/x-film-cpk",
      "cpk",
      starts("FILM").and(at(16, "FDSC")),
      Container.NONE,
      "film_cpk"),
  MPEG_PS(
      MediaKind.VIDEO,
      "video/mpeg",
      "mpg mpeg vob mod",
      bytes(0, 0, 1, 0xBA),
      Container.NONE,
      "mpeg"),
  MPEG_VIDEO(
      MediaKind.VIDEO, "video/mpeg", "m1v m2v", bytes(0, 0, 1, 0xB3), Container.NONE, "mpegvideo"),
  MPEG4_VIDEO(
      MediaKind.VIDEO,
      "video/mp4v-es",
      "",
      bytes(0, 0, 1, 0xB0).or(bytes(0, 0, 1, 0, 0, 0, 1, 0x20)),
      Container.NONE,
      "m4v"),
  H264(MediaKind.VIDEO, "video/h264", "h264 264 avc", Signatures::h264, Container.NONE, "h264"),
  HEVC(MediaKind.VIDEO, "video/h265", "h265 265 hevc", Signatures::hevc, Container.NONE, "hevc"),
  AV1(MediaKind.VIDEO, "video/av1", "obu", bytes(0x12, 0x00, 0x0A), Container.NONE, "obu"),
  MPEG_TS(
      MediaKind.VIDEO,
      "video/mp2t",
      "ts mts m2ts m2t tod trp",
      Signatures::transportStream,
      Container.NONE,
      "mpegts"),

  FLAC(MediaKind.AUDIO, "audio/flac", "flac", Signatures.afterId3("fLaC"), Container.FLAC, "flac"),
  AAC(MediaKind.AUDIO, "audio/aac", "aac", Signatures::aac, Container.ID3, "aac"),
  MP3(MediaKind.AUDIO, "audio/mpeg", "mp3 mp2 mpa", Signatures::mp3, Container.ID3, "mp3"),
  WAV(
      MediaKind.AUDIO,
      "audio/wav",
      "wav wave rf64 bw64",
      Signatures.riff("WAVE"),
      Container.RIFF,
      "wav"),
  W64(
      MediaKind.AUDIO,
      "audio/x-w64",
      "w64",
      starts("riff.\u0091\u00cf\u0011"),
      Container.NONE,
      "w64"),
  AIFF(
      MediaKind.AUDIO,
      "audio/x-aiff",
      "aiff aif aifc",
      starts("FORM").and(at(8, "AIFF").or(at(8, "AIFC"))),
      Container.RIFF,
      "aiff"),
  CAF(MediaKind.AUDIO, "audio/x-caf", "caf", starts("caff\0\u0001"), Container.NONE, "caf"),
  AMR(MediaKind.AUDIO, "audio/amr", "amr awb", starts("#!AMR"), Container.NONE, "amr"),
  AU(MediaKind.AUDIO, "audio/basic", "au snd", starts(".snd"), Container.NONE, "au"),
  WAVPACK(MediaKind.AUDIO, "audio/x-wavpack", "wv", starts("wvpk"), Container.NONE, "wv"),
  APE(MediaKind.AUDIO, "audio/x-ape", "ape", starts("MAC "), Container.NONE, "ape"),
  TTA(MediaKind.AUDIO, "audio/x-tta", "tta", starts("TTA1"), Container.NONE, "tta"),
  TAK(MediaKind.AUDIO, "audio/x-tak", "tak", starts("tBaK"), Container.NONE, "tak"),
  MUSEPACK_8(MediaKind.AUDIO, "audio/x-musepack", "mpc", starts("MPCK"), Container.NONE, "mpc8"),
  MUSEPACK(MediaKind.AUDIO, "audio/x-musepack", "mp+", starts("MP+"), Container.NONE, "mpc"),
  DSF(MediaKind.AUDIO, "audio/x-dsf", "dsf", starts("DSD "), Container.NONE, "dsf"),
  VOC(
      MediaKind.AUDIO,
      "audio/x-voc",
      "voc",
      starts("Creative Voice File\u001a"),
      Container.NONE,
      "voc"),
  SOX(
      MediaKind.AUDIO,
      "audio/x-sox",
      "sox",
      starts(".SoX").or(starts("XoS.")),
      Container.NONE,
      "sox"),
  OMA(
      MediaKind.AUDIO,
      "audio/x-oma",
      "oma aa3 at3",
      starts("ea3\u0003").or(starts("EA3\u0001")),
      Container.NONE,
      "oma"),
  EAC3(MediaKind.AUDIO, "audio/eac3", "eac3 ec3", Signatures::eac3, Container.NONE, "eac3"),
  AC3(MediaKind.AUDIO, "audio/ac3", "ac3", bytes(0x0B, 0x77), Container.NONE, "ac3"),
  DTS(
      MediaKind.AUDIO,
      "audio/vnd.dts",
      "dts dtshd",
      bytes(0x7F, 0xFE, 0x80, 0x01),
      Container.NONE,
      "dts"),
  TRUEHD(
      MediaKind.AUDIO,
      "audio/vnd.dolby.mlp",
      "thd truehd",
      at(4, "\u00f8ro\u00ba"),
      Container.NONE,
      "truehd"),
  MLP(
      MediaKind.AUDIO,
      "audio/vnd.dolby.mlp",
      "mlp",
      at(4, "\u00f8ro\u00bb"),
      Container.NONE,
      "mlp");

  /** What decodes the content. */
  public enum Decoder {
    OPENCV,
    FFMPEG,
    ANIMATED_WEBP,
    NONE
  }

  /** Endings that other formats use as well: they claim media only where the content is no text. */
  private static final Set<String> AMBIGUOUS =
      Set.of(
          "ts", "mts", "mod", "rgb", "dv", "au", "snd", "sun", "ra", "hdr", "dif", "fit", "obu",
          "sox", "tod");

  private static final Set<String> EXTENSIONS =
      Arrays.stream(values())
          .flatMap(format -> format.extensions().stream())
          .collect(Collectors.toUnmodifiableSet());

  private final MediaKind kind;
  private final String mediaType;

  // An unmodifiable list, and objects without state.
  @SuppressWarnings("ImmutableEnumChecker")
  private final List<String> extensions;

  @SuppressWarnings("ImmutableEnumChecker")
  private final Signature signature;

  private final Container container;
  private final Decoder decoder;
  private final String demuxer;

  @SuppressWarnings("ImmutableEnumChecker")
  private final StillFormat still;

  /** An image that OpenCV decodes. */
  Format(
      String mediaType,
      String extensions,
      Signature signature,
      Container container,
      StillFormat still) {
    this(MediaKind.IMAGE, mediaType, extensions, signature, container, Decoder.OPENCV, "", still);
  }

  /** An image that FFmpeg decodes, of whose pictures or colours something is read before. */
  Format(
      String mediaType,
      String extensions,
      Signature signature,
      Container container,
      String demuxer,
      StillFormat still) {
    this(
        MediaKind.IMAGE,
        mediaType,
        extensions,
        signature,
        container,
        Decoder.FFMPEG,
        demuxer,
        still);
  }

  /** An image that FFmpeg decodes. */
  Format(
      String mediaType,
      String extensions,
      Signature signature,
      Container container,
      String demuxer) {
    this(MediaKind.IMAGE, mediaType, extensions, signature, container, Decoder.FFMPEG, demuxer);
  }

  /** Video or audio. */
  Format(
      MediaKind kind,
      String mediaType,
      String extensions,
      Signature signature,
      Container container,
      String demuxer) {
    this(kind, mediaType, extensions, signature, container, Decoder.FFMPEG, demuxer);
  }

  Format(
      MediaKind kind,
      String mediaType,
      String extensions,
      Signature signature,
      Container container,
      Decoder decoder,
      String demuxer) {
    this(kind, mediaType, extensions, signature, container, decoder, demuxer, StillFormat.UNREAD);
  }

  Format(
      MediaKind kind,
      String mediaType,
      String extensions,
      Signature signature,
      Container container,
      Decoder decoder,
      String demuxer,
      StillFormat still) {
    this.kind = kind;
    this.mediaType = mediaType;
    this.extensions = extensions.isEmpty() ? List.of() : List.of(extensions.split(" ", -1));
    this.signature = signature;
    this.container = container;
    this.decoder = decoder;
    this.demuxer = demuxer;
    this.still = still;
  }

  /** What kind of media it is for; a video container may hold audio alone. */
  public MediaKind kind() {
    return kind;
  }

  /** Its media type. */
  public String mediaType() {
    return mediaType;
  }

  /** The file name endings that claim it, in lower case without the dot. */
  public List<String> extensions() {
    return extensions;
  }

  /** How its blocks lie. */
  public Container container() {
    return container;
  }

  /** What decodes it. */
  public Decoder decoder() {
    return decoder;
  }

  /**
   * FFmpeg's name of the one demuxer that may open it: nothing is left to guessing, so no playlist
   * is ever opened.
   */
  public String demuxer() {
    return demuxer;
  }

  /** What is to be known to decode it as a still picture. */
  public StillFormat still() {
    return still;
  }

  Signature signature() {
    return signature;
  }

  /** How strongly a file name claims media. */
  public enum Claim {
    /** Its ending is that of a media format. */
    MEDIA,
    /** Its ending is that of a media format and of something else, TypeScript for example. */
    AMBIGUOUS,
    /** It claims nothing. */
    NONE
  }

  /** What a file name claims by its ending. */
  public static Claim claimOf(String name) {
    String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    if (ending.length() == name.length() || !EXTENSIONS.contains(ending)) {
      return Claim.NONE;
    }
    return AMBIGUOUS.contains(ending) ? Claim.AMBIGUOUS : Claim.MEDIA;
  }
}
