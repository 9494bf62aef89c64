package dev.assay.cli;

import dev.assay.internal.provenance.check.TrustAnchors;
import dev.assay.internal.provenance.check.TrustLists;
import dev.assay.internal.provenance.check.TrustUpdate;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;

/** {@code assay trust}: the lists of trusted signers of C2PA manifests. */
final class TrustCommand implements Command {

  @Override
  public String name() {
    return "trust";
  }

  @Override
  public String arguments() {
    return "update|list [options]";
  }

  @Override
  public List<String> words() {
    return List.of("update", "list");
  }

  @Override
  public String summary() {
    return "Fetch the C2PA's lists of trusted signers, the only use of a network; or list them.";
  }

  @Override
  public Options options() {
    Options options = new Options();
    options.addOption(
        DetectorOptions.option(
            "from", "URL", "fetch the lists from this folder, not from where the C2PA publishes"));
    return options;
  }

  @Override
  public int run(CommandLine line, Terminal terminal)
      throws UsageException, IOException, InterruptedException {
    if (line.getArgList().equals(List.of("update"))) {
      return update(line, terminal);
    }
    if (line.getArgList().equals(List.of("list"))) {
      return list(terminal);
    }
    throw new UsageException("trust takes one word, update or list.");
  }

  private static int update(CommandLine line, Terminal terminal)
      throws UsageException, IOException, InterruptedException {
    URI place = TrustUpdate.PUBLISHED;
    if (line.hasOption("from")) {
      String text = line.getOptionValue("from");
      try {
        place = URI.create(text.endsWith("/") ? text : text + "/");
      } catch (IllegalArgumentException e) {
        throw new UsageException("--from takes the address of a folder, not '" + text + "'.");
      }
    }
    Map<String, Integer> counts = new TrustUpdate(place, TrustLists.folder()).run();
    counts.forEach(
        (name, count) ->
            terminal
                .out()
                .println(name + ": " + count + " certificates, in " + TrustLists.folder()));
    return ExitCode.DONE;
  }

  private static int list(Terminal terminal) throws IOException {
    for (String name : List.of(TrustLists.SIGNERS, TrustLists.TIME_STAMPS)) {
      Path file = TrustLists.folder().resolve(name);
      if (!Files.isRegularFile(file)) {
        terminal.out().println(name + ": not there; 'assay trust update' fetches it");
        continue;
      }
      terminal.out().println(name + ", of " + Files.getLastModifiedTime(file));
      for (X509Certificate certificate : TrustAnchors.read(file)) {
        terminal
            .out()
            .println("  " + Terminal.safe(certificate.getSubjectX500Principal().getName()));
      }
    }
    return ExitCode.DONE;
  }
}
