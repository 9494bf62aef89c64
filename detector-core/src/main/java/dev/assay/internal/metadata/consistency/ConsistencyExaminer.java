package dev.assay.internal.metadata.consistency;

import dev.assay.Evidence;
import dev.assay.Sentence;
import dev.assay.internal.container.ByteReader;
import dev.assay.internal.container.Container;
import dev.assay.internal.container.JpegTables;
import dev.assay.internal.container.MultiPicture;
import dev.assay.internal.format.RecognisedFormat;
import dev.assay.internal.metadata.Carrier;
import dev.assay.internal.metadata.DeclaredMetadata;
import dev.assay.internal.metadata.MetadataField;
import dev.assay.internal.metadata.MetadataReader;
import dev.assay.spi.DamagedException;
import dev.assay.spi.Examiner;
import dev.assay.spi.ExaminerInfo;
import dev.assay.spi.ExaminerInfo.Need;
import dev.assay.spi.Media;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reports where the declarations of a file do not fit together: signs that it went through other
 * hands after the camera's. Facts for a reader, without weight: editing is no sign of AI, and how
 * often each is met in real and synthetic media was not measured. Decodes no pixels.
 */
public final class ConsistencyExaminer implements Examiner {

  private static final String ID = "consistency";
  private static final String SIZE = "consistency.size";
  private static final String DATES = "consistency.dates";
  private static final String HISTORY = "consistency.history";
  private static final String TABLES = "consistency.jpeg-tables";
  private static final String ENCODER = "consistency.encoder";
  private static final String PARTS = "consistency.parts-lost";
  private static final Duration SAME = Duration.ofMinutes(1);

  /** Without offsets one instant may be written so far apart: by a camera at sea, and at home. */
  private static final Duration ZONES = Duration.ofHours(14);

  private static final DateTimeFormatter EXIF_DATE =
      DateTimeFormatter.ofPattern("uuuu:MM:dd HH:mm:ss");
  private static final int MAX_CHARS = 200;
  private static final int MAX_EDITS = 50;

  /** What it is. */
  public static final ExaminerInfo INFO =
      new ExaminerInfo(
          ID, "whether what the file declares fits together", Set.of(Need.BYTES), codes());

  @Override
  public ExaminerInfo info() {
    return INFO;
  }

  private static SortedMap<String, String> codes() {
    SortedMap<String, String> codes = new TreeMap<>();
    codes.put(SIZE, "The picture is not of the size that its EXIF data states.");
    codes.put(DATES, "The file was changed after the picture was taken, by its own dates.");
    codes.put(HISTORY, "The file lists what editors did to it.");
    codes.put(
        TABLES, "The file names a camera, and its JPEG tables are those of Adobe's programs.");
    codes.put(PARTS, "The file's index points to further pictures that are gone.");
    codes.put(ENCODER, "The file names a camera, and FFmpeg wrote its container.");
    return codes;
  }

  @Override
  public List<Evidence> examine(Media media) throws IOException {
    DeclaredMetadata metadata = MetadataReader.read(media);
    List<Evidence> evidence = new ArrayList<>();
    jpeg(media, metadata, evidence);
    if (!metadata.fields().isEmpty()) {
      dates(metadata).ifPresent(evidence::add);
      history(metadata).ifPresent(evidence::add);
      encoder(metadata).ifPresent(evidence::add);
    }
    return evidence;
  }

  private static void jpeg(Media media, DeclaredMetadata metadata, List<Evidence> evidence)
      throws IOException {
    if (RecognisedFormat.container(media) != Container.JPEG) {
      return;
    }
    ByteReader bytes = new ByteReader(media, media.budget());
    try {
      JpegTables tables = JpegTables.of(bytes);
      size(metadata, tables).ifPresent(evidence::add);
      tables(metadata, tables).ifPresent(evidence::add);
      parts(bytes).ifPresent(evidence::add);
    } catch (DamagedException e) {
      // Told by those that read the metadata and the picture.
    }
  }

  private static Optional<Evidence> size(DeclaredMetadata metadata, JpegTables frame) {
    int width = number(metadata.text(Carrier.EXIF, "PixelXDimension"));
    int height = number(metadata.text(Carrier.EXIF, "PixelYDimension"));
    boolean same =
        (width == frame.width() && height == frame.height())
            || (width == frame.height() && height == frame.width());
    if (width < 1 || height < 1 || frame.width() < 1 || frame.height() < 1 || same) {
      return Optional.empty();
    }
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("statedWidth", width);
    details.put("statedHeight", height);
    details.put("width", frame.width());
    details.put("height", frame.height());
    return Optional.of(
        fact(
            SIZE,
            Sentence.of(
                "The EXIF data state {0} x {1} pixels, the picture has {2} x {3}: it was cropped or"
                    + " scaled after they were written.",
                width, height, frame.width(), frame.height()),
            details));
  }

