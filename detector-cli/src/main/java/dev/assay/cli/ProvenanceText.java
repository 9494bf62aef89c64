package dev.assay.cli;

import dev.assay.Evidence;
import dev.assay.report.ManifestDetails;
import dev.assay.report.ManifestDetails.Ingredient;
import dev.assay.report.ManifestDetails.Manifest;
import java.io.PrintStream;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** What a C2PA manifest store says, as a tree: who signed what, and what it was made from. */
final class ProvenanceText {

  private static final int MAX_DEPTH = 12;

  private final ManifestDetails details;
  private final PrintStream out;
  private final Set<String> shown = new HashSet<>();

  private ProvenanceText(ManifestDetails details, PrintStream out) {
    this.details = details;
    this.out = out;
  }

  static void print(Evidence piece, PrintStream out) {
    ManifestDetails details = ManifestDetails.of(piece);
    out.println();
    out.println(Terminal.safe("Provenance (C2PA, " + details.where() + "): " + details.state()));
    details.failures().forEach(failure -> out.println("  ! " + Terminal.safe(failure)));
    if (!details.manifests().isEmpty()) {
      new ProvenanceText(details, out).manifest(details.manifests().get(0), 1);
    }
  }

  private void manifest(Manifest manifest, int depth) {
    shown.add(manifest.label());
    String generator = manifest.generator();
    line(
        depth,
        (manifest.update() ? "update by " : "manifest by ")
            + (generator.isEmpty() ? "unnamed software" : generator));
    if (!manifest.signer().isEmpty()) {
      line(depth + 1, signed(manifest));
    }
    if (!manifest.actions().isEmpty()) {
      line(depth + 1, "actions: " + String.join(", ", manifest.actions()));
    }
    manifest.ingredients().forEach(ingredient -> ingredient(ingredient, depth + 1));
  }

  private static String signed(Manifest manifest) {
    String when =
        manifest.time().isEmpty()
            ? "no time-stamp"
            : "time-stamp "
                + manifest.time()
                + (manifest.timeTrusted() ? "" : " of an authority on no trust list");
    return "signed by "
        + manifest.signer()
        + ", certified by "
        + manifest.issuer()
        + " until "
        + manifest.validUntil()
        + ", "
        + when;
  }

  private void ingredient(Ingredient ingredient, int depth) {
    String what =
        switch (ingredient.relationship()) {
          case "parentOf" -> "made from";
          case "componentOf" -> "contains";
          default -> "used";
        };
    String label = ingredient.manifest();
    Optional<Manifest> found = details.manifest(label);
    String rest =
        found.isEmpty()
            ? label.isEmpty() ? ", without a manifest" : ", whose manifest is not there"
            : shown.contains(label) ? ", told above" : ":";
    String title = ingredient.title().isEmpty() ? "something" : "'" + ingredient.title() + "'";
    line(depth, what + " " + title + rest);
    if (found.isPresent() && !shown.contains(label) && depth < MAX_DEPTH) {
      manifest(found.get(), depth + 1);
    }
  }

  private void line(int depth, String text) {
    out.println("  ".repeat(depth) + Terminal.safe(text));
  }
}
