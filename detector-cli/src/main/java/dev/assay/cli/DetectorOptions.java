package dev.assay.cli;

import dev.assay.ChangedCopies;
import dev.assay.Detector;
import dev.assay.DetectorSettings;
import dev.assay.Limits;
import dev.assay.Profile;
import dev.assay.internal.model.Adaptation;
import dev.assay.spi.ExaminerInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/** The options that shape a detector, the same for every command that makes one. */
final class DetectorOptions {

  static final Option PROFILE =
      option(
          "profile",
          "NAME",
          "fast (no vision transformer), balanced, or thorough: balanced with --stability (balanced)");

  /** The option that names what a user fitted. */
  static final String PROFILE_DIR = "profile-dir";

  /** The option that names examiners; the help of a command that has it lists them. */
  static final String ONLY = "only";

  /** Largest file of settings, in bytes. */
  private static final int MAX_CONFIG_BYTES = 1 << 20;

  private DetectorOptions() {}

  static void addTo(Options options) {
    options.addOption(
        option(
            "config",
            "FILE",
            "read settings from this JSON file; options on the command line override it"));
    options.addOption(
        option("prior", "P", "prior probability that a file is synthetic, 0 to 1 exclusive (0.5)"));
    options.addOption(PROFILE);
    options.addOption(
        Option.builder()
            .longOpt("stability")
            .desc(
                "judge changed copies of every image, and answer inconclusive where they disagree;"
                    + " takes four times as long")
            .get());
    options.addOption(
        option(
            "models",
            "DIR",
            "also use the models in this folder; same id replaces the shipped one"));
    options.addOption(
        option(
            PROFILE_DIR,
            "DIR",
            "judge as 'assay calibrate' and 'assay adapt' fitted it, in this folder"));
    options.addOption(
        option("known", "INDEX", "look for copies of media in this index of 'assay index'"));
    options.addOption(
        option(ONLY, "NAMES", "run only these examiners, comma-separated; the list is below"));
    options.addOption(
        option(
            "trust-list",
            "PEM",
            "also trust signers of C2PA manifests whose certificates lead to these"));
    options.addOption(
        Option.builder()
            .longOpt("fetch-manifests")
            .desc("fetch C2PA manifests from where files say they lie (HTTPS); off by default")
            .get());
    options.addOption(
        Option.builder()
            .longOpt("redact")
            .desc("leave prompts, generation parameters, titles and addresses out of reports")
            .get());
    options.addOption(option("frames", "N", "frames to sample from a video (16)"));
    options.addOption(
        Option.builder()
            .longOpt("exact-frames")
            .desc("sample a video at even intervals instead of by shots; slower")
            .get());
    options.addOption(
        option("max-bytes", "N", "largest file, in bytes; K, M, G for powers of 1024 (8G)"));
    options.addOption(option("max-pixels", "N", "largest picture, width times height (200000000)"));
    options.addOption(option("max-duration", "SECONDS", "how far into a video to look (14400)"));
    options.addOption(option("timeout", "SECONDS", "time for one file (120)"));
  }

  static Option option(String name, String argument, String description) {
    return Option.builder().longOpt(name).hasArg().argName(argument).desc(description).get();
  }

  /** What the line says, over what the file of settings says that it names. */
  static DetectorSettings settings(CommandLine line) throws UsageException {
    DetectorSettings settings = line.hasOption("config") ? read(line) : DetectorSettings.defaults();
    settings = settings.withLimits(limits(line, settings.limits()));
    if (line.hasOption("profile")) {
      settings = settings.withProfile(profile(line));
    }
    if (line.hasOption("stability")) {
      settings = settings.withCopies(ChangedCopies.DECISIVE);
    }
    if (line.hasOption("prior")) {
      settings =
          settings.withPrior(
              number(
                  line,
                  "prior",
                  value -> value > 0 && value < 1,
                  "a number between 0 and 1, exclusive"));
    }
    if (line.hasOption("models")) {
      settings = settings.withModels(folder(line));
    }
    if (line.hasOption(PROFILE_DIR)) {
      settings = settings.withProfileFolder(profileFolder(line));
    }
    if (line.hasOption("known")) {
      Path index = path(line.getOptionValue("known"));
      if (!Files.isRegularFile(index)) {
        throw new UsageException("--known takes an index of 'assay index'; " + index + " is none.");
      }
      settings = settings.withKnown(index);
    }
    // A prior that somebody chose, on the line or in a file of settings, is above a fitted one.
    if (settings.prior() == DetectorSettings.defaults().prior() && !line.hasOption("prior")) {
      Optional<Double> fitted = settings.fitted().flatMap(Adaptation::priorOf);
      settings = fitted.isPresent() ? settings.withPrior(fitted.get()) : settings;
    }
    if (line.hasOption(ONLY)) {
      settings = settings.withOnly(List.of(line.getOptionValue(ONLY).split(",", -1)));
    }
    if (line.hasOption("trust-list")) {
      settings = settings.withTrustList(trustList(line));
    }
    if (line.hasOption("fetch-manifests")) {
      settings = settings.withFetchedManifests(true);
    }
    if (line.hasOption("redact")) {
      settings = settings.withRedaction();
    }
    requireExaminers(settings.only());
    return settings;
  }

  private static DetectorSettings read(CommandLine line) throws UsageException {
    Path file = path(line.getOptionValue("config"));
    try {
      if (Files.size(file) > MAX_CONFIG_BYTES) {
        throw new UsageException("--config takes a file of settings; " + file + " is too large.");
      }
      return DetectorSettings.read(Files.readString(file));
    } catch (IllegalArgumentException e) {
      throw new UsageException(file + ": " + e.getMessage());
    } catch (IOException e) {
      throw new UsageException(
          "--config takes a file of settings; " + file + " cannot be read as text.");
    }
  }

