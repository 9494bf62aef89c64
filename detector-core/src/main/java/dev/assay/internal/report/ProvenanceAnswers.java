package dev.assay.internal.report;

import dev.assay.Sentence;
import dev.assay.internal.report.ManifestDetails.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The questions that a reader asks of a signed file, each with an answer of its own: that a
 * certificate has expired, say, is no sign of a change.
 */
public final class ProvenanceAnswers {

  private ProvenanceAnswers() {}

  /** What an answer means for the reader. */
  public enum Tone {
    GOOD,
    OPEN,
    BAD;

    /** As a class of a page's style. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * One answer.
   *
   * @param question one word or two
   * @param tone what the answer means
   * @param answer a sentence
   */
  public record Answer(Sentence question, Tone tone, Sentence answer) {}

  /** The answers for a store, in the order in which they matter; none where none are told. */
  public static List<Answer> of(ManifestDetails details) {
    List<Answer> answers = new ArrayList<>();
    integrity(details.integrity()).ifPresent(answers::add);
    trust(details.trust()).ifPresent(answers::add);
    time(details).ifPresent(answers::add);
    identity(details).ifPresent(answers::add);
    return answers;
  }

  private static Optional<Answer> integrity(String code) {
    return switch (code) {
      case "intact" -> intact(Tone.GOOD, "The file is as it was signed.");
      case "changed" ->
          intact(Tone.BAD, "The file, or its manifest, was changed after it was signed.");
      case "broken" -> intact(Tone.BAD, "The manifest breaks the rules of C2PA, or is damaged.");
      case "unchecked" ->
          intact(Tone.OPEN, "What is seen or heard could not be compared with what was signed.");
      default -> Optional.empty();
    };
  }

  private static Optional<Answer> intact(Tone tone, String answer) {
    return Optional.of(new Answer(Sentence.of("Intact"), tone, Sentence.of(answer)));
  }

  private static Optional<Answer> trust(String code) {
    return switch (code) {
      case "listed" -> signer(Tone.GOOD, "The C2PA's trust list vouches for the signer.");
      case "chosen" -> signer(Tone.GOOD, "The trust list that you gave vouches for the signer.");
      case "publisher" ->
          signer(Tone.GOOD, "The signer is on the IPTC's list of verified news publishers.");
      case "unlisted" ->
          signer(
              Tone.OPEN,
              "No trust list vouches for the signer. Everybody can make such a certificate.");
      case "unfit" -> signer(Tone.BAD, "The signer's certificate may not sign manifests.");
      case "revoked" -> signer(Tone.BAD, "The signer's certificate was revoked.");
      case "unreadable" -> signer(Tone.BAD, "Who signed cannot be read.");
      default -> Optional.empty();
    };
  }

  private static Optional<Answer> signer(Tone tone, String answer) {
    return Optional.of(new Answer(Sentence.of("Signer"), tone, Sentence.of(answer)));
  }

  private static Optional<Answer> time(ManifestDetails details) {
    Optional<Manifest> active = details.manifests().stream().findFirst();
    String stamp = active.map(Manifest::time).orElse("");
    String until = active.map(Manifest::validUntil).orElse("");
    return switch (details.time()) {
      case "proved" ->
          time(
              Tone.GOOD,
              "It was signed on {0}, as a trusted time-stamp shows; the certificate was valid then.",
              stamp);
      case "current" ->
          stamp.isEmpty()
              ? time(
                  Tone.OPEN,
                  "Nothing proves when it was signed; the certificate is valid until {0}.",
                  until)
              : time(
                  Tone.OPEN,
                  "A time-stamp says {0}, but no trust list vouches for its authority; the"
                      + " certificate is valid until {1}.",
                  stamp,
                  until);
      case "expired" ->
          stamp.isEmpty()
              ? time(
                  Tone.OPEN,
                  "The certificate was valid until {0}, and nothing proves that it was signed"
                      + " before. That is no sign of a change.",
                  until)
              : time(
                  Tone.OPEN,
                  "A time-stamp says {0}, but no trust list vouches for its authority; the"
                      + " certificate was valid until {1}. That is no sign of a change.",
                  stamp,
                  until);
      case "outside" ->
          time(Tone.BAD, "It was signed on {0}, when the certificate was not valid.", stamp);
      case "unknown" -> time(Tone.OPEN, "When it was signed cannot be read.");
      default -> Optional.empty();
    };
  }

  private static Optional<Answer> identity(ManifestDetails details) {
    String names =
        details.manifests().stream()
            .findFirst()
            .map(
                manifest ->
                    manifest.identities().stream()
                        .map(ManifestDetails.Identity::names)
                        .collect(Collectors.joining("; ")))
            .orElse("");
    return switch (details.identity()) {
      case "trusted" ->
          identity(Tone.GOOD, "{0} signed for it in person; a list vouches for that.", names);
      case "well-formed" ->
          identity(
              Tone.OPEN,
              "{0} signed for it in person; the signature holds, but no list vouches for who"
                  + " certified it.",
              names);
      case "unverified" ->
          identity(
              Tone.OPEN,
              "It is said to be by {0}; that cannot be checked without a network, which is not"
                  + " asked.",
              names);
      case "invalid" -> identity(Tone.BAD, "It is said to be by {0}; that does not hold.", names);
      default -> Optional.empty();
    };
  }

  private static Optional<Answer> identity(Tone tone, String pattern, String names) {
    Object who = names.isEmpty() ? Sentence.of("somebody") : Sentence.verbatim(names);
    return Optional.of(new Answer(Sentence.of("Identity"), tone, Sentence.of(pattern, who)));
  }

  private static Optional<Answer> time(Tone tone, String pattern, Object... values) {
    return Optional.of(new Answer(Sentence.of("Time"), tone, Sentence.of(pattern, values)));
  }
}
