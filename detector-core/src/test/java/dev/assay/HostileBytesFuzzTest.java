package dev.assay;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.assay.internal.archive.HostileArchives;
import dev.assay.internal.container.ByteReader;
import dev.assay.internal.format.FormatRecogniser;
import dev.assay.internal.media.MediaOpener;
import dev.assay.internal.media.OpenedMedia;
import dev.assay.internal.media.Source;
import dev.assay.internal.media.TestSound;
import dev.assay.internal.metadata.generator.MetadataExaminer;
import dev.assay.internal.provenance.ProvenanceExaminer;
import dev.assay.internal.provenance.ProvenanceReader;
import dev.assay.internal.provenance.SignedSeeds;
import dev.assay.internal.provenance.trust.TrustAnchors;
import dev.assay.internal.report.ReportHead;
import dev.assay.internal.report.ReportJson;
import dev.assay.internal.report.ReportReader;
import dev.assay.scan.ScanOptions;
import dev.assay.scan.Scanner;
import dev.assay.spi.Budget;
import dev.assay.spi.Sound;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.sevenz.SevenZArchiveEntry;
import org.apache.commons.compress.archivers.sevenz.SevenZOutputFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Where bytes from outside come in: nothing but the failure that is meant may come out.
 *
 * <p>A build runs each target on its seeds. {@code JAZZER_FUZZ=1 mvn test -Plong -pl detector-core
 * -am -Dtest='HostileBytesFuzzTest#decodes'} searches for more, one target at a time.
 */
@Tag("long")
class HostileBytesFuzzTest {

  private static final Limits LIMITS =
      Limits.defaults()
          .withBytes(1 << 22)
          .withPixels(1 << 22)
          .withFrames(3)
          .withTime(Duration.ofSeconds(20));
  private static final int MAX_SEED_BYTES = 200_000;

  static Stream<byte[]> media() throws IOException {
    return Stream.of(Path.of("../datasets/samples"), Path.of("src/test/resources/cases"))
        .flatMap(HostileBytesFuzzTest::contents);
  }

  static Stream<byte[]> signed() {
    return SignedSeeds.all();
  }

