package dev.assay.internal.provenance.status;

import java.util.EnumSet;
import java.util.Set;

/**
 * The status codes that validation here can give: of the C2PA specification 2.2, section 15.2, and
 * of the CAWG's for identity assertions.
 */
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
  ACTION_INGREDIENT_MISMATCH("assertion.action.ingredientMismatch", Kind.FAILURE),
  ACTION_REDACTION_MISMATCH("assertion.action.redactionMismatch", Kind.FAILURE),
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
  GENERAL_ERROR("general.error", Kind.FAILURE),

  // Identity assertions: CAWG Identity Assertion 1.3, 7.2, 8.1 and 8.2.
  IDENTITY_TRUSTED("cawg.identity.trusted", Kind.SUCCESS),
  IDENTITY_WELL_FORMED("cawg.identity.well-formed", Kind.SUCCESS),
  IDENTITY_X509_SIGNATURE_VALIDATED("cawg.x509.signature.validated", Kind.SUCCESS),
  IDENTITY_X509_INSIDE_VALIDITY("cawg.x509.signature.inside_validity", Kind.SUCCESS),
  IDENTITY_X509_TRUSTED("cawg.x509.credential.trusted", Kind.SUCCESS),
  IDENTITY_X509_TIME_STAMP("cawg.x509.time_stamp.validated", Kind.SUCCESS),
  IDENTITY_ICA_TIME_STAMP("cawg.ica.time_stamp.validated", Kind.SUCCESS),
  IDENTITY_ICA_VALID("cawg.ica.credential_valid", Kind.SUCCESS),
  IDENTITY_X509_OCSP_NOT_REVOKED("cawg.x509.ocsp.not_revoked", Kind.SUCCESS),

  IDENTITY_X509_OCSP_SKIPPED("cawg.x509.ocsp.skipped", Kind.INFORMATIONAL),
  IDENTITY_X509_TIME_STAMP_UNTRUSTED("cawg.x509.time_stamp.untrusted", Kind.INFORMATIONAL),
  IDENTITY_ICA_REVOCATION_UNAVAILABLE("cawg.ica.revocation.unavailable", Kind.INFORMATIONAL),

  IDENTITY_CBOR_INVALID("cawg.identity.cbor.invalid", Kind.FAILURE),
  IDENTITY_ASSERTION_MISMATCH("cawg.identity.assertion.mismatch", Kind.FAILURE),
  IDENTITY_ASSERTION_DUPLICATE("cawg.identity.assertion.duplicate", Kind.FAILURE),
  IDENTITY_BINDING_MISSING("cawg.identity.hard_binding_missing", Kind.FAILURE),
  IDENTITY_BINDING_INCORRECT("cawg.identity.hard_binding_incorrect", Kind.FAILURE),
  IDENTITY_TYPE_UNKNOWN("cawg.identity.sig_type.unknown", Kind.FAILURE),
  IDENTITY_PAD_INVALID("cawg.identity.pad.invalid", Kind.FAILURE),
  IDENTITY_REVOKED("cawg.identity.credential_revoked", Kind.FAILURE),
  IDENTITY_NETWORK("cawg.identity.network_traffic_blocked", Kind.FAILURE),
  IDENTITY_X509_ALGORITHM("cawg.x509.algorithm.unsupported", Kind.FAILURE),
  IDENTITY_X509_INVALID("cawg.x509.credential.invalid", Kind.FAILURE),
  IDENTITY_X509_UNTRUSTED("cawg.x509.credential.untrusted", Kind.FAILURE),
  IDENTITY_X509_SIGNATURE_MISMATCH("cawg.x509.signature.mismatch", Kind.FAILURE),
  IDENTITY_X509_OUTSIDE_VALIDITY("cawg.x509.signature.outside_validity", Kind.FAILURE),
  IDENTITY_ICA_COSE("cawg.ica.invalid_cose_sign1", Kind.FAILURE),
  IDENTITY_ICA_ALGORITHM("cawg.ica.invalid_alg", Kind.FAILURE),
  IDENTITY_ICA_CONTENT_TYPE("cawg.ica.invalid_content_type", Kind.FAILURE),
  IDENTITY_ICA_CREDENTIAL("cawg.ica.invalid_verifiable_credential", Kind.FAILURE),
  IDENTITY_ICA_ISSUER("cawg.ica.invalid_issuer", Kind.FAILURE),
  IDENTITY_ICA_DID_METHOD("cawg.ica.did_unsupported_method", Kind.FAILURE),
  IDENTITY_ICA_DID_UNAVAILABLE("cawg.ica.did_unavailable", Kind.FAILURE),
  IDENTITY_ICA_UNTRUSTED("cawg.ica.untrusted_issuer", Kind.FAILURE),
  IDENTITY_ICA_SIGNATURE_MISMATCH("cawg.ica.signature_mismatch", Kind.FAILURE),
  IDENTITY_ICA_TIME_STAMP_INVALID("cawg.ica.time_stamp.invalid", Kind.FAILURE),
  IDENTITY_ICA_VALID_FROM_MISSING("cawg.ica.valid_from.missing", Kind.FAILURE),
  IDENTITY_ICA_VALID_FROM("cawg.ica.valid_from.invalid", Kind.FAILURE),
  IDENTITY_ICA_VALID_UNTIL("cawg.ica.valid_until.invalid", Kind.FAILURE),
  IDENTITY_ICA_PAYLOAD_MISMATCH("cawg.ica.signer_payload.mismatch", Kind.FAILURE),
  IDENTITY_ICA_IDENTITIES_MISSING("cawg.ica.verified_identities.missing", Kind.FAILURE),
  IDENTITY_ICA_IDENTITIES_INVALID("cawg.ica.verified_identities.invalid", Kind.FAILURE);

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
    return kind == Kind.FAILURE && this != CREDENTIAL_UNTRUSTED && !ofIdentity();
  }

  /**
   * Whether it says that the content or the manifest is not as it was signed, or is not whole; not
   * who signed it, nor when.
   */
  public boolean breaksIntegrity() {
    return kind == Kind.FAILURE
        && this != CLAIM_SIGNATURE_OUTSIDE_VALIDITY
        && !ofIdentity()
        && !OF_THE_SIGNER.contains(this);
  }

  /**
   * Whether it is of an identity assertion. Those are no standard assertions of C2PA, and 14.3.4
   * asks nothing of them: a broken one leaves the manifest as it is.
   */
  private boolean ofIdentity() {
    return code.startsWith("cawg.");
  }

  /** Whether bytes differ from those that were signed; other failures are of form. */
  public boolean differs() {
    return kind == Kind.FAILURE && code.endsWith(".mismatch") && this != DATA_HASH_LEAVES_OUT;
  }
}
