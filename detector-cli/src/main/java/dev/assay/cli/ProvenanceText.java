package dev.assay.cli;

import dev.assay.Evidence;
import dev.assay.Sentence;
import dev.assay.internal.report.ManifestDetails;
import dev.assay.internal.report.ManifestDetails.Ingredient;
import dev.assay.internal.report.ManifestDetails.Manifest;
import dev.assay.internal.report.ProvenanceAnswers;
import dev.assay.internal.report.ProvenanceAnswers.Answer;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** What a C2PA manifest store says, as a tree: who signed what, and what it was made from. */
final class ProvenanceText {

  private static final int MAX_DEPTH = 12;

  private final ManifestDetails details;
  private final Terminal terminal;
  private final Set<String> shown = new HashSet<>();

  private ProvenanceText(ManifestDetails details, Terminal terminal) {
    this.details = details;
    this.terminal = terminal;
  }

  static void print(Evidence piece, Terminal terminal) {
    ManifestDetails details = ManifestDetails.of(piece);
    terminal.out().println();
    terminal
        .out()
        .println(
            terminal.say(
                "Provenance (C2PA, {0}): {1}", details.where(), Sentence.of(details.state())));
    for (Answer answer : ProvenanceAnswers.of(details)) {
      terminal
          .out()
          .println(
              "  "
                  + Terminal.padded(terminal.say(answer.question()), 10)
                  + terminal.coloured(answer.tone(), terminal.say(answer.answer())));
    }
    details.failures().forEach(failure -> terminal.out().println("  ! " + terminal.say(failure)));
    details.meanings().forEach(meaning -> terminal.out().println("    " + terminal.say(meaning)));
    if (!details.manifests().isEmpty()) {
      new ProvenanceText(details, terminal).manifest(details.manifests().get(0), 1);
    }
    if (details.timeline().size() > 1) {
      terminal.out().println("  " + terminal.say("Signed in this order:"));
      details.timeline().forEach(manifest -> signed(manifest, terminal));
    }
  }

  private static void signed(Manifest manifest, Terminal terminal) {
    terminal
        .out()
        .println(
            "    "
                + terminal.say(
                    manifest.timeTrusted() ? "{0}  {1}: {2}" : "{0} (not proved)  {1}: {2}",
                    manifest.time(),
                    named(manifest.generator(), "unnamed software"),
                    manifest.actions().isEmpty()
                        ? Sentence.of("no actions told")
                        : Sentence.list(manifest.actions())));
  }

  private void manifest(Manifest manifest, int depth) {
    shown.add(manifest.label());
    Sentence generator = named(manifest.generator(), "unnamed software");
    line(depth, manifest.update() ? "update by {0}" : "manifest by {0}", generator);
    if (!manifest.signer().isEmpty()) {
      line(
          depth + 1,
          "signed by {0}, certified by {1} until {2}, {3}",
          manifest.signer(),
          manifest.issuer(),
          manifest.validUntil(),
          stamp(manifest));
    }
    manifest
        .identities()
        .forEach(
            identity ->
                line(
                    depth + 1,
                    "identity: {0}, by {1}: {2}",
                    named(identity.names(), "somebody"),
                    named(identity.issuer(), "somebody"),
                    Sentence.of(identity.answer())));
    if (!manifest.actions().isEmpty()) {
      line(depth + 1, "actions: {0}", Sentence.list(manifest.actions()));
    }
    manifest.ingredients().forEach(ingredient -> ingredient(ingredient, depth + 1));
  }

  private static Sentence stamp(Manifest manifest) {
    if (manifest.time().isEmpty()) {
      return Sentence.of("no time-stamp");
    }
    return manifest.timeTrusted()
        ? Sentence.of("time-stamp {0}", manifest.time())
        : Sentence.of("time-stamp {0} of an authority on no trust list", manifest.time());
  }

  private void ingredient(Ingredient ingredient, int depth) {
    String what =
        switch (ingredient.relationship()) {
          case "parentOf" -> "made from {0}{1}";
          case "componentOf" -> "contains {0}{1}";
          default -> "used {0}{1}";
        };
    String label = ingredient.manifest();
    Optional<Manifest> found = details.manifest(label);
    String rest =
        found.isEmpty()
            ? label.isEmpty() ? ", without a manifest" : ", whose manifest is not there"
            : shown.contains(label) ? ", told above" : ":";
    Sentence title =
        ingredient.title().isEmpty()
            ? Sentence.of("something")
            : Sentence.of("'{0}'", ingredient.title());
    line(depth, what, title, Sentence.of(rest));
    if (found.isPresent() && !shown.contains(label) && depth < MAX_DEPTH) {
      manifest(found.get(), depth + 1);
    }
  }

  private static Sentence named(String text, String otherwise) {
    return text.isEmpty() ? Sentence.of(otherwise) : Sentence.verbatim(text);
  }

  private void line(int depth, String pattern, Object... values) {
    terminal.out().println("  ".repeat(depth) + terminal.say(pattern, values));
  }
}
