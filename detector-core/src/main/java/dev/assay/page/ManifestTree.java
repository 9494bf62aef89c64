package dev.assay.page;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The manifests of a store as nested lists: who signed what, and what it was made from. */
final class ManifestTree {

  private final Markup page;
  private final Texts texts;
  private final List<Map<?, ?>> manifests;
  private final Set<String> shown = new HashSet<>();

  private ManifestTree(Markup page, Texts texts, List<Map<?, ?>> manifests) {
    this.page = page;
    this.texts = texts;
    this.manifests = manifests;
  }

  static void write(Markup page, Texts texts, List<?> manifests, int depth) {
    List<Map<?, ?>> all = maps(manifests);
    if (!all.isEmpty()) {
      new ManifestTree(page, texts, all).manifest(all.get(0), depth);
    }
  }

  private void manifest(Map<?, ?> manifest, int depth) {
    shown.add(text(manifest, "label"));
    page.open("ul")
        .open("li")
        .element("strong", texts.get("provenance.by", text(manifest, "generator")));
    if (manifest.get("signer") instanceof Map<?, ?> signer) {
      String organisation = text(signer, "organisation");
      String time = text(signer, "time");
      page.text(", ")
          .text(
              texts.get(
                  "provenance.signed",
                  text(signer, "name")
                      + (organisation.isEmpty() ? "" : " (" + organisation + ")")
                      + (time.isEmpty() ? "" : ", " + time)));
    }
    String actions =
        maps(manifest.get("actions")).stream()
            .map(ManifestTree::action)
            .collect(Collectors.joining(", "));
    if (!actions.isEmpty()) {
      page.element("p", texts.get("provenance.actions", actions));
    }
    for (Map<?, ?> ingredient : maps(manifest.get("ingredients"))) {
      ingredient(ingredient, depth);
    }
    page.close("li").close("ul");
  }

  private void ingredient(Map<?, ?> ingredient, int depth) {
    String title = text(ingredient, "title");
    page.element(
        "p",
        texts.get("provenance.from", title.isEmpty() ? texts.get("provenance.something") : title));
    String label = text(ingredient, "manifest");
    Optional<Map<?, ?>> found =
        manifests.stream()
            .filter(manifest -> !label.isEmpty() && text(manifest, "label").equals(label))
            .findFirst();
    if (found.isPresent() && !shown.contains(label) && depth > 0) {
      manifest(found.get(), depth - 1);
    }
  }

  private static String action(Map<?, ?> action) {
    String type = text(action, "sourceType");
    List<String> about = new ArrayList<>();
    about.add(text(action, "software"));
    about.add(type.substring(type.lastIndexOf('/') + 1));
    about.removeIf(String::isEmpty);
    return text(action, "action") + (about.isEmpty() ? "" : " (" + String.join(", ", about) + ")");
  }

  private static List<Map<?, ?>> maps(@Nullable Object list) {
    List<Map<?, ?>> maps = new ArrayList<>();
    if (list instanceof List<?> entries) {
      for (Object entry : entries) {
        if (entry instanceof Map<?, ?> map) {
          maps.add(map);
        }
      }
    }
    return maps;
  }

  private static String text(Map<?, ?> map, String name) {
    Object value = map.get(name);
    return value == null ? "" : String.valueOf(value);
  }
}
