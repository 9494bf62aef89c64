package dev.assay.cli;

import dev.assay.Evidence;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a C2PA manifest store says, as a tree: who signed what, and what it was made from. */
final class ProvenanceText {

  private static final int MAX_DEPTH = 12;

  private final List<Map<?, ?>> manifests;
  private final PrintStream out;
  private final Set<String> shown = new HashSet<>();

  private ProvenanceText(List<Map<?, ?>> manifests, PrintStream out) {
    this.manifests = manifests;
    this.out = out;
  }

  /** Whether a piece of evidence is what this prints. */
  static boolean tells(Evidence piece) {
    return piece.details().get("manifests") instanceof List<?>;
  }

  static void print(Evidence piece, PrintStream out) {
    List<Map<?, ?>> manifests = maps(piece.details().get("manifests"));
    out.println();
    out.println(
        "Provenance (C2PA, "
            + Terminal.safe(String.valueOf(piece.details().get("where")))
            + "): "
            + Terminal.safe(String.valueOf(piece.details().get("state"))));
    for (Map<?, ?> failure : maps(piece.details().get("failures"))) {
      out.println(
          "  ! " + Terminal.safe(text(failure, "code") + ": " + text(failure, "explanation")));
    }
    if (!manifests.isEmpty()) {
      new ProvenanceText(manifests, out).manifest(manifests.get(0), 1);
    }
  }

  private void manifest(Map<?, ?> manifest, int depth) {
    shown.add(text(manifest, "label"));
    line(depth, made(manifest));
    signer(manifest).ifPresent(signer -> line(depth + 1, signer));
    String actions =
        maps(manifest.get("actions")).stream()
            .map(ProvenanceText::action)
            .collect(Collectors.joining(", "));
    if (!actions.isEmpty()) {
      line(depth + 1, "actions: " + actions);
    }
    for (Map<?, ?> ingredient : maps(manifest.get("ingredients"))) {
      ingredient(ingredient, depth + 1);
    }
  }

  private void ingredient(Map<?, ?> ingredient, int depth) {
    String title = text(ingredient, "title");
    String what =
        switch (text(ingredient, "relationship")) {
          case "parentOf" -> "made from";
          case "componentOf" -> "contains";
          default -> "used";
        };
    String label = text(ingredient, "manifest");
    Optional<Map<?, ?>> found =
        manifests.stream()
            .filter(manifest -> !label.isEmpty() && text(manifest, "label").equals(label))
            .findFirst();
    String rest =
        found.isEmpty()
            ? label.isEmpty() ? ", without a manifest" : ", whose manifest is not there"
            : shown.contains(label) ? ", told above" : ":";
    line(depth, what + (title.isEmpty() ? " something" : " '" + title + "'") + rest);
    if (found.isPresent() && !shown.contains(label) && depth < MAX_DEPTH) {
      manifest(found.get(), depth + 1);
    }
  }

  private static String made(Map<?, ?> manifest) {
    String generator = text(manifest, "generator");
    return (manifest.containsKey("update") ? "update by " : "manifest by ")
        + (generator.isEmpty() ? "unnamed software" : generator);
  }

  private static Optional<String> signer(Map<?, ?> manifest) {
    if (!(manifest.get("signer") instanceof Map<?, ?> signer)) {
      return Optional.empty();
    }
    String organisation = text(signer, "organisation");
    String time = text(signer, "time");
    boolean trusted = Boolean.TRUE.equals(signer.get("timeTrusted"));
    return Optional.of(
        "signed by "
            + text(signer, "name")
            + (organisation.isEmpty() ? "" : " (" + organisation + ")")
            + ", certified by "
            + text(signer, "issuer")
            + " until "
            + text(signer, "validUntil")
            + (time.isEmpty()
                ? ", no time-stamp"
                : ", time-stamp " + time + (trusted ? "" : " of an authority that is on no list")));
  }

  private static String action(Map<?, ?> action) {
    List<String> about = new ArrayList<>();
    String software = text(action, "software");
    if (!software.isEmpty()) {
      about.add("by " + software);
    }
    String type = text(action, "sourceType");
    if (!type.isEmpty()) {
      about.add(type.substring(type.lastIndexOf('/') + 1));
    }
    String description = text(action, "description");
    if (!description.isEmpty()) {
      about.add("'" + description + "'");
    }
    return text(action, "action") + (about.isEmpty() ? "" : " (" + String.join(", ", about) + ")");
  }

  private void line(int depth, String text) {
    out.println("  ".repeat(depth) + Terminal.safe(text));
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
