package dev.assay.cli;

import dev.assay.DetectorSettings;
import dev.assay.MediaKind;
import dev.assay.evaluation.ProfileFolder;
import dev.assay.internal.model.ModelCatalogue;
import dev.assay.internal.model.ModelFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/** The options of the commands that fit something to a user's media. */
final class FittingOptions {

  private static final Map<MediaKind, String> BACKBONES =
      Map.of(
          MediaKind.IMAGE, "clip-vit-b-16",
          MediaKind.VIDEO, "clip-vit-b-16",
          MediaKind.AUDIO, "whisper-tiny");

  private FittingOptions() {}

  static void addTo(Options options) {
    options.addOption(
        Option.builder("o")
            .longOpt("output")
            .hasArg()
            .argName("DIR")
            .desc("write to this profile folder, which --profile-dir uses; made if it is not there")
            .get());
    DatasetOptions.addTo(options);
  }

  /** The folder that is written to. */
  static ProfileFolder folder(CommandLine line, String command) throws UsageException {
    if (!line.hasOption("output")) {
      throw new UsageException(command + " needs -o with the profile folder to write.");
    }
    Path folder = DetectorOptions.path(line.getOptionValue("output"));
    Path parent = folder.toAbsolutePath().getParent();
    if ((Files.exists(folder) && !Files.isDirectory(folder))
        || parent == null
        || !Files.isDirectory(parent)) {
      throw new UsageException(
          "-o takes a folder, or the name of one in a folder that is there; "
              + folder
              + " is none.");
    }
    return new ProfileFolder(folder);
  }

  /** The shipped models alone are fitted: what was fitted before must not count twice. */
  static DetectorSettings settings(CommandLine line) throws UsageException {
    DetectorSettings settings = DetectorOptions.settings(line);
    if (settings.fitted().isPresent()) {
      throw new UsageException("A profile is named by -o here, not by --profile-dir.");
    }
    return settings;
  }

  /** SHA-256 of the backbone that the models read, by kind of media that has one. */
  static Map<MediaKind, String> backbones(DetectorSettings settings) {
    ModelCatalogue catalogue =
        settings
            .models()
            .map(folder -> ModelCatalogue.shippedAnd(folder, settings.profile()))
            .orElseGet(() -> ModelCatalogue.shipped(settings.profile()));
    Map<MediaKind, String> backbones = new EnumMap<>(MediaKind.class);
    BACKBONES.forEach(
        (kind, id) ->
            catalogue.backbones().stream()
                .map(ModelFolder::card)
                .filter(card -> card.id().equals(id))
                .forEach(card -> backbones.put(kind, card.sha256())));
    return backbones;
  }

  /** What files of a kind of media are called. */
  static String files(String kind) {
    return switch (kind) {
      case "image" -> "pictures";
      case "video" -> "clips";
      case "audio" -> "recordings";
      default -> "files";
    };
  }
}
