package dev.assay.internal.provenance.identity;

import dev.assay.internal.provenance.status.StatusCode;
import dev.assay.internal.provenance.status.StatusCode.Kind;
import dev.assay.internal.provenance.status.ValidationStatus;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * An identity assertion as it was read and checked: a person or organisation who says that a
 * manifest's assertions are theirs (CAWG Identity Assertion 1.3).
 *
 * @param label of the assertion
 * @param type of its signature; empty where it cannot be read
 * @param names who it says they are
 * @param issuer who vouches for that: of a certificate, or the aggregator
 * @param roles that they claim
 * @param statuses what the steps of validation gave, in order
 */
public record Identity(
    String label,
    String type,
    List<Named> names,
    String issuer,
    List<String> roles,
    List<ValidationStatus> statuses) {

  /** Failures that leave open whether it holds. */
  private static final Set<StatusCode> OPEN =
      Set.of(
          StatusCode.IDENTITY_NETWORK,
          StatusCode.IDENTITY_TYPE_UNKNOWN,
          StatusCode.IDENTITY_ICA_DID_METHOD);

  /** Failures that only say that nobody vouches for it. */
  private static final Set<StatusCode> UNVOUCHED =
      Set.of(StatusCode.IDENTITY_X509_UNTRUSTED, StatusCode.IDENTITY_ICA_UNTRUSTED);

  public Identity {
    names = List.copyOf(names);
    roles = List.copyOf(roles);
    statuses = List.copyOf(statuses);
  }

  /**
   * A name, and how it was verified.
   *
   * @param type {@code cawg.social_media} for example; empty for the name of a certificate
   * @param name of the person or organisation; empty where only an account is named
   * @param account user name or address; empty where none is told
   * @param provider who verified it; empty where that is not told
   * @param when it was verified, as written; empty where that is not told
   */
  public record Named(String type, String name, String account, String provider, String when) {}

  /** What an identity is worth. */
  public enum Answer {
    /** It holds, and a list vouches for it. */
    TRUSTED,
    /** It holds; nobody vouches for the one who issued it. */
    WELL_FORMED,
    /** What it takes to check it lies on a network, or is of a kind that is not known. */
    UNVERIFIED,
    /** It does not hold. */
    INVALID;

    /** The answer as reports spell it. */
    public String code() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** What it is worth. */
  public Answer answer() {
    List<StatusCode> failures =
        statuses.stream()
            .map(ValidationStatus::code)
            .filter(code -> code.kind() == Kind.FAILURE && !UNVOUCHED.contains(code))
            .toList();
    if (!failures.isEmpty()) {
      return OPEN.containsAll(failures) ? Answer.UNVERIFIED : Answer.INVALID;
    }
    return statuses.stream().anyMatch(status -> status.code() == StatusCode.IDENTITY_TRUSTED)
        ? Answer.TRUSTED
        : Answer.WELL_FORMED;
  }
}
