package dev.assay.internal.provenance.check;

import dev.assay.Evidence.Effect;
import dev.assay.Sentence;
import dev.assay.internal.provenance.identity.Identity;
import dev.assay.internal.provenance.read.Action;
import dev.assay.internal.provenance.status.StatusCode;
import dev.assay.internal.provenance.status.ValidationStatus;
import dev.assay.internal.provenance.trust.SignerTrust;
import dev.assay.internal.provenance.trust.SigningTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A manifest as it was read and checked.
 *
 * @param label its name in the store
 * @param update whether it only adds to another manifest
 * @param generator the software that made the claim; empty where it cannot be read
 * @param title of the asset; empty where it has none
 * @param signer who signed it; empty where that cannot be read
 * @param actions what was done, in order
 * @param ingredients what the asset was made from
 * @param assertions the labels of all assertions
 * @param mentions source types that stand in signed assertions beside those of actions
 * @param identities who says in person that it is theirs
 * @param statuses what the steps of validation gave, in order
 */
public record SignedManifest(
    String label,
    boolean update,
    String generator,
    String title,
    Optional<Signer> signer,
    List<Action> actions,
    List<Origin> ingredients,
    List<String> assertions,
    List<Mention> mentions,
    List<Identity> identities,
    List<ValidationStatus> statuses) {

  public SignedManifest {
    actions = List.copyOf(actions);
    ingredients = List.copyOf(ingredients);
    assertions = List.copyOf(assertions);
    mentions = List.copyOf(mentions);
    identities = List.copyOf(identities);
    statuses = List.copyOf(statuses);
  }

  /**
   * Who signed a manifest.
   *
   * @param name common name of the certificate
   * @param organisation of the certificate; empty where it names none
   * @param issuer organisation or name of the issuer
   * @param algorithm of the signature
   * @param time when it was signed, as a time-stamp says
   * @param trust who vouches for the certificate
   * @param timing what is known of when it was signed
   * @param from from when the certificate is valid
   * @param until until when
   */
  public record Signer(
      String name,
      String organisation,
      String issuer,
      String algorithm,
      Optional<Instant> time,
      SignerTrust trust,
      SigningTime timing,
      Instant from,
      Instant until) {

    /** Whether the authority of the time-stamp is on a list of trusted ones. */
    public boolean timeTrusted() {
      return timing == SigningTime.PROVED || timing == SigningTime.OUTSIDE;
    }
  }

  /**
   * An asset that this one was made from.
   *
   * @param relationship {@code parentOf}, {@code componentOf} or {@code inputTo}
   * @param title of that asset; empty where it has none
   * @param manifest label of its manifest in the same store; empty where it had none
   */
  public record Origin(String relationship, String title, Optional<String> manifest) {}

  /**
   * A digital source type in an action's parameters, in a metadata assertion, or of an ingredient.
   *
   * @param term of the vocabulary
   * @param effect what it says was done to the media
   * @param place where it stands, for a sentence
   * @param software that is named beside it; empty where none is
   */
  public record Mention(String term, Effect effect, Sentence place, String software) {}

  /** Whether a step gave this code. */
  public boolean has(StatusCode code) {
    return statuses.stream().anyMatch(status -> status.code() == code);
  }

  /** Whether its signature is its signer's, whoever that is. */
  public boolean signed() {
    return has(StatusCode.CLAIM_SIGNATURE_VALIDATED);
  }

  /** Whether its signer is vouched for by a list of trusted ones. */
  public boolean trusted() {
    return has(StatusCode.CREDENTIAL_TRUSTED);
  }
}
