package dev.assay.cli;

import dev.assay.internal.resource.UserFolders;
import dev.assay.server.AssayServer;
import dev.assay.server.ServerSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/** {@code assay desk}: a page of this machine, on which files are dropped to be examined. */
final class DeskCommand implements Command {

  private static final int PORT = 8088;
  private static final Duration KEEP = Duration.ofDays(30);

  /** What is not done by then is begun again at the next start; nobody else waits for it. */
  private static final Duration GRACE = Duration.ofSeconds(3);

  @Override
  public String name() {
    return "desk";
  }

  @Override
  public String arguments() {
    return "[options]";
  }

  @Override
  public String summary() {
    return "Open a page of this machine on which files are dropped to be examined.";
  }

  private static ServerSettings defaults() {
    ServerSettings settings = ServerSettings.defaults();
    return settings
        .at(settings.host(), PORT)
        .withDesk(true)
        .withGrace(GRACE)
        .withJobs(UserFolders.data().resolve("desk"), settings.jobs(), KEEP);
  }

  @Override
  public Options options() {
    Options options = new Options();
    options.addOption(
        Option.builder().longOpt("no-browser").desc("print the address, and open nothing").get());
    options.addOption(Languages.option());
    ServerOptions.addTo(options, defaults(), "user's data folder");
    return options;
  }

  @Override
  public int run(CommandLine line, Terminal terminal) throws UsageException, IOException {
    if (!line.getArgList().isEmpty()) {
      throw new UsageException("desk takes no files; they are dropped on its page.");
    }
    Terminal spoken = terminal.in(Languages.of(line));
    ServerSettings settings = ServerOptions.settings(line, defaults());
    // What the page asks for each second is no news to whoever has it open.
    PrintStream log =
        line.hasOption("log-names")
            ? terminal.out()
            : new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    Listening.run(settings, log, terminal, server -> open(line, spoken, server));
    return ExitCode.DONE;
  }

  private static void open(CommandLine line, Terminal terminal, AssayServer server) {
    terminal
        .err()
        .println(
            terminal.say(
                "The desk is open until Ctrl-C, at {0}", spoken(line, server.deskAddress())));
    if (terminal.ownsProcess() && !line.hasOption("no-browser")) {
      Browser.open(spoken(line, server.deskAddressOnce()));
    }
  }

  /** The page in the language that was asked for, until its reader chooses another. */
  private static String spoken(CommandLine line, URI address) {
    return line.hasOption(Languages.NAME)
        ? address.toString().replace("/desk/", "/desk/?lang=" + line.getOptionValue(Languages.NAME))
        : address.toString();
  }
}
