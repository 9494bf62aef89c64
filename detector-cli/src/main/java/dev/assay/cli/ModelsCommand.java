package dev.assay.cli;

import dev.assay.Profile;
import dev.assay.evaluation.ProfileFolder;
import dev.assay.internal.model.Adaptation;
import dev.assay.internal.model.Card;
import dev.assay.internal.model.ModelCatalogue;
import dev.assay.internal.model.ModelFolder;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;

/** {@code assay models}: which models there are, where from, and under which licence. */
final class ModelsCommand implements Command {

  @Override
  public String name() {
    return "models";
  }

  @Override
  public String arguments() {
    return "[options]";
  }

  @Override
  public String summary() {
    return "List the trained models that judge the content, and what was fitted beside them.";
  }

  @Override
  public Options options() {
    Options options = new Options();
    options.addOption(DetectorOptions.PROFILE);
    options.addOption(
        DetectorOptions.option("models", "DIR", "also list the models in this folder"));
    options.addOption(
        DetectorOptions.option(
            DetectorOptions.PROFILE_DIR,
            "DIR",
            "also list what 'assay calibrate' and 'assay adapt' wrote to this folder"));
    options.addOption(
        DetectorOptions.option("remove", "HEAD", "remove this head from the profile folder"));
    return options;
  }

  @Override
  public int run(CommandLine line, Terminal terminal) throws UsageException, IOException {
    if (!line.getArgList().isEmpty()) {
      throw new UsageException("models takes no path; name a folder of models with --models.");
    }
    if (line.hasOption("remove")) {
      return remove(line, terminal);
    }
    Profile profile = DetectorOptions.profile(line);
    ModelCatalogue catalogue =
        line.hasOption("models")
            ? ModelCatalogue.shippedAnd(DetectorOptions.folder(line), profile)
            : ModelCatalogue.shipped(profile);
    for (ModelFolder<?> model : catalogue.all()) {
      Card card = model.card();
      terminal.out().println(card.id() + " " + card.version());
      terminal.out().println("  " + Terminal.safe(card.description()));
      terminal.out().println("  licence  " + Terminal.safe(card.licence()));
      terminal.out().println("  from     " + Terminal.safe(model.origin()));
      terminal.out().println("  SHA-256  " + card.sha256());
    }
    if (line.hasOption(DetectorOptions.PROFILE_DIR)) {
      fitted(Adaptation.read(DetectorOptions.profileFolder(line)), terminal.out());
    }
    return ExitCode.DONE;
  }

  /** What a user fitted, and to what. */
  private static void fitted(Adaptation own, PrintStream out) {
    Adaptation.Card card = own.card();
    out.println("profile-" + card.id() + " " + card.version());
    out.println("  fitted to --profile " + Terminal.safe(card.profile()));
    card.fits()
        .forEach(
            (kind, fit) ->
                out.printf(
                    Locale.ROOT,
                    "  %s: log-odds times %.2f %+.2f, synthetic from %.1f %%%n",
                    kind,
                    fit.slope(),
                    fit.intercept(),
                    100 * fit.thresholds().synthetic()));
    for (Adaptation.Head head : card.heads()) {
      out.println(head.id() + " " + Terminal.safe(head.version()));
      out.println(
          "  A head for "
              + FittingOptions.files(head.kind())
              + " by "
              + Terminal.safe(head.system())
              + ".");
      out.println("  SHA-256  " + head.sha256());
    }
    card.history().forEach(entry -> out.println("  " + Terminal.safe(told(entry))));
  }

  /** When what was fitted, to how much, and what it was worth. */
  private static String told(Map<String, Object> entry) {
    String begin = entry.get("when") + "  " + entry.get("what") + " ";
    if (entry.get("before") instanceof Map<?, ?> before
        && entry.get("afterOnFilesLeftOut") instanceof Map<?, ?> after
        && before.get("own") instanceof Number first
        && after.get("own") instanceof Number second) {
      return begin
          + String.format(
              Locale.ROOT,
              "%s, %s %s: found at 2 %% false alarms %.1f %% before, %.1f %% after",
              entry.get("system"),
              entry.get("files"),
              FittingOptions.files(String.valueOf(entry.get("kind"))),
              100 * first.doubleValue(),
              100 * second.doubleValue());
    }
    return entry.get("files") == null
        ? begin + entry.get("head")
        : begin
            + entry.get("kind")
            + ", "
            + entry.get("files")
            + " files of "
            + entry.get("dataset");
  }

  private static int remove(CommandLine line, Terminal terminal)
      throws UsageException, IOException {
    if (!line.hasOption(DetectorOptions.PROFILE_DIR)) {
      throw new UsageException("--remove needs --profile-dir with the folder of the head.");
    }
    ProfileFolder folder = new ProfileFolder(DetectorOptions.profileFolder(line));
    String head = line.getOptionValue("remove");
    if (!folder.remove(head)) {
      throw new UsageException("There is no head " + head + " in " + folder.path() + ".");
    }
    terminal.out().println("Removed " + head + " from " + folder.path() + ".");
    return ExitCode.DONE;
  }
}
