package dev.assay;

import dev.assay.internal.settings.SettingsJson;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What shapes a {@link Detector}, as a value that can be sent to another process or machine and
 * made into a detector there.
 *
 * @param profile how much work the content of a file is worth
 * @param copies what is made of changed copies of still pictures
 * @param maps whether the forensic maps look at still pictures, as they always do with {@link
 *     Profile#THOROUGH}
 * @param modelFolder a model folder, or a folder of model folders, whose models are added to those
 *     that ship; null for none
 * @param profileFolder what a user fitted to media of their own by {@code assay calibrate} or
 *     {@code assay adapt}; null for nothing. Its prior counts only where the caller sets it
 * @param knownIndex an index of known media, in which copies are looked for; null for none
 * @param trustList a PEM file of certificates whose signatures of C2PA manifests are believed,
 *     beside the published lists; null for none
 * @param fetching whether a C2PA manifest that a file points to is fetched from where it lies
 * @param only ids of the examiners that may look; none for all
 * @param redacted whether prompts, and what else may be private, are left out of reports
 * @param prior probability that a file is synthetic before anything is seen of it, strictly between
 *     0 and 1
 * @param threads how many threads the examination of one file may use, at least 1
 * @param limits what one file may cost
 */
public record DetectorSettings(
    Profile profile,
    ChangedCopies copies,
    boolean maps,
    @Nullable String modelFolder,
    @Nullable String profileFolder,
    @Nullable String knownIndex,
    @Nullable String trustList,
    boolean fetching,
    List<String> only,
    boolean redacted,
    double prior,
    int threads,
    Limits limits)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  public DetectorSettings {
    only = List.copyOf(only);
    if (!(prior > 0 && prior < 1)) {
      throw new IllegalArgumentException("the prior must lie strictly between 0 and 1: " + prior);
    }
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1: " + threads);
    }
  }

  /**
   * Balanced profile, no changed copies or maps, shipped models, prior 0.5, one thread, all limits.
   */
  public static DetectorSettings defaults() {
    return new DetectorSettings(
        Profile.BALANCED,
        ChangedCopies.NONE,
        false,
        null,
        null,
        null,
        null,
        false,
        List.of(),
        false,
        0.5,
        1,
        Limits.defaults());
  }

  /**
   * Reads settings as {@link #json} writes them; those that are not named have their defaults.
   *
   * @throws IllegalArgumentException if it is no JSON object, names what is no setting, or gives
   *     one a value that it cannot have; the message is a sentence for people
   */
  public static DetectorSettings read(String json) {
    return SettingsJson.read(json);
  }

  /**
   * The settings as a JSON object on one line: {@code profile}, {@code copies}, {@code maps},
   * {@code models}, {@code profileDir}, {@code known}, {@code trustList}, {@code fetchManifests},
   * {@code only}, {@code redact}, {@code prior}, {@code threads} and {@code limits}.
   */
  public String json() {
    return SettingsJson.write(this);
  }

  /** The models that are added, if any. */
  public Optional<Path> models() {
    return Optional.ofNullable(modelFolder).map(Path::of);
  }

  /** A copy in which one thing is changed. */
  private DetectorSettings with(Consumer<Copy> change) {
    Copy copy = new Copy(this);
    change.accept(copy);
    return copy.made();
  }

  /** The settings, open to change. */
  private static final class Copy {
    private Profile profile;
    private ChangedCopies copies;
    private boolean maps;
    private @Nullable String modelFolder;
    private @Nullable String profileFolder;
    private @Nullable String knownIndex;
    private @Nullable String trustList;
    private boolean fetching;
    private List<String> only;
    private boolean redacted;
    private double prior;
    private int threads;
    private Limits limits;

    Copy(DetectorSettings from) {
      profile = from.profile;
      copies = from.copies;
      maps = from.maps;
      modelFolder = from.modelFolder;
      profileFolder = from.profileFolder;
      knownIndex = from.knownIndex;
      trustList = from.trustList;
      fetching = from.fetching;
      only = from.only;
      redacted = from.redacted;
      prior = from.prior;
      threads = from.threads;
      limits = from.limits;
    }

    DetectorSettings made() {
      return new DetectorSettings(
          profile,
          copies,
          maps,
          modelFolder,
          profileFolder,
          knownIndex,
          trustList,
          fetching,
          only,
          redacted,
          prior,
          threads,
          limits);
    }
  }

  /** The same with another profile. */
  public DetectorSettings withProfile(Profile value) {
    return with(copy -> copy.profile = value);
  }

  /** The same with another use of changed copies. */
  public DetectorSettings withCopies(ChangedCopies value) {
    return with(copy -> copy.copies = value);
  }

  /** The same with or without the forensic maps. */
  public DetectorSettings withMaps(boolean value) {
    return with(copy -> copy.maps = value);
  }

  /** The same with the models of a folder. */
  public DetectorSettings withModels(Path folder) {
    return with(copy -> copy.modelFolder = folder.toString());
  }

  /** What a user fitted to media of their own, if anything. */
  public Optional<Path> fitted() {
    return Optional.ofNullable(profileFolder).map(Path::of);
  }

  /** The same as fitted to media of the user's own, by a folder of {@code assay adapt}. */
  public DetectorSettings withProfileFolder(Path folder) {
    return with(copy -> copy.profileFolder = folder.toString());
  }

  /** The index of known media, if there is one. */
  public Optional<Path> known() {
    return Optional.ofNullable(knownIndex).map(Path::of);
  }

  /** The same with an index of known media, in which copies are looked for. */
  public DetectorSettings withKnown(Path index) {
    return with(copy -> copy.knownIndex = index.toString());
  }

  /** The user's own list of trusted certificates, if there is one. */
  public Optional<Path> trusted() {
    return Optional.ofNullable(trustList).map(Path::of);
  }

  /** The same with a list of trusted certificates. */
  public DetectorSettings withTrustList(Path pem) {
    return with(copy -> copy.trustList = pem.toString());
  }

  /**
   * The same with or without fetching manifests from where files point to: over HTTPS alone, from
   * no private address. Off by default, since it tells a stranger's server that the file is looked
   * at.
   */
  public DetectorSettings withFetchedManifests(boolean value) {
    return with(copy -> copy.fetching = value);
  }

  /** The same with these examiners alone. */
  public DetectorSettings withOnly(List<String> examiners) {
    return with(copy -> copy.only = examiners);
  }

  /** The same without prompts, and what else may be private, in reports. */
  public DetectorSettings withRedaction() {
    return with(copy -> copy.redacted = true);
  }

  /** The same with another prior. */
  public DetectorSettings withPrior(double value) {
    return with(copy -> copy.prior = value);
  }

  /** The same with another number of threads. */
  public DetectorSettings withThreads(int value) {
    return with(copy -> copy.threads = value);
  }

  /** The same with other limits. */
  public DetectorSettings withLimits(Limits value) {
    return with(copy -> copy.limits = value);
  }
}
