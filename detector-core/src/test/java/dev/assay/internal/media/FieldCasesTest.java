package dev.assay.internal.media;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.bytedeco.ffmpeg.global.avutil.av_get_pix_fmt;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.Detector;
import dev.assay.DetectorSettings;
import dev.assay.Evidence;
import dev.assay.FailureCode;
import dev.assay.Limits;
import dev.assay.MediaException;
import dev.assay.MediaKind;
import dev.assay.NoteCode;
import dev.assay.Report;
import dev.assay.Verdict;
import dev.assay.WarningCode;
import dev.assay.internal.format.Format;
import dev.assay.internal.metadata.Containers;
import dev.assay.internal.metadata.MetadataReader;
import dev.assay.internal.natives.OpenCv;
import dev.assay.spi.Frame;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.core.MatOfInt;
import org.opencv.core.Point;
import org.opencv.core.Scalar;
import org.opencv.imgcodecs.Imgcodecs;
import org.opencv.imgproc.Imgproc;

/** Faults that people met in the field, each with others of its class. */
class FieldCasesTest {

  private static final Detector DETECTOR = Detector.open();
  private static final Path CASES = Path.of("src/test/resources/cases");

  @TempDir private Path folder;

  @AfterAll
  static void close() {
    DETECTOR.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"free", "skip", "wide", "uuid", "styp", "mdat"})
  void readsAMovieWhateverBoxComesFirst(String type) throws Exception {
    byte[] movie = Files.readAllBytes(movie("clip.mov", "a lighthouse"));
    byte[] content = type.equals("styp") ? "msdh\0\0\0\0".getBytes(ISO_8859_1) : new byte[0];
    content = type.equals("uuid") ? new byte[16] : content;
    byte[] first = Containers.box(type, content);
    byte[] file = Containers.join(first, shifted(movie, first.length));
    try (OpenedMedia media = open(file)) {
      assertEquals(MediaKind.VIDEO, media.kind());
      assertTrue(media.frames().size() > 1);
      assertTrue(
          MetadataReader.read(media).fields().stream()
              .anyMatch(field -> field.value().equals("a lighthouse")),
          "its metadata is read");
    }
  }

  @Test
  void keepsTheDeclarationsOfAMovieThatCannotBeDecoded() throws Exception {
    byte[] settings =
        "a castle\nSteps: 20, Sampler: Euler a, CFG scale: 7, Seed: 1".getBytes(ISO_8859_1);
    byte[] item =
        Containers.box(
            "\u00a9cmt",
            Containers.box(
                "data", Containers.join(Containers.u32(1), Containers.u32(0), settings)));
    byte[] list = Containers.box("ilst", item);
    byte[] meta = Containers.box("meta", Containers.join(Containers.u32(0), list));
    byte[] file = Containers.mp4(Containers.box("moov", Containers.box("udta", meta)));
    Report report = DETECTOR.analyze(file, "x.mp4");
    assertEquals(
        List.of("declared.stable-diffusion-webui"),
        report.evidence().stream().map(Evidence::code).toList());
    assertEquals(Verdict.Label.SYNTHETIC, report.verdict().orElseThrow().label());
  }

  @Test
  void looksAtBothHalvesOfJoinedRecordings() throws Exception {
    Path one = new TestVideo().codec("mpeg2video").frames(250, 10).write(folder.resolve("1.ts"));
    Path two =
        new TestVideo()
            .codec("mpeg2video")
            .pixelFormat(0)
            .frames(250, 10)
            .write(folder.resolve("2.ts"));
    byte[] first = Files.readAllBytes(one);
    byte[] file = Containers.join(first, Files.readAllBytes(two));
    try (OpenedMedia media = open(file)) {
      List<Frame> frames = media.frames();
      long restarts = 0;
      for (int i = 1; i < frames.size(); i++) {
        restarts += frames.get(i).timeSeconds() < frames.get(i - 1).timeSeconds() ? 1 : 0;
      }
      assertEquals(1, restarts, "frames of both");
      assertTrue(codes(media).contains(WarningCode.JOINED_RECORDINGS), codes(media).toString());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 40, 400})
  void judgesAJpegCutOffAfterItsFirstScan(int missing) throws Exception {
    for (int progressive = 0; progressive <= 1; progressive++) {
      byte[] whole = jpeg(progressive);
      try (OpenedMedia media = open(Arrays.copyOf(whole, whole.length - missing))) {
        assertEquals(320, media.frames().get(0).picture().width());
        assertEquals(List.of(WarningCode.TRUNCATED), codes(media));
      }
    }
  }

  @Test
  void decodesAJpegWithStrayBytesBetweenSegments() throws Exception {
    byte[] whole = jpeg(0);
    byte[] stray = Containers.join(Arrays.copyOf(whole, 20), new byte[3]);
    byte[] file = Containers.join(stray, Arrays.copyOfRange(whole, 20, whole.length));
    try (OpenedMedia media = open(file)) {
      assertEquals(320, media.frames().get(0).picture().width());
      assertEquals(List.of(), media.warnings());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "13-two-zero-bytes-between-segments.jpg",
        "13-xmp-byte-order-mark-first.jpg",
        "13-xmp-vertical-tab-in-title.jpg"
      })
  void readsDeclarationsThatOtherToolsRead(String name) throws IOException {
    Report report = DETECTOR.analyze(CASES.resolve(name));
    assertTrue(
        report.evidence().stream()
            .anyMatch(e -> e.code().equals("declared.iptc-trained-algorithmic-media")),
        report.evidence().toString());
  }

  @Test
  void findsAComfyGraphInAVideosComment() {
    Report report = DETECTOR.analyze(CASES.resolve("09-comfyui-videohelpersuite-comment.mp4"));
    assertEquals("declared.comfyui", report.evidence().get(0).code());
  }

  @Test
  void doesNotCallAnEditedPhotographSynthetic() {
    Report report = DETECTOR.analyze(CASES.resolve("05-camera-photo-generative-fill.jpg"));
    assertEquals(NoteCode.EDITED_WITH_AI, report.notes().get(0).code());
    Evidence edit = report.evidence().get(report.notes().get(0).evidence());
    assertTrue(edit.logLikelihoodRatio().isEmpty());
    assertTrue(report.verdict().orElseThrow().label() != Verdict.Label.SYNTHETIC);
    assertTrue(
        report.verdict().orElseThrow().basis().stream().noneMatch(Verdict.Basis.DECLARED::equals));
  }

  @Test
  void namesTheTrueCause() throws Exception {
    assertFails("11-ios-app-png-cgbi.png", FailureCode.UNSUPPORTED_FORMAT, "CgBI");
    assertFails("11-lossless-jpeg-sof3.jpg", FailureCode.UNSUPPORTED_FORMAT, "lossless");
    for (String name : List.of("11-bigtiff.tif", "11-float32-grey.tif")) {
      try (OpenedMedia media = open(Files.readAllBytes(CASES.resolve(name)))) {
        assertTrue(media.frames().get(0).picture().width() > 1, name);
      }
    }
  }

  @Test
  void namesTheCodingOfATiffThatCannotBeDecoded() throws Exception {
    ByteBuffer tiff = ByteBuffer.allocate(128);
    tiff.put("MM\0*".getBytes(ISO_8859_1)).putInt(8).putShort((short) 4);
    for (int[] entry : new int[][] {{256, 40}, {257, 30}, {258, 8}, {259, 50000}}) {
      tiff.putShort((short) entry[0]).putShort((short) 4).putInt(1).putInt(entry[1]);
    }
    try (OpenedMedia media = open(tiff.array())) {
      MediaException e = assertThrows(MediaException.class, media::frames);
      assertEquals(FailureCode.UNSUPPORTED_FORMAT, e.code());
      assertTrue(e.getMessage().contains("Zstandard"), e.getMessage());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"RIFF$\0\0\0WAVEfmt \u0010\0\0\0", "fLaC\0\0\0\"junk", "caff\0\u0001junk"})
  void doesNotPassDamagedAudioOverInSilence(String content) {
    Report report = DETECTOR.analyze(content.getBytes(ISO_8859_1), "x");
    assertEquals(FailureCode.CORRUPT, report.failure().orElseThrow().code());
  }

  @Test
  void namesProtection() throws Exception {
    byte[] movie = Files.readAllBytes(movie("clip.mp4", "x"));
    int entry = new String(movie, ISO_8859_1).indexOf("mp4v");
    System.arraycopy("encv".getBytes(ISO_8859_1), 0, movie, entry, 4);
    try (OpenedMedia media = open(movie)) {
      MediaException e = assertThrows(MediaException.class, media::frames);
      assertEquals(FailureCode.UNSUPPORTED_FORMAT, e.code());
      assertTrue(e.getMessage().contains("encrypted"), e.getMessage());
    }
  }

  @Test
  void saysThatAFixedBoundCannotBeRaised() {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    png.writeBytes(Containers.png(Containers.pngText("a", "b")));
    byte[] content = png.toByteArray();
    ByteBuffer.wrap(content).putInt(16, 1_000_001).putInt(20, 1);
    Report report = DETECTOR.analyze(content, "x.png");
    String message = report.failure().orElseThrow().message();
    assertTrue(message.contains("fixed") && !message.contains("Raise"), message);
  }

  @Test
  void countsWhatElseAFileHolds() throws Exception {
    try (OpenedMedia media = open(Files.readAllBytes(CASES.resolve("16-motion-photo.jpg")))) {
      assertEquals(1, media.frames().size());
      assertEquals(List.of(WarningCode.MORE_CONTENT), codes(media));
    }
    byte[] one = jpeg(0);
    for (byte[] file :
        List.of(
            Files.readAllBytes(CASES.resolve("16-multi-picture.mpo")), Containers.join(one, one))) {
      try (OpenedMedia media = open(file)) {
        assertEquals(1, media.frames().size());
        assertEquals(2, media.facts().frames().orElseThrow());
        assertEquals(List.of(WarningCode.FIRST_PICTURE_ONLY), codes(media));
      }
    }
  }

  @Test
  void countsGainMapsAsPartsOfTheirPicture() {
    Report whole = DETECTOR.analyze(CASES.resolve("20-ultra-hdr.jpg"));
    assertEquals(1, whole.media().orElseThrow().frames().orElseThrow());
    assertTrue(
        whole.warnings().stream().noneMatch(w -> w.code() == WarningCode.FIRST_PICTURE_ONLY));
    assertTrue(whole.evidence().stream().noneMatch(FieldCasesTest::ofLostParts));
    Report lost = DETECTOR.analyze(CASES.resolve("20-ultra-hdr-gain-map-lost.jpg"));
    assertEquals(1, lost.media().orElseThrow().frames().orElseThrow());
    assertTrue(lost.warnings().stream().noneMatch(w -> w.code() == WarningCode.FIRST_PICTURE_ONLY));
    Evidence trace =
        lost.evidence().stream().filter(FieldCasesTest::ofLostParts).findFirst().orElseThrow();
    assertTrue(trace.summary().contains("gain map"), trace.summary());
    assertTrue(trace.logLikelihoodRatio().isEmpty());
  }

  private static boolean ofLostParts(Evidence piece) {
    return piece.code().equals("consistency.parts-lost");
  }

  @Test
  void samplesAnimationsAsVideo() throws Exception {
    Path gif =
        new TestVideo()
            .codec("gif")
            .format("gif")
            .pixelFormat(av_get_pix_fmt("rgb8"))
            .frames(40, 1)
            .write(folder.resolve("x.gif"));
    Path png =
        new TestVideo()
            .codec("apng")
            .format("apng")
            .pixelFormat(av_get_pix_fmt("rgb24"))
            .frames(40, 1)
            .write(folder.resolve("x.png"));
    for (Path file : List.of(gif, png)) {
      try (OpenedMedia media = open(Files.readAllBytes(file))) {
        assertEquals(MediaKind.IMAGE, media.kind());
        assertEquals(16, media.frames().size(), file.toString());
        assertEquals(40, media.facts().frames().orElseThrow());
        assertTrue(media.frames().get(15).timeSeconds() > media.frames().get(3).timeSeconds());
      }
    }
  }

  @Test
  void compositesTransparencyOnWhite() throws Exception {
    OpenCv.load();
    Mat half = new Mat(64, 64, CvType.CV_8UC4, new Scalar(0, 0, 200, 128));
    for (String ending : List.of(".png", ".webp")) {
      MatOfByte bytes = new MatOfByte();
      MatOfInt lossless = new MatOfInt(Imgcodecs.IMWRITE_WEBP_QUALITY, 101);
      assertTrue(
          ending.equals(".png")
              ? Imgcodecs.imencode(ending, half, bytes)
              : Imgcodecs.imencode(ending, half, bytes, lossless));
      try (OpenedMedia media = open(bytes.toArray())) {
        byte[] rgb = media.frames().get(0).picture().rgb(8, 8, 1, 1);
        assertEquals(227, rgb[0] & 0xff, 2, ending);
        assertEquals(127, rgb[1] & 0xff, 2, ending);
      }
    }
  }

  @Test
  void keepsToItsTimeWhenAPictureIsSlow() throws Exception {
    OpenCv.load();
    MatOfByte bytes = new MatOfByte();
    assertTrue(Imgcodecs.imencode(".png", Mat.zeros(6000, 6000, CvType.CV_8UC3), bytes));
    Limits limits = Limits.defaults().withTime(Duration.ofMillis(20));
    try (Detector detector = Detector.open(DetectorSettings.defaults().withLimits(limits))) {
      Report report = detector.analyze(bytes.toArray(), "x.png");
      assertEquals(FailureCode.TIMED_OUT, report.failure().orElseThrow().code());
    }
  }

  @Test
  void reportsAManifestThatLiesElsewhere() {
    Report report = DETECTOR.analyze(CASES.resolve("M3-remote-c2pa-manifest.jpg"));
    assertTrue(
        report.evidence().stream()
            .anyMatch(e -> e.code().equals("provenance.c2pa-remote") && e.weight() == 0));
  }

  @Test
  void recognisesAnElementaryStreamThatBeginsWithSupplementalInformation() throws Exception {
    try (OpenedMedia media = open(Files.readAllBytes(CASES.resolve("04-dashcam.h264")))) {
      assertEquals(Format.H264, media.format());
      assertTrue(media.frames().size() > 1);
    }
  }

  @Test
  void findsTheFirstPacketOfATransportStreamThatWasCut() throws Exception {
    Path stream = new TestVideo().codec("mpeg2video").frames(50, 10).write(folder.resolve("x.ts"));
    byte[] whole = Files.readAllBytes(stream);
    try (OpenedMedia media = open(Arrays.copyOfRange(whole, 77, whole.length))) {
      assertEquals(Format.MPEG_TS, media.format());
      assertTrue(media.frames().size() > 1);
    }
  }

  private void assertFails(String name, FailureCode code, String cause) throws Exception {
    try (OpenedMedia media = open(Files.readAllBytes(CASES.resolve(name)))) {
      MediaException e = assertThrows(MediaException.class, media::frames);
      assertEquals(code, e.code());
      assertTrue(e.getMessage().contains(cause), e.getMessage());
    }
  }

  private Path movie(String name, String title) {
    return new TestVideo().codec("mpeg4").metadata("title", title).write(folder.resolve(name));
  }

  /** A movie whose chunk offsets are moved on, so that bytes may stand before it. */
  private static byte[] shifted(byte[] movie, int by) {
    byte[] moved = movie.clone();
    int at = new String(moved, ISO_8859_1).indexOf("stco");
    ByteBuffer bytes = ByteBuffer.wrap(moved);
    int count = bytes.getInt(at + 8);
    for (int i = 0; i < count; i++) {
      int place = at + 12 + 4 * i;
      bytes.putInt(place, bytes.getInt(place) + by);
    }
    return moved;
  }

  private static byte[] jpeg(int progressive) {
    OpenCv.load();
    Mat picture = new Mat(240, 320, CvType.CV_8UC3);
    for (int x = 0; x < 320; x += 8) {
      Imgproc.line(
          picture,
          new Point(x, 0),
          new Point(320 - x, 239),
          new Scalar(x % 200, 90, 255 - x % 250),
          3);
    }
    MatOfByte bytes = new MatOfByte();
    MatOfInt options = new MatOfInt(Imgcodecs.IMWRITE_JPEG_PROGRESSIVE, progressive);
    assertTrue(Imgcodecs.imencode(".jpg", picture, bytes, options));
    return bytes.toArray();
  }

  private static OpenedMedia open(byte[] content) throws Exception {
    return MediaOpener.open(Source.of(content, "x"), Limits.defaults());
  }

  private static List<WarningCode> codes(OpenedMedia media) {
    return media.warnings().stream().map(Report.Warning::code).toList();
  }
}
