package dev.assay.cli;

import dev.assay.scan.ReportChain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;

/** {@code assay verify}: whether a chained file of reports was changed. */
final class VerifyCommand implements Command {

  @Override
  public String name() {
    return "verify";
  }

  @Override
  public String arguments() {
    return "REPORTS [HASH]";
  }

  @Override
  public String summary() {
    return "Check that nothing changed in a file of reports that 'scan --chain' wrote.";
  }

  @Override
  public Options options() {
    return new Options();
  }

  @Override
  public Map<Integer, String> outcomes() {
    return Map.of(ExitCode.SOME_FAILED, "something was changed, or the hash is another");
  }

  @Override
  public int run(CommandLine line, Terminal terminal) throws UsageException, IOException {
    if (line.getArgList().isEmpty() || line.getArgList().size() > 2) {
      throw new UsageException("verify needs one file of reports.");
    }
    Path file = DetectorOptions.path(line.getArgList().get(0));
    if (!Files.isRegularFile(file)) {
      throw new UsageException("verify needs a file of reports; " + file + " is none.");
    }
    ReportChain.Check check = ReportChain.check(file);
    String wanted = line.getArgList().size() > 1 ? line.getArgList().get(1) : check.head();
    terminal.out().println(check.lines() + " reports follow from one another.");
    terminal.out().println("Hash of the last: " + check.head());
    if (check.fault().isPresent()) {
      terminal.err().println("assay: " + Terminal.safe(file + ": " + check.fault().get()));
      return ExitCode.SOME_FAILED;
    }
    if (!wanted.equalsIgnoreCase(check.head())) {
      terminal.err().println("assay: " + Terminal.safe(file + " does not end with this hash."));
      return ExitCode.SOME_FAILED;
    }
    return ExitCode.DONE;
  }
}
