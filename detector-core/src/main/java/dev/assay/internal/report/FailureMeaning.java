package dev.assay.internal.report;

import dev.assay.Sentence;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What a failed step of C2PA's validation means for somebody who only wants to use the file. */
final class FailureMeaning {

  /** By the beginnings of the codes: the first that fits. */
  private static final Map<String, String> MEANINGS = new LinkedHashMap<>();

  static {
    String content =
        "What is seen or heard is not what was signed; what the manifest says need not be true of"
            + " it.";
    MEANINGS.put("assertion.dataHash.m", content);
    MEANINGS.put("assertion.bmffHash.m", content);
    MEANINGS.put("assertion.boxesHash.", content);
    MEANINGS.put(
        "assertion.hashedURI.mismatch", "Part of what the manifest says was changed afterwards.");
    MEANINGS.put(
        "claimSignature.outsideValidity",
        "Who signed is as told; only the time is not proved. This is no sign of a change.");
    MEANINGS.put(
        "claimSignature.", "The one whom the manifest names did not sign what it says now.");
    MEANINGS.put(
        "signingCredential.ocsp.revoked",
        "The certificate was taken back, for example since its key was stolen: anybody may have"
            + " signed.");
    MEANINGS.put(
        "signingCredential.", "The certificate is not one by which a signer can be known.");
    MEANINGS.put(
        "algorithm.unsupported", "It is signed in a way that is not safe, or not known here.");
    MEANINGS.put(
        "claim.hardBindings.missing", "The manifest does not say to what content it belongs.");
    MEANINGS.put(
        "ingredient.", "Something that the file was made from is missing, or not as it was then.");
    MEANINGS.put(
        "assertion.action.", "What is said to have been done to the file does not fit together.");
    MEANINGS.put(
        "manifest.", "The manifests of the file do not fit together; its history is not reliable.");
    String broken = "The manifest is damaged or incomplete; nothing that it says can be relied on.";
    MEANINGS.put("assertion.", broken);
    MEANINGS.put("claim.", broken);
    MEANINGS.put("general.", broken);
  }

  private FailureMeaning() {}

  /**
   * The meaning of a code; empty for one that is not known.
   *
   * @param integrity the answer on integrity: a mismatch in a file that was not changed is of what
   *     the hash leaves out
   */
  static Optional<Sentence> of(String code, String integrity) {
    if (code.startsWith("assertion.dataHash.m") && integrity.equals("broken")) {
      return Optional.of(
          Sentence.of("Parts of the file may have been changed without anybody noticing it."));
    }
    return MEANINGS.entrySet().stream()
        .filter(entry -> code.startsWith(entry.getKey()))
        .findFirst()
        .map(entry -> Sentence.of(entry.getValue()));
  }
}
