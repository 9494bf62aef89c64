package dev.assay.cli;

import dev.assay.Detector;
import dev.assay.InstallationException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.ParseException;

/**
 * The entry: finds the subcommand, runs it, and turns what went wrong into a sentence and an exit
 * code.
 */
public final class Main {

  static final String DEBUG = "--debug";

  /** Set to {@code true} where {@link #DEBUG} was given. */
  static final String DEBUG_PROPERTY = "assay.debug";

  // Held here, since the logging framework holds its loggers weakly.
  private static final Logger LIBRARY_LOG = Logger.getLogger("dev.assay");

  private Main() {}

  /** Runs the command and ends the process with its {@link ExitCode}. */
  public static void main(String[] arguments) {
    PrintStream out = stream(FileDescriptor.out);
    PrintStream err = stream(FileDescriptor.err);
    int code =
        run(
            List.of(arguments),
            new Terminal(
                out,
                err,
                Boolean.getBoolean("assay.stderr.terminal"),
                Boolean.getBoolean("assay.stdout.terminal"),
                true));
    out.flush();
    err.flush();
    System.exit(code);
  }

  /**
   * Runs the command.
   *
   * @return an {@link ExitCode}
   */
  static int run(List<String> arguments, Terminal terminal) {
    boolean debug = arguments.stream().takeWhile(a -> !a.equals("--")).anyMatch(DEBUG::equals);
    System.setProperty(DEBUG_PROPERTY, Boolean.toString(debug));
    logBugs(debug);
    try {
      return dispatch(
          Plugins.takenFrom(debug ? withoutFirst(arguments, DEBUG) : arguments), terminal);
    } catch (UsageException e) {
      terminal.err().println("assay: " + Terminal.safe(String.valueOf(e.getMessage())));
      terminal.err().println("Run 'assay help' to see the commands and their options.");
      return ExitCode.USAGE;
    } catch (FileSystemException e) {
      terminal.err().println("assay: " + Terminal.safe(sentence(e)));
      return ExitCode.BROKEN;
    } catch (InstallationException | IOException e) {
      terminal.err().println("assay: " + Terminal.safe(String.valueOf(e.getMessage())));
      return ExitCode.BROKEN;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      terminal.err().println("assay: interrupted");
      return ExitCode.BROKEN;
    } catch (RuntimeException | Error e) {
      terminal.err().println("assay: " + Terminal.safe("internal error: " + e + "."));
      if (debug) {
        e.printStackTrace(terminal.err());
      } else {
        terminal.err().println("This is a bug. Run with --debug to see where, and report it.");
      }
      return ExitCode.BROKEN;
    }
  }

  /** What the JDK says of these is often the file's name alone. */
  private static String sentence(FileSystemException e) {
    String cause =
        e instanceof NoSuchFileException
            ? "there is no such file or folder, or it cannot be made"
            : e instanceof AccessDeniedException
                ? "it may not be read or written"
                : e.getReason() == null ? e.getClass().getSimpleName() : e.getReason();
    return e.getFile() + ": " + cause + ".";
  }

  /** The library logs the causes of bugs that it survives; people see them only when they ask. */
  private static void logBugs(boolean shown) {
    LIBRARY_LOG.setLevel(shown ? Level.ALL : Level.OFF);
  }

  private static List<String> withoutFirst(List<String> arguments, String word) {
    List<String> rest = new ArrayList<>(arguments);
    rest.remove(word);
    return rest;
  }

  private static int dispatch(List<String> arguments, Terminal terminal)
      throws UsageException, IOException, InterruptedException {
    if (arguments.isEmpty()) {
      help(terminal.err()).overview();
      return ExitCode.USAGE;
    }
    String word = arguments.get(0);
    if (word.equals("--version") || word.equals("-V")) {
      terminal.out().println("assay " + Detector.VERSION);
      return ExitCode.DONE;
    }
    if (word.equals("--help") || word.equals("-h")) {
      help(terminal.out()).overview();
      return ExitCode.DONE;
    }
    Command command =
        Commands.named(word)
            .orElseThrow(() -> new UsageException("unknown command '" + word + "'."));
    List<String> rest = arguments.subList(1, arguments.size());
    if (asksForHelp(rest)) {
      help(terminal.out()).of(command);
      return ExitCode.DONE;
    }
    return command.run(parse(command, rest), terminal);
  }

  private static HelpText help(PrintStream out) {
    return new HelpText(new TerminalHelp(out));
  }

  /** Whether help is asked for, before the mark that ends options. */
  private static boolean asksForHelp(List<String> arguments) {
    return arguments.stream()
        .takeWhile(argument -> !argument.equals("--"))
        .anyMatch(argument -> argument.equals("--help") || argument.equals("-h"));
  }

  private static CommandLine parse(Command command, List<String> arguments) throws UsageException {
    try {
      return DefaultParser.builder()
          .setAllowPartialMatching(false)
          .get()
          .parse(command.options(), arguments.toArray(new String[0]));
    } catch (ParseException e) {
      throw new UsageException(command.name() + ": " + e.getMessage() + ".");
    }
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
  }
}
