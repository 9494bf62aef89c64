package dev.assay.internal.provenance.status;

import java.util.EnumSet;
import java.util.Set;

/** The status codes of the C2PA specification 2.2, section 15.2, that validation here can give. */
public enum StatusCode {
  BMFF_HASH_MATCH("assertion.bmffHash.match", Kind.SUCCESS),
  BOXES_HASH_MATCH("assertion.boxesHash.match", Kind.SUCCESS),
  DATA_HASH_MATCH("assertion.dataHash.match", Kind.SUCCESS),
  HASHED_URI_MATCH("assertion.hashedURI.match", Kind.SUCCESS),
  CLAIM_SIGNATURE_INSIDE_VALIDITY("claimSignature.insideValidity", Kind.SUCCESS),
  CLAIM_SIGNATURE_VALIDATED("claimSignature.validated", Kind.SUCCESS),
  INGREDIENT_CLAIM_SIGNATURE_VALIDATED("ingredient.claimSignature.validated", Kind.SUCCESS),
  INGREDIENT_MANIFEST_VALIDATED("ingredient.manifest.validated", Kind.SUCCESS),
  OCSP_NOT_REVOKED("signingCredential.ocsp.notRevoked", Kind.SUCCESS),
  CREDENTIAL_TRUSTED("signingCredential.trusted", Kind.SUCCESS),
  TIME_STAMP_TRUSTED("timeStamp.trusted", Kind.SUCCESS),
  TIME_STAMP_VALIDATED("timeStamp.validated", Kind.SUCCESS),

  BMFF_ADDITIONAL_EXCLUSIONS("assertion.bmffHash.additionalExclusionsPresent", Kind.INFORMATIONAL),
  ADDITIONAL_EXCLUSIONS("assertion.dataHash.additionalExclusionsPresent", Kind.INFORMATIONAL),
  INGREDIENT_UNKNOWN_PROVENANCE("ingredient.unknownProvenance", Kind.INFORMATIONAL),
  OCSP_SKIPPED("signingCredential.ocsp.skipped", Kind.INFORMATIONAL),
  OCSP_INACCESSIBLE("signingCredential.ocsp.inaccessible", Kind.INFORMATIONAL),
  TIME_STAMP_MALFORMED("timeStamp.malformed", Kind.INFORMATIONAL),
  TIME_STAMP_MISMATCH("timeStamp.mismatch", Kind.INFORMATIONAL),
  TIME_STAMP_OUTSIDE_VALIDITY("timeStamp.outsideValidity", Kind.INFORMATIONAL),
  TIME_STAMP_UNTRUSTED("timeStamp.untrusted", Kind.INFORMATIONAL),

