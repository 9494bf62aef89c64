package dev.assay.cli;

import dev.assay.internal.provenance.trust.TrustLists;
import dev.assay.internal.provenance.trust.TrustLists.Published;
import dev.assay.internal.provenance.trust.TrustUpdate;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;

/** {@code assay trust}: the lists of trusted signers of C2PA manifests. */
final class TrustCommand implements Command {

  private static final String NEWER = " 'assay trust update' fetches a newer one";

  private static final Map<String, String> WHAT =
      Map.of(
          TrustLists.SIGNERS,
          "authorities that certify signers, by the C2PA",
          TrustLists.TIME_STAMPS,
          "authorities for time-stamps, by the C2PA",
          TrustLists.PUBLISHERS,
          "certificates of news publishers that the IPTC verified; they make no manifest trusted");

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
    return "Fetch newer lists of trusted signers, the only use of a network; or show those in force.";
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
    TrustUpdate update = TrustUpdate.published(TrustLists.folder());
    if (line.hasOption("from")) {
      String text = line.getOptionValue("from");
      try {
        URI place = URI.create(text.endsWith("/") ? text : text + "/");
        update = TrustUpdate.from(place, TrustLists.folder());
      } catch (IllegalArgumentException e) {
        throw new UsageException("--from takes the address of a folder, not '" + text + "'.");
      }
    }
    Map<String, Integer> counts = update.run();
    counts.forEach(
        (name, count) ->
            terminal
                .out()
                .println(name + ": " + count + " certificates, in " + TrustLists.folder()));
    return ExitCode.DONE;
  }

  private static int list(Terminal terminal) {
    Instant now = Instant.now();
    for (Published list : new TrustLists(Optional.empty()).published()) {
      terminal
          .out()
          .println(
              list.name()
                  + ": "
                  + WHAT.get(list.name())
                  + ", of "
                  + list.date()
                  + " ("
                  + list.age(now)
                  + " days ago), "
                  + list.place().map(Path::toString).orElse("as it ships"));
      if (list.old(now)) {
        terminal.out().println("  ! older than " + TrustLists.OLD_DAYS + " days;" + NEWER);
      }
      for (X509Certificate certificate : list.certificates()) {
        terminal
            .out()
            .println("  " + Terminal.safe(certificate.getSubjectX500Principal().getName()));
      }
    }
    return ExitCode.DONE;
  }
}
