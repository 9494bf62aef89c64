package dev.assay;

import dev.assay.forensics.Images;
import dev.assay.forensics.MapsExaminer;
import dev.assay.internal.archive.LocalArchives;
import dev.assay.internal.engine.Examination;
import dev.assay.internal.engine.Stability;
import dev.assay.internal.fusion.Fusion;
import dev.assay.internal.known.Fingerprints;
import dev.assay.internal.known.KnownExaminer;
import dev.assay.internal.media.ConditionedCopy;
import dev.assay.internal.media.MediaOpener;
import dev.assay.internal.media.OpenedMedia;
import dev.assay.internal.media.PlayableSound;
import dev.assay.internal.media.Source;
import dev.assay.internal.model.Adaptation;
import dev.assay.internal.model.AdaptedHead;
import dev.assay.internal.model.ClassifierExaminer;
import dev.assay.internal.model.ModelCatalogue;
import dev.assay.internal.model.SoundExaminer;
import dev.assay.internal.provenance.ProvenanceExaminer;
import dev.assay.internal.provenance.ProvenanceReader;
import dev.assay.internal.provenance.trust.TrustLists;
import dev.assay.internal.resource.Version;
import dev.assay.known.KnownFrame;
import dev.assay.known.MediaFingerprint;
import dev.assay.spi.Examiner;
import dev.assay.spi.ExaminerInfo;
import dev.assay.spi.Media;
import dev.assay.spi.Sound;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * Takes an image, a video or an audio file and tells whether it is synthetic, and why.
 *
 * <pre>{@code
 * try (Detector detector = Detector.open()) {
 *   Report report = detector.analyze(Path.of("photo.jpg"));
 *   report.verdict().ifPresent(verdict -> System.out.println(verdict.label()));
 * }
 * }</pre>
 *
 * <p>Thread-safe: one detector serves a whole application. Models are loaded when first needed,
 * once; {@link #close} frees them and their native memory, after the last {@code analyze} has
 * returned. Nothing is fetched from any network.
 *
 * <p>A file that cannot be examined is a {@link Report} with a {@link Report#failure}, never an
 * exception. A broken installation is an {@link InstallationException}.
 *
 * <p>Native libraries have settings that hold for the whole process, the embedding application's
 * own use of them included: OpenCV runs on one thread ({@code Core.setNumThreads(1)}); FFmpeg is
 * silent ({@code av_log_set_level}) and allocates at most 1 GiB at once ({@code av_max_alloc}); the
 * properties {@code org.bytedeco.javacpp.cachedir} and {@code maxPhysicalBytes} and those that keep
 * Deep Java Library from unpacking libraries and from telemetry are set, unless they are set
 * already. They are set when a file needs the library, and never with {@code
 * dev.assay.isolation.IsolatedDetector}, which loads nothing native into this process.
 */
public final class Detector implements FileAnalyzer, AutoCloseable {

  /** The release, as it stands in reports. */
  public static final String VERSION = Version.VALUE;

  /** Crops of a picture that are scored one by one for a map of what the models see. */
  private static final int MAX_ATTRIBUTED_CROPS = 30;

  private static final int THUMBNAIL_QUALITY = 70;
  private static final int IN_MEMORY_BYTES = 1 << 20;
  private static final int BUFFER_BYTES = 1 << 16;

  private final ClassifierExaminer classifiers;
  private final SoundExaminer sound;
  private final Examination.Rules rules;
  private volatile boolean closed;

  private Detector(DetectorSettings settings, List<Examiner> own) {
    Optional<Adaptation> fitted = settings.fitted().map(Adaptation::read);
    ModelCatalogue installed =
        settings
            .models()
            .map(folder -> ModelCatalogue.shippedAnd(folder, settings.profile()))
            .orElseGet(() -> ModelCatalogue.shipped(settings.profile()));
    ModelCatalogue catalogue =
        fitted.map(fit -> installed.fitted(fit, settings.profile())).orElse(installed);
    List<AdaptedHead> heads = fitted.map(Adaptation::heads).orElse(List.of());
    this.classifiers =
        new ClassifierExaminer(
            catalogue,
            settings.profile() != Profile.THOROUGH,
            mapped(settings),
            heads,
            settings.threads());
    List<Examiner> all = new ArrayList<>(found());
    all.add(new ProvenanceExaminer(provenance(settings)));
    if (mapped(settings)) {
      all.add(new MapsExaminer());
    }
    settings
        .known()
        .map(index -> new KnownExaminer(index, classifiers::embedded))
        .ifPresent(all::add);
    all.addAll(own);
    all.add(classifiers);
    this.sound = new SoundExaminer(catalogue, heads, settings.threads());
    all.add(sound);
    List<Examiner> examiners = chosen(all, settings.only());
    boolean judges = examiners.contains(classifiers);
    boolean asks = judges || examiners.contains(sound);
    Fusion fusion = new Fusion(catalogue.fusion());
    ChangedCopies copies =
        settings.profile() == Profile.THOROUGH ? ChangedCopies.DECISIVE : settings.copies();
    this.rules =
        new Examination.Rules(
            new Report.Tool("assay", VERSION, asks ? models(fitted) : List.of()),
            examiners,
            settings.limits(),
            fusion,
            settings.prior(),
            settings.redacted(),
            judges
                ? Optional.of(
                    new Stability(
                        classifiers.id(), classifiers::look, copies, fusion, settings.prior()))
                : Optional.empty());
  }

  /** Those of the installation, and what a user fitted beside them. */
  private List<Report.ModelReference> models(Optional<Adaptation> fitted) {
    List<Report.ModelReference> models = new ArrayList<>(classifiers.models());
    fitted.ifPresent(own -> models.addAll(own.references()));
    return models;
  }

  /**
   * A detector with the default settings: shipped models, the balanced profile, prior 0.5, {@link
   * Limits#defaults}.
   *
   * @throws InstallationException as {@link #open(DetectorSettings)}
   */
  public static Detector open() {
    return open(DetectorSettings.defaults());
  }

  /**
   * A detector; models are loaded when first needed.
   *
   * @throws InstallationException if the models' folder holds no model, or a broken one, a list of
   *     trusted certificates cannot be read, or an examiner is asked for that is not there
   */
  public static Detector open(DetectorSettings settings) {
    return open(settings, List.of());
  }

  /**
   * A detector with examiners beside those that ship and those found on the class path.
   *
   * @param own what is added; the detector closes them
   * @throws InstallationException as {@link #open(DetectorSettings)}
   */
  public static Detector open(DetectorSettings settings, List<Examiner> own) {
    return new Detector(settings, own);
  }

  /**
   * What examiners there are: those that ship, and those found by the context class loader of this
   * thread, in the order in which they look.
   *
   * @throws InstallationException if one cannot be loaded
   */
  public static List<ExaminerInfo> examiners() {
    List<ExaminerInfo> all = new ArrayList<>();
    for (Examiner examiner : found()) {
      try (examiner) {
        all.add(examiner.info());
      }
    }
    all.add(ProvenanceExaminer.INFO);
    all.add(MapsExaminer.INFO);
    all.add(KnownExaminer.INFO);
    all.add(ClassifierExaminer.INFO);
    all.add(SoundExaminer.INFO);
    return all.stream().sorted(Comparator.comparing(ExaminerInfo::decodes)).toList();
  }

  private static ProvenanceReader provenance(DetectorSettings settings) {
    ProvenanceReader reader =
        new ProvenanceReader(new TrustLists(settings.trusted())::anchors, Clock.systemUTC());
    return settings.fetching() ? reader.fetching() : reader;
  }

  private static boolean mapped(DetectorSettings settings) {
    return settings.maps()
        || settings.profile() == Profile.THOROUGH
        || settings.only().contains(MapsExaminer.INFO.id());
  }

  /** Those that are asked for; what reads bytes alone looks first. */
  private static List<Examiner> chosen(List<Examiner> all, List<String> only) {
    List<String> known = all.stream().map(Examiner::id).toList();
    for (String id : only) {
      if (!known.contains(id) && id.equals(KnownExaminer.INFO.id())) {
        throw new InstallationException(
            "The examiner known needs an index of known media; name one with --known.");
      }
      if (!known.contains(id)) {
        throw new InstallationException(
            "There is no examiner " + id + "; there are " + String.join(", ", known) + ".");
      }
    }
    return all.stream()
        .filter(e -> only.isEmpty() || only.contains(e.id()))
        .sorted(Comparator.comparing(e -> e.info().decodes()))
        .toList();
  }

  private static List<Examiner> found() {
    try {
      return ServiceLoader.load(Examiner.class).stream().map(ServiceLoader.Provider::get).toList();
    } catch (ServiceConfigurationError e) {
      throw e.getCause() instanceof InstallationException broken
          ? broken
          : new InstallationException("An examiner cannot be loaded: " + e.getMessage() + ".", e);
    }
  }

  /**
   * Examines a file.
   *
   * @param file where it lies
   * @return what was found, named by the path as given
   */
  public Report analyze(Path file) {
    return analyze(Objects.requireNonNull(file, "file"), file.toString());
  }

  @Override
  public Report analyze(Path file, String name) {
    return examine(
        Source.of(Objects.requireNonNull(file, "file"), Objects.requireNonNull(name, "name")));
  }

  /**
   * Examines a file whose hash is known from writing it, which saves reading all of it once more.
   *
   * @param file where it lies
   * @param name what the report calls it
   * @param sha256 of its content, lower-case hexadecimal; stands in the report, and is not checked
   */
  public Report analyze(Path file, String name, String sha256) {
    return examine(Source.of(file, name, sha256));
  }

  /**
   * Examines media held in memory.
   *
   * @param content the whole file; not changed, and not kept
   * @param name what the report calls it
   */
  public Report analyze(byte[] content, String name) {
    return examine(
        Source.of(
            Objects.requireNonNull(content, "content"), Objects.requireNonNull(name, "name")));
  }

  /**
   * Examines media from a stream, which is not closed. What does not fit into a mebibyte is kept in
   * a temporary file meanwhile, up to the limit on bytes.
   *
   * @param content the whole file
   * @param name what the report calls it
   */
  public Report analyze(InputStream content, String name) {
    Objects.requireNonNull(content, "content");
    Objects.requireNonNull(name, "name");
    try {
      byte[] head = content.readNBytes(IN_MEMORY_BYTES);
      return head.length < IN_MEMORY_BYTES ? analyze(head, name) : spilled(head, content, name);
    } catch (IOException e) {
      return failed(name, MediaException.unreadable(e));
    } catch (RuntimeException e) {
      // A stream that somebody else wrote.
      return failed(name, MediaException.unreadable(new IOException(e)));
    }
  }

  /** In a folder of its own, so that no other file counts as lying beside it. */
  private Report spilled(byte[] head, InputStream rest, String name) throws IOException {
    Path folder = Files.createTempDirectory("assay-stream-");
    Path file = folder.resolve("content");
    try {
      long size = head.length;
      try (OutputStream out = Files.newOutputStream(file)) {
        out.write(head);
        byte[] buffer = new byte[BUFFER_BYTES];
        for (int n = rest.read(buffer);
            n >= 0 && size <= rules.limits().bytes();
            n = rest.read(buffer)) {
          out.write(buffer, 0, n);
          size += n;
        }
      }
      return size > rules.limits().bytes()
          ? failed(
              name,
              new MediaException(
                  FailureCode.TOO_MANY_BYTES,
                  Sentence.of("The stream holds more than {0} bytes.", rules.limits().bytes())))
          : analyze(file, name);
    } finally {
      Files.deleteIfExists(file);
      Files.deleteIfExists(folder);
    }
  }

  /** The same as {@link #analyze(Path, String, Onlooker)}, named by the path as given. */
  public Report analyze(Path file, Onlooker onlooker) {
    return analyze(file, file.toString(), onlooker);
  }

  /**
   * Examines a file, and lets somebody look at it while it is still open: for pages that show more
   * than the report.
   *
   * @param file where it lies
   * @param name what the report calls it
   * @param onlooker sees the media, if it was examined
   */
  public Report analyze(Path file, String name, Onlooker onlooker) {
    return examine(
        Source.of(file, name),
        (report, media) -> onlooker.look(new Examined(report, media, classifiersThatLook())));
  }

  private Optional<ClassifierExaminer> classifiersThatLook() {
    return Optional.of(classifiers).filter(rules.examiners()::contains);
  }

  @Override
  public Fingerprinted fingerprinted(Path file, String name) {
    List<MediaFingerprint> fingerprints = new ArrayList<>();
    Report report =
        examine(
            Source.of(file, name),
            (made, media) -> fingerprints.add(Fingerprints.of(media, classifiers::embedded)));
    return new Fingerprinted(
        report,
        fingerprints.stream()
            .filter(fingerprint -> !fingerprint.frames().isEmpty())
            .findFirst()
            .map(fingerprint -> ByteBuffer.wrap(fingerprint.bytes())));
  }

  @Override
  public Optional<byte[]> thumbnail(Path file, int side) {
    return ofFirstFrame(
        file,
        media ->
            media.kind() == MediaKind.AUDIO
                ? Optional.empty()
                : Optional.of(
                    Images.jpeg(media.frames().get(0).picture(), side, THUMBNAIL_QUALITY)));
  }

  @Override
  public Optional<byte[]> copy(Path file, Condition condition) {
    return ofFirstFrame(
        file,
        media ->
            media.kind() == MediaKind.IMAGE
                ? Optional.of(ConditionedCopy.of(media.frames().get(0).picture(), condition))
                : Optional.empty());
  }

  @Override
  public Optional<ContentFeatures> features(Path file) {
    return made(
        file,
        rules.limits(),
        media ->
            media.kind() == MediaKind.AUDIO ? sound.features(media) : classifiers.features(media));
  }

  /** What is made of a file. */
  private interface Made<T> {
    Optional<T> of(OpenedMedia media) throws MediaException;
  }

  private Optional<byte[]> ofFirstFrame(Path file, Made<byte[]> made) {
    return made(file, rules.limits().withFrames(1), made);
  }

  private static <T> Optional<T> made(Path file, Limits limits, Made<T> made) {
    try (OpenedMedia media = MediaOpener.open(Source.of(file, file.toString()), limits)) {
      return made.of(media);
    } catch (InstallationException e) {
      throw e;
    } catch (MediaException | IOException | RuntimeException | OutOfMemoryError e) {
      return Optional.empty();
    }
  }

  /** Sees what a report is about. */
  @FunctionalInterface
  public interface Onlooker {
    /** Looks at what was examined, which is valid until this method returns. */
    void look(Examined examined) throws MediaException, IOException;
  }

  /** A file that was examined, while it is still open. */
  public static final class Examined {

    private final Report report;
    private final Media media;
    private final Optional<ClassifierExaminer> classifiers;

    private Examined(Report report, Media media, Optional<ClassifierExaminer> classifiers) {
      this.report = report;
      this.media = media;
      this.classifiers = classifiers;
    }

    /** What was found. */
    public Report report() {
      return report;
    }

    /** The file. */
    public Media media() {
      return media;
    }

    /**
     * What a model says of places all over the first frame; computed at every call.
     *
     * @return none where no model judged the content
     * @throws MediaException if the frame cannot be decoded, or the time does not suffice
     */
    public List<Region> regions() throws MediaException {
      return media.kind() == MediaKind.AUDIO || classifiers.isEmpty()
          ? List.of()
          : classifiers.get().attribution(media, MAX_ATTRIBUTED_CROPS);
    }

    /**
     * What the model that looks for changed parts says of every patch of a still picture; computed
     * at every call.
     *
     * @return none where no such model judged the content
     * @throws MediaException if the picture cannot be decoded, or the time does not suffice
     */
    public List<Region> patches() throws MediaException {
      return classifiers.isEmpty() ? List.of() : classifiers.get().edits(media);
    }

    /**
     * Known media that it is a copy of, in the order of the evidence on them.
     *
     * @throws IOException if the file cannot be read
     */
    public List<KnownFrame> known() throws IOException {
      return KnownExaminer.matches(media);
    }

    /**
     * The sound as a small file that browsers play, coded anew; made at every call.
     *
     * @param most how large it may be, in bytes
     * @return Opus in Ogg; empty where there is no sound, it cannot be decoded within the time, or
     *     it is too long
     * @throws IOException if there is no room for it among the temporary files
     */
    public Optional<byte[]> playableSound(int most) throws IOException {
      try (Sound sound = media.sound().orElse(null)) {
        return sound == null ? Optional.empty() : PlayableSound.of(sound, most);
      } catch (MediaException e) {
        return Optional.empty();
      }
    }
  }

  @Override
  public Report failed(String name, MediaException reason) {
    return Examination.failed(name, rules, reason);
  }

  @Override
  public Archives archives() {
    return new LocalArchives(rules.limits().time());
  }

  @Override
  public Report.Tool tool() {
    return rules.tool();
  }

  @Override
  public void close() {
    closed = true;
    rules.examiners().forEach(Examiner::close);
    // Asked beside the examiners too: for features, and where files lie among others.
    classifiers.close();
    sound.close();
  }

  private Report examine(Source source) {
    return examine(source, (report, media) -> {});
  }

  private Report examine(Source source, Examination.Onlooker onlooker) {
    if (closed) {
      throw new IllegalStateException("the detector is closed");
    }
    return Examination.run(source, rules, onlooker);
  }
}
