package dev.assay.page;

import dev.assay.internal.html.Markup;
import dev.assay.internal.report.ManifestDetails;
import dev.assay.internal.report.ManifestDetails.Ingredient;
import dev.assay.internal.report.ManifestDetails.Manifest;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** The manifests of a store as nested lists: who signed what, and what it was made from. */
final class ManifestTree {

  private static final int MAX_DEPTH = 12;

  private final Markup page;
  private final PageTexts texts;
  private final ManifestDetails details;
  private final Set<String> shown = new HashSet<>();

  private ManifestTree(Markup page, PageTexts texts, ManifestDetails details) {
    this.page = page;
    this.texts = texts;
    this.details = details;
  }

  static void write(Markup page, PageTexts texts, ManifestDetails details) {
    if (!details.manifests().isEmpty()) {
      new ManifestTree(page, texts, details).manifest(details.manifests().get(0), MAX_DEPTH);
    }
  }

  private void manifest(Manifest manifest, int depth) {
    shown.add(manifest.label());
    page.open("ul").open("li").element("strong", texts.get("provenance.by", manifest.generator()));
    if (!manifest.signer().isEmpty()) {
      String when = manifest.time().isEmpty() ? "" : ", " + manifest.time();
      page.text(", ").text(texts.get("provenance.signed", manifest.signer() + when));
    }
    for (ManifestDetails.Identity identity : manifest.identities()) {
      page.element(
          "p",
          texts.get("provenance.identity", identity.names(), identity.issuer(), identity.answer()));
    }
    if (!manifest.actions().isEmpty()) {
      page.element("p", texts.get("provenance.actions", String.join(", ", manifest.actions())));
    }
    manifest.ingredients().forEach(ingredient -> ingredient(ingredient, depth));
    page.close("li").close("ul");
  }

  private void ingredient(Ingredient ingredient, int depth) {
    String title =
        ingredient.title().isEmpty() ? texts.get("provenance.something") : ingredient.title();
    page.element("p", texts.get("provenance.from", title));
    Optional<Manifest> found = details.manifest(ingredient.manifest());
    if (found.isPresent() && !shown.contains(ingredient.manifest()) && depth > 0) {
      manifest(found.get(), depth - 1);
    }
  }
}