  private static Optional<Evidence> parts(ByteReader bytes) throws IOException {
    int missing = MultiPicture.of(bytes).count(MultiPicture.Role.MISSING);
    if (missing == 0) {
      return Optional.empty();
    }
    boolean gainMap = MultiPicture.role(bytes, 0) == MultiPicture.Role.GAIN_MAP;
    return Optional.of(
        fact(
            PARTS,
            Sentence.of(
                gainMap
                    ? "The file's index points to a gain map, which phones write beside HDR photos,"
                        + " and it is gone: a program saved the file anew after the camera."
                    : "The file's index points to further pictures, and they are gone: a program"
                        + " saved the file anew after the camera."),
            Map.of("missing", missing)));
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private static Optional<Evidence> tables(DeclaredMetadata metadata, JpegTables tables) {
    String camera = camera(metadata);
    if (camera.isEmpty() || !tables.adobe()) {
      return Optional.empty();
    }
    return Optional.of(
        fact(
            TABLES,
            Sentence.of(
                "The file names the camera {0}, and its JPEG tables are those of Adobe's"
                    + " programs: it was saved anew.",
                camera),
            Map.of("camera", camera)));
  }

  private static String camera(DeclaredMetadata metadata) {
    String make = metadata.text(Carrier.EXIF, "Make");
    String quickTime = metadata.text(Carrier.MP4_TAG, "com.apple.quicktime.make");
    String found = make.isEmpty() ? quickTime : make;
    // Generators put whole graphs there.
    return found.length() > MAX_CHARS || found.contains("{") ? "" : found;
  }

  private static Optional<Evidence> dates(DeclaredMetadata metadata) {
    Optional<LocalDateTime> taken = date(metadata.text(Carrier.EXIF, "DateTimeOriginal"));
    Optional<LocalDateTime> changed = date(metadata.text(Carrier.EXIF, "DateTime"));
    if (taken.isEmpty() || changed.isEmpty()) {
      return Optional.empty();
    }
    Optional<ZoneOffset> takenAt = offset(metadata.text(Carrier.EXIF, "OffsetTimeOriginal"));
    Optional<ZoneOffset> changedAt = offset(metadata.text(Carrier.EXIF, "OffsetTime"));
    boolean instants = takenAt.isPresent() && changedAt.isPresent();
    Duration later =
        instants
            ? Duration.between(
                taken.get().atOffset(takenAt.get()), changed.get().atOffset(changedAt.get()))
            : Duration.between(taken.get(), changed.get());
    if (later.compareTo(instants ? SAME : ZONES) <= 0) {
      return Optional.empty();
    }
    String software = metadata.text(Carrier.EXIF, "Software");
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("taken", taken.get().toString());
    details.put("changed", changed.get().toString());
    if (!software.isEmpty() && software.length() <= MAX_CHARS) {
      details.put("software", software);
    }
    return Optional.of(
        fact(
            DATES,
            details.containsKey("software")
                ? Sentence.of(
                    "By its own dates the picture was taken on {0} and the file changed on {1},"
                        + " with {2}.",
                    taken.get().toLocalDate(), changed.get().toLocalDate(), software)
                : Sentence.of(
                    "By its own dates the picture was taken on {0} and the file changed on {1}.",
                    taken.get().toLocalDate(), changed.get().toLocalDate()),
            details));
  }

  private static Optional<ZoneOffset> offset(String text) {
    try {
      return Optional.of(ZoneOffset.of(text.strip()));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<LocalDateTime> date(String text) {
    try {
      return Optional.of(LocalDateTime.parse(text, EXIF_DATE));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** XMP part 1, 1.2.7.4: what each step did, and with what. */
  private static Optional<Evidence> history(DeclaredMetadata metadata) {
    List<String> actions = values(metadata, "xmpMM:History/action");
    List<String> agents =
        values(metadata, "xmpMM:History/softwareAgent").stream().distinct().toList();
    if (actions.isEmpty()) {
      return Optional.empty();
    }
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("actions", actions);
    details.put("software", agents);
    return Optional.of(
        fact(
            HISTORY,
            Sentence.of(
                agents.isEmpty()
                    ? "The file lists {0} of editing."
                    : "The file lists {0} of editing, by {1}.",
                actions.size() == 1
                    ? Sentence.of("1 step")
                    : Sentence.of("{0} steps", actions.size()),
                agents.isEmpty() ? "" : agents.get(0)),
            details));
  }

  private static List<String> values(DeclaredMetadata metadata, String name) {
    return metadata
        .all(Carrier.XMP, name)
        .map(MetadataField::value)
        .filter(value -> value.length() <= MAX_CHARS)
        .limit(MAX_EDITS)
        .toList();
  }

  private static Optional<Evidence> encoder(DeclaredMetadata metadata) {
    String camera = camera(metadata);
    Optional<String> writer =
        metadata.fields().stream()
            .filter(f -> f.carrier() == Carrier.MP4_TAG && f.name().equals("\u00a9too"))
            .map(MetadataField::value)
            .filter(value -> value.startsWith("Lavf") && value.length() <= MAX_CHARS)
            .findFirst();
    if (camera.isEmpty() || writer.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        fact(
            ENCODER,
            Sentence.of(
                "The file names the camera {0}, and FFmpeg ({1}) wrote its container: it is"
                    + " not as the camera left it.",
                camera, writer.get()),
            Map.of("camera", camera, "writer", writer.get())));
  }

  private static Evidence fact(String code, Sentence sentence, Map<String, Object> details) {
    return Evidence.of(ID, Evidence.Kind.FACT, code, sentence).details(details).build();
  }
}