  static Stream<byte[]> archives() throws IOException {
    byte[] picture = "GIF89a".getBytes(StandardCharsets.ISO_8859_1);
    byte[] tar = HostileArchives.tarOf("a/b.gif", picture);
    ByteArrayOutputStream zip = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(zip)) {
      out.putNextEntry(new ZipEntry("a/b.gif"));
      out.write(picture);
    }
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(tar);
    }
    return Stream.of(tar, zip.toByteArray(), packed.toByteArray(), sevenZip(picture));
  }

  private static byte[] sevenZip(byte[] content) throws IOException {
    try (SeekableInMemoryByteChannel bytes = new SeekableInMemoryByteChannel()) {
      try (SevenZOutputFile out = new SevenZOutputFile(bytes)) {
        SevenZArchiveEntry entry = new SevenZArchiveEntry();
        entry.setName("a/b.gif");
        out.putArchiveEntry(entry);
        out.write(content);
        out.closeArchiveEntry();
      }
      return Arrays.copyOf(bytes.array(), (int) bytes.size());
    }
  }

  static Stream<byte[]> reports() {
    try (Detector detector = Detector.open(DetectorSettings.defaults().withProfile(Profile.FAST))) {
      return Stream.of("../datasets/samples/declares-comfyui.webp", "../datasets/damaged/text.jpg")
          .map(name -> detector.analyze(Path.of(name)))
          .map(report -> ReportJson.line(report))
          .map(line -> line.getBytes(StandardCharsets.UTF_8))
          .toList()
          .stream();
    }
  }

  @MethodSource("media")
  @FuzzTest(maxDuration = "10m")
  void recognises(byte[] content) throws IOException {
    try {
      FormatRecogniser.recognise(new ByteReader(content, new Budget(LIMITS.time())));
    } catch (MediaException e) {
      // It is no media, and the exception says so.
    }
  }

  @MethodSource("media")
  @FuzzTest(maxDuration = "10m")
  void decodes(byte[] content) throws IOException {
    try (OpenedMedia media = MediaOpener.open(Source.of(content, "fuzzed"), LIMITS)) {
      media.frames();
    } catch (MediaException e) {
      // It cannot be decoded, and the exception says why.
    }
  }

  static Stream<byte[]> sounds() throws IOException {
    Path folder = Files.createTempDirectory("assay-seed-");
    List<byte[]> seeds = new ArrayList<>();
    for (String codec : List.of("aac x.m4a", "libmp3lame x.mp3", "flac x.flac", "libopus x.ogg")) {
      String[] parts = codec.split(" ", 2);
      Path file = folder.resolve(parts[1]);
      new TestSound(parts[0]).seconds(0.2).tone(440, 0.5).write(file);
      seeds.add(Files.readAllBytes(file));
      Files.delete(file);
    }
    Files.delete(folder);
    return seeds.stream();
  }

  @MethodSource("sounds")
  @FuzzTest(maxDuration = "10m")
  void hears(byte[] content) throws IOException {
    try (OpenedMedia media = MediaOpener.open(Source.of(content, "fuzzed"), LIMITS);
        Sound sound = media.sound().orElse(null)) {
      while (sound != null && sound.next()) {
        sound.resampled();
      }
    } catch (MediaException e) {
      // It cannot be decoded, and the exception says why.
    }
  }

  @MethodSource("media")
  @FuzzTest(maxDuration = "10m")
  void readsMetadata(byte[] content) throws IOException {
    try (OpenedMedia media = MediaOpener.open(Source.of(content, "fuzzed"), LIMITS);
        MetadataExaminer examiner = new MetadataExaminer()) {
      examiner.examine(media);
    } catch (MediaException e) {
      // It is no media, and the exception says so.
    }
  }

  @MethodSource("signed")
  @FuzzTest(maxDuration = "10m")
  void readsProvenance(byte[] content) throws IOException {
    try (OpenedMedia media = MediaOpener.open(Source.of(content, "fuzzed"), LIMITS);
        ProvenanceExaminer examiner =
            new ProvenanceExaminer(new ProvenanceReader(TrustAnchors::none, Clock.systemUTC()))) {
      examiner.examine(media);
    } catch (MediaException e) {
      // It is no media, and the exception says so.
    }
  }

  @MethodSource("archives")
  @FuzzTest(maxDuration = "10m")
  void looksIntoArchives(byte[] content) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("assay-fuzz-");
    try (Detector detector =
        Detector.open(DetectorSettings.defaults().withProfile(Profile.FAST).withLimits(LIMITS))) {
      List<Path> archives =
          List.of(
              folder.resolve("a.zip"),
              folder.resolve("a.tar"),
              folder.resolve("a.tgz"),
              folder.resolve("a.7z"));
      for (Path archive : archives) {
        Files.write(archive, content);
      }
      new Scanner(new Unlooked(detector), 1)
          .scan(archives.iterator(), ScanOptions.defaults(), Optional.empty(), report -> {});
      for (Path archive : archives) {
        Files.delete(archive);
      }
    } finally {
      Files.delete(folder);
    }
  }

  /** Opens files and looks no further: archives are what is tested. */
  private record Unlooked(Detector detector) implements FileAnalyzer {
    @Override
    public Report analyze(Path file, String name) {
      return failed(name, new MediaException(FailureCode.CORRUPT, "It was not looked at."));
    }

    @Override
    public Report failed(String name, MediaException reason) {
      return detector.failed(name, reason);
    }

    @Override
    public Archives archives() {
      return detector.archives();
    }

    @Override
    public Report.Tool tool() {
      return detector.tool();
    }
  }

  @MethodSource("reports")
  @FuzzTest(maxDuration = "10m")
  void readsReports(byte[] content) {
    try {
      ReportHead.read(content);
      ReportReader.read(new String(content, StandardCharsets.UTF_8));
    } catch (IOException e) {
      // It is no report, and the exception says why.
    }
  }

  private static Stream<byte[]> contents(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> file.toFile().length() <= MAX_SEED_BYTES)
          .sorted()
          .map(HostileBytesFuzzTest::content)
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] content(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