  ACTION_MALFORMED("assertion.action.malformed", Kind.FAILURE),
  ACTION_REDACTED("assertion.action.redacted", Kind.FAILURE),
  BMFF_HASH_MALFORMED("assertion.bmffHash.malformed", Kind.FAILURE),
  BMFF_HASH_MISMATCH("assertion.bmffHash.mismatch", Kind.FAILURE),
  BOXES_HASH_MALFORMED("assertion.boxesHash.malformed", Kind.FAILURE),
  BOXES_HASH_MISMATCH("assertion.boxesHash.mismatch", Kind.FAILURE),
  BOXES_HASH_UNKNOWN_BOX("assertion.boxesHash.unknownBox", Kind.FAILURE),
  CBOR_INVALID("assertion.cbor.invalid", Kind.FAILURE),
  DATA_HASH_MALFORMED("assertion.dataHash.malformed", Kind.FAILURE),
  DATA_HASH_MISMATCH("assertion.dataHash.mismatch", Kind.FAILURE),
  /** The hash is the one that was signed, but leaves out more than it may: 15.12.1.1. */
  DATA_HASH_LEAVES_OUT("assertion.dataHash.mismatch", Kind.FAILURE),
  DATA_HASH_REDACTED("assertion.dataHash.redacted", Kind.FAILURE),
  HASHED_URI_MISMATCH("assertion.hashedURI.mismatch", Kind.FAILURE),
  INGREDIENT_MALFORMED("assertion.ingredient.malformed", Kind.FAILURE),
  JSON_INVALID("assertion.json.invalid", Kind.FAILURE),
  ASSERTION_MISSING("assertion.missing", Kind.FAILURE),
  MULTIPLE_HARD_BINDINGS("assertion.multipleHardBindings", Kind.FAILURE),
  OUTSIDE_MANIFEST("assertion.outsideManifest", Kind.FAILURE),
  SELF_REDACTED("assertion.selfRedacted", Kind.FAILURE),
  NOT_REDACTED("assertion.notRedacted", Kind.FAILURE),
  UNDECLARED("assertion.undeclared", Kind.FAILURE),
  ALGORITHM_UNSUPPORTED("algorithm.unsupported", Kind.FAILURE),
  CLAIM_CBOR_INVALID("claim.cbor.invalid", Kind.FAILURE),
  CLAIM_MALFORMED("claim.malformed", Kind.FAILURE),
  CLAIM_MISSING("claim.missing", Kind.FAILURE),
  CLAIM_MULTIPLE("claim.multiple", Kind.FAILURE),
  HARD_BINDINGS_MISSING("claim.hardBindings.missing", Kind.FAILURE),
  CLAIM_SIGNATURE_MISMATCH("claimSignature.mismatch", Kind.FAILURE),
  CLAIM_SIGNATURE_MISSING("claimSignature.missing", Kind.FAILURE),
  CLAIM_SIGNATURE_OUTSIDE_VALIDITY("claimSignature.outsideValidity", Kind.FAILURE),
  INGREDIENT_CLAIM_SIGNATURE_MISMATCH("ingredient.claimSignature.mismatch", Kind.FAILURE),
  INGREDIENT_CLAIM_SIGNATURE_MISSING("ingredient.claimSignature.missing", Kind.FAILURE),
  INGREDIENT_MANIFEST_MISMATCH("ingredient.manifest.mismatch", Kind.FAILURE),
  INGREDIENT_MANIFEST_MISSING("ingredient.manifest.missing", Kind.FAILURE),
  MANIFEST_COMPRESSED_INVALID("manifest.compressed.invalid", Kind.FAILURE),
  MULTIPLE_PARENTS("manifest.multipleParents", Kind.FAILURE),
  UPDATE_INVALID("manifest.update.invalid", Kind.FAILURE),
  UPDATE_WRONG_PARENTS("manifest.update.wrongParents", Kind.FAILURE),
  CREDENTIAL_INVALID("signingCredential.invalid", Kind.FAILURE),
  OCSP_REVOKED("signingCredential.ocsp.revoked", Kind.FAILURE),
  OCSP_UNKNOWN("signingCredential.ocsp.unknown", Kind.FAILURE),
  CREDENTIAL_UNTRUSTED("signingCredential.untrusted", Kind.FAILURE),
  GENERAL_ERROR("general.error", Kind.FAILURE);

  /** Failures of who signed; all others are of what was signed, or of when. */
  private static final Set<StatusCode> OF_THE_SIGNER =
      EnumSet.of(CREDENTIAL_INVALID, CREDENTIAL_UNTRUSTED, OCSP_REVOKED, OCSP_UNKNOWN);

  /** What a code says of the step that gave it. */
  public enum Kind {
    SUCCESS,
    INFORMATIONAL,
    FAILURE
  }

  private final String code;
  private final Kind kind;

  StatusCode(String code, Kind kind) {
    this.code = code;
    this.kind = kind;
  }

  /** The code as the specification spells it. */
  public String code() {
    return code;
  }

  /** Whether it stands for success, for a failure, or for neither. */
  public Kind kind() {
    return kind;
  }

  /**
   * Whether it makes a manifest invalid: every failure but that of a signer who is merely unknown.
   */
  public boolean invalidates() {
    return kind == Kind.FAILURE && this != CREDENTIAL_UNTRUSTED;
  }

  /**
   * Whether it says that the content or the manifest is not as it was signed, or is not whole; not
   * who signed it, nor when.
   */
  public boolean breaksIntegrity() {
    return kind == Kind.FAILURE
        && this != CLAIM_SIGNATURE_OUTSIDE_VALIDITY
        && !OF_THE_SIGNER.contains(this);
  }

  /** Whether bytes differ from those that were signed; other failures are of form. */
  public boolean differs() {
    return kind == Kind.FAILURE && code.endsWith(".mismatch") && this != DATA_HASH_LEAVES_OUT;
  }
}
