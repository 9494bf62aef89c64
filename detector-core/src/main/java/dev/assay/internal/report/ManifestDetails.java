package dev.assay.internal.report;

import dev.assay.Evidence;
import dev.assay.Sentence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The C2PA manifests that a piece of evidence tells of, out of its details; what it does not tell
 * is empty.
 *
 * @param state what validation came to
 * @param integrity whether the file is as it was signed
 * @param trust who vouches for the signer
 * @param time what is known of when it was signed
 * @param identity what the identity of a person behind it is worth; empty where none is told
 * @param where the structure of the container that holds the store
 * @param failures what makes it invalid: codes with sentences
 * @param meanings what that means for whoever uses the file, each once
 * @param manifests the active one first
 */
public record ManifestDetails(
    String state,
    String integrity,
    String trust,
    String time,
    String identity,
    String where,
    List<Sentence> failures,
    List<Sentence> meanings,
    List<Manifest> manifests) {

  /**
   * One manifest.
   *
   * @param label its name in the store
   * @param update whether it only adds to another one
   * @param generator the software that made it
   * @param signer who signed it, with the organisation
   * @param issuer who issued the certificate
   * @param validUntil until when the certificate is valid
   * @param time when it was signed, as a time-stamp says
   * @param timeTrusted whether the time-stamp's authority is trusted
   * @param actions what was done
   * @param ingredients what it was made from
   * @param identities who says in person that it is theirs
   */
  public record Manifest(
      String label,
      boolean update,
      String generator,
      String signer,
      String issuer,
      String validUntil,
      String time,
      boolean timeTrusted,
      List<String> actions,
      List<Ingredient> ingredients,
      List<Identity> identities) {}

  /**
   * Who says in person that a manifest is theirs.
   *
   * @param answer what that is worth
   * @param names names and accounts, each with who verified it
   * @param issuer who vouches for them
   */
  public record Identity(String answer, String names, String issuer) {}

  /**
   * What a manifest was made from.
   *
   * @param relationship {@code parentOf}, {@code componentOf} or {@code inputTo}
   * @param title of the asset
   * @param manifest label of its manifest
   */
  public record Ingredient(String relationship, String title, String manifest) {}

  /** Whether a piece of evidence tells of manifests. */
  public static boolean in(Evidence piece) {
    return piece.details().get("manifests") instanceof List<?>;
  }

  /** What a piece of evidence tells. */
  public static ManifestDetails of(Evidence piece) {
    return new ManifestDetails(
        text(piece.details(), "state"),
        text(piece.details(), "integrity"),
        text(piece.details(), "trust"),
        text(piece.details(), "time"),
        text(piece.details(), "identity"),
        text(piece.details(), "where"),
        maps(piece.details().get("failures")).stream()
            .map(
                failure ->
                    Sentence.of(
                        "{0}: {1}",
                        text(failure, "code"),
                        Sentence.read(text(failure, "explanation"), failure.get("words"))))
            .toList(),
        maps(piece.details().get("failures")).stream()
            .flatMap(
                failure ->
                    FailureMeaning.of(text(failure, "code"), text(piece.details(), "integrity"))
                        .stream())
            .distinct()
            .toList(),
        maps(piece.details().get("manifests")).stream().map(ManifestDetails::manifest).toList());
  }

  /** The manifests that say when they were signed, from the first to the last. */
  public List<Manifest> timeline() {
    return manifests.stream()
        .filter(manifest -> !manifest.time().isEmpty())
        .sorted(Comparator.comparing(Manifest::time))
        .toList();
  }

  /** The manifest of a label; none for an empty one. */
  public Optional<Manifest> manifest(String label) {
    return manifests.stream()
        .filter(manifest -> !label.isEmpty() && manifest.label().equals(label))
        .findFirst();
  }

  private static Manifest manifest(Map<?, ?> details) {
    Map<?, ?> signer =
        details.get("signer") instanceof Map<?, ?> told ? told : Map.<String, Object>of();
    String organisation = text(signer, "organisation");
    return new Manifest(
        text(details, "label"),
        details.containsKey("update"),
        text(details, "generator"),
        text(signer, "name") + (organisation.isEmpty() ? "" : " (" + organisation + ")"),
        text(signer, "issuer"),
        text(signer, "validUntil"),
        text(signer, "time"),
        Boolean.TRUE.equals(signer.get("timeTrusted")),
        maps(details.get("actions")).stream().map(ManifestDetails::action).toList(),
        maps(details.get("ingredients")).stream()
            .map(
                ingredient ->
                    new Ingredient(
                        text(ingredient, "relationship"),
                        text(ingredient, "title"),
                        text(ingredient, "manifest")))
            .toList(),
        maps(details.get("identities")).stream().map(ManifestDetails::identity).toList());
  }

  private static Identity identity(Map<?, ?> details) {
    String names =
        maps(details.get("names")).stream()
            .map(ManifestDetails::named)
            .collect(Collectors.joining("; "));
    return new Identity(text(details, "answer"), names, text(details, "issuer"));
  }

  private static String named(Map<?, ?> name) {
    List<String> who = new ArrayList<>(List.of(text(name, "name"), text(name, "account")));
    who.removeIf(String::isEmpty);
    String by = text(name, "provider");
    return who.isEmpty() ? by : String.join(", ", who) + (by.isEmpty() ? "" : " (" + by + ")");
  }

  private static String action(Map<?, ?> action) {
    String type = text(action, "sourceType");
    List<String> about = new ArrayList<>();
    about.add(text(action, "software"));
    about.add(type.substring(type.lastIndexOf('/') + 1));
    about.add(text(action, "description"));
    about.removeIf(String::isEmpty);
    return text(action, "action")
        + (about.isEmpty() ? "" : about.stream().collect(Collectors.joining(", ", " (", ")")));
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