  /** The ids that {@link #ONLY} takes. */
  static List<String> examiners() {
    return Detector.examiners().stream().map(ExaminerInfo::id).toList();
  }

  private static void requireExaminers(List<String> names) throws UsageException {
    if (names.isEmpty()) {
      return;
    }
    List<String> known = examiners();
    for (String name : names) {
      if (!known.contains(name)) {
        throw new UsageException(
            "There is no examiner '"
                + Terminal.safe(name)
                + "'; there are "
                + String.join(", ", known)
                + ".");
      }
    }
  }

  private static Path trustList(CommandLine line) throws UsageException {
    Path file = path(line.getOptionValue("trust-list"));
    if (!Files.isRegularFile(file)) {
      throw new UsageException("--trust-list takes a file of certificates; " + file + " is none.");
    }
    return file.toAbsolutePath();
  }

  static Profile profile(CommandLine line) throws UsageException {
    String name = line.getOptionValue("profile", Profile.BALANCED.code());
    for (Profile profile : Profile.values()) {
      if (profile.code().equals(name)) {
        return profile;
      }
    }
    throw new UsageException(
        "--profile takes fast, balanced or thorough, not '" + Terminal.safe(name) + "'.");
  }

  /** A whole number of at least 1, or the default. */
  static int count(CommandLine line, String name, int otherwise) throws UsageException {
    return line.hasOption(name) ? (int) amount(line, name, Integer.MAX_VALUE) : otherwise;
  }

  static Limits limits(CommandLine line) throws UsageException {
    return limits(line, Limits.defaults());
  }

  private static Limits limits(CommandLine line, Limits defaults) throws UsageException {
    Limits limits = defaults.withFrames(count(line, "frames", defaults.frames()));
    if (line.hasOption("exact-frames")) {
      limits = limits.withExactFrames(true);
    }
    if (line.hasOption("max-bytes")) {
      limits = limits.withBytes(bytes(line, "max-bytes"));
    }
    if (line.hasOption("max-pixels")) {
      limits = limits.withPixels(amount(line, "max-pixels", Long.MAX_VALUE));
    }
    if (line.hasOption("max-duration")) {
      limits = limits.withDuration(seconds(line, "max-duration"));
    }
    if (line.hasOption("timeout")) {
      limits = limits.withTime(seconds(line, "timeout"));
    }
    return limits;
  }

  private static Duration seconds(CommandLine line, String name) throws UsageException {
    double value = number(line, name, v -> v >= 0.001 && v <= 1e9, "a positive number of seconds");
    return Duration.ofMillis(Math.round(value * 1000));
  }

  /** A number of bytes, where a suffix stands for a power of 1024. */
  static long bytes(CommandLine line, String name) throws UsageException {
    String text = line.getOptionValue(name).toUpperCase(Locale.ROOT);
    int suffix = text.isEmpty() ? -1 : "KMG".indexOf(text.charAt(text.length() - 1));
    String digits = suffix < 0 ? text : text.substring(0, text.length() - 1);
    try {
      long value = Math.multiplyExact(Long.parseLong(digits), 1L << (10 * (suffix + 1)));
      if (value >= 1) {
        return value;
      }
    } catch (NumberFormatException | ArithmeticException e) {
      // Told below, like a number out of range.
    }
    throw new UsageException(
        "--"
            + name
            + " takes a size in bytes, with K, M or G as suffix, not '"
            + line.getOptionValue(name)
            + "'.");
  }

  private static long amount(CommandLine line, String name, long most) throws UsageException {
    try {
      long value = Long.parseLong(line.getOptionValue(name));
      if (value >= 1 && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Told below, like a number out of range.
    }
    throw new UsageException(
        "--"
            + name
            + " takes a whole number from 1 to "
            + most
            + ", not '"
            + line.getOptionValue(name)
            + "'.");
  }

  static double number(CommandLine line, String name, Predicate<Double> valid, String wanted)
      throws UsageException {
    try {
      double value = Double.parseDouble(line.getOptionValue(name));
      if (valid.test(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Told below, like a number out of range.
    }
    throw new UsageException(
        "--" + name + " takes " + wanted + ", not '" + line.getOptionValue(name) + "'.");
  }

  /** The folder of what a user fitted, which is there. */
  static Path profileFolder(CommandLine line) throws UsageException {
    Path folder = path(line.getOptionValue(PROFILE_DIR));
    if (!Files.isRegularFile(folder.resolve(Adaptation.FILE))) {
      throw new UsageException(
          "--profile-dir takes a folder that 'assay calibrate' or 'assay adapt' wrote; "
              + folder
              + " is none.");
    }
    return folder;
  }

  static Path folder(CommandLine line) throws UsageException {
    Path folder = path(line.getOptionValue("models"));
    if (!Files.isDirectory(folder)) {
      throw new UsageException("--models takes a folder; " + folder + " is none.");
    }
    return folder;
  }

  /** A file to write, whose folder is there. */
  static Path output(String text, String option) throws UsageException {
    Path file = path(text);
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder) || Files.isDirectory(file)) {
      throw new UsageException(
          option + " takes a file in a folder that is there; " + file + " is none.");
    }
    return file;
  }

  static Path path(String text) throws UsageException {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new UsageException("'" + Terminal.safe(text) + "' is no path: " + e.getReason() + ".");
    }
  }
}
