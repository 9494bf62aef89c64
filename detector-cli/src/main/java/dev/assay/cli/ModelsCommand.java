package dev.assay.cli;

import dev.assay.Profile;
import dev.assay.internal.model.Card;
import dev.assay.internal.model.ModelCatalogue;
import dev.assay.internal.model.ModelFolder;
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
    return "List the trained models that judge the content.";
  }

  @Override
  public Options options() {
    Options options = new Options();
    options.addOption(DetectorOptions.PROFILE);
    options.addOption(
        DetectorOptions.option("models", "DIR", "also list the models in this folder"));
    return options;
  }

  @Override
  public int run(CommandLine line, Terminal terminal) throws UsageException {
    if (!line.getArgList().isEmpty()) {
      throw new UsageException("models takes no path; name a folder of models with --models.");
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
    return ExitCode.DONE;
  }
}
