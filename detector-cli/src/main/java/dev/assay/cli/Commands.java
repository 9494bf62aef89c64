package dev.assay.cli;

import java.util.List;
import java.util.Optional;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/** The commands that there are. */
final class Commands {

  private Commands() {}

  /** All of them, in the order of the help. */
  static List<Command> all() {
    return List.of(
        new ScanCommand(),
        new InspectCommand(),
        new VerifyCommand(),
        new DeskCommand(),
        new ServeCommand(),
        new EvaluateCommand(),
        new CalibrateCommand(),
        new AdaptCommand(),
        new IndexCommand(),
        new ClusterCommand(),
        new BenchCommand(),
        new ModelsCommand(),
        new ReportCommand(),
        new MapCommand(),
        new TrustCommand(),
        new CompletionCommand(),
        new HelpCommand());
  }

  /** The command that a word calls. */
  static Optional<Command> named(String word) {
    return all().stream().filter(command -> command.name().equals(word)).findFirst();
  }

  /** The options that any command takes. */
  static Options common() {
    Options options = new Options();
    options.addOption(
        DetectorOptions.option(
            Plugins.OPTION.substring(2),
            "DIR",
            "also use the examiners and forms of output in the jars of this folder"));
    options.addOption(
        Option.builder()
            .longOpt(Main.DEBUG.substring(2))
            .desc("show stack traces of internal errors")
            .get());
    options.addOption(Option.builder("h").longOpt("help").desc("show help").get());
    return options;
  }

  /** The options that can stand without a command. */
  static Options withoutCommand() {
    Options options = common();
    options.addOption(Option.builder("V").longOpt("version").desc("print the version").get());
    return options;
  }
}
