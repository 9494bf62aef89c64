package dev.assay.cli;

import dev.assay.DetectorSettings;
import dev.assay.evaluation.ProfileFolder;
import dev.assay.internal.model.BackboneCard;
import dev.assay.internal.model.ModelCatalogue;
import dev.assay.internal.model.ModelFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/** The options of the commands that fit something to a user's media. */
final class FittingOptions {

  /** The backbone of pictures and clips. */
  private static final String BACKBONE = "clip-vit-b-16";

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

  /** SHA-256 of the backbone of the models; that of none where they have none. */
  static String backbone(DetectorSettings settings) {
    ModelCatalogue catalogue =
        settings
            .models()
            .map(folder -> ModelCatalogue.shippedAnd(folder, settings.profile()))
            .orElseGet(() -> ModelCatalogue.shipped(settings.profile()));
    return catalogue.backbones().stream()
        .map(ModelFolder::card)
        .filter(card -> card.id().equals(BACKBONE))
        .map(BackboneCard::sha256)
        .findFirst()
        .orElse("");
  }
}
