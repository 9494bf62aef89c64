package dev.assay.internal.provenance.check;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.Sentence;
import dev.assay.internal.provenance.read.Asset;
import dev.assay.internal.provenance.read.ByteRange;
import dev.assay.internal.provenance.read.ByteRanges;
import dev.assay.internal.provenance.read.Cbor;
import dev.assay.internal.provenance.read.HashAlgorithm;
import dev.assay.internal.provenance.status.StatusCode;
import dev.assay.internal.provenance.status.StatusException;
import dev.assay.internal.provenance.status.ValidationStatus;
import dev.assay.spi.DamagedException;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The hash of all bytes of a file but those of the manifest: C2PA 2.2, 18.5 and 15.12.1. */
public final class DataHash {

  /** Most parts of a file that may be left out. */
  static final int MAX_EXCLUSIONS = 10_000;

  private DataHash() {}

  public static List<ValidationStatus> check(
      JsonNode assertion, String enclosing, Asset asset, String url)
      throws IOException, DamagedException {
    try {
      return checked(assertion, enclosing, asset, url);
    } catch (StatusException e) {
      return List.of(e.at(url));
    }
  }

  private static List<ValidationStatus> checked(
      JsonNode assertion, String enclosing, Asset asset, String url)
      throws IOException, DamagedException, StatusException {
    byte[] expected =
        Cbor.bytes(assertion.path("hash"))
            .orElseThrow(() -> malformed("The hash of the data is missing."));
    ByteRanges exclusions = exclusions(assertion, asset.bytes().size());
    MessageDigest digest = HashAlgorithm.of(assertion.path("alg").asText(enclosing)).digest();
    for (ByteRange range : exclusions.without(new ByteRange(0, asset.bytes().size()))) {
      asset.feed(digest, range);
    }
    if (!Arrays.equals(digest.digest(), expected)) {
      return List.of(
          new ValidationStatus(
              StatusCode.DATA_HASH_MISMATCH, url, "The file was changed after it was signed."));
    }
    List<ValidationStatus> statuses = new ArrayList<>();
    statuses.add(
        new ValidationStatus(
            StatusCode.DATA_HASH_MATCH, url, "The file is as it was when it was signed."));
    List<ByteRange> outside = outside(exclusions, ByteRanges.of(asset.store().ranges()));
    if (!outside.isEmpty()) {
      long bytes = outside.stream().mapToLong(ByteRange::length).sum();
      statuses.add(
          new ValidationStatus(
              StatusCode.ADDITIONAL_EXCLUSIONS,
              url,
              Sentence.of(
                  "The signature leaves out {0} bytes besides the manifest, from offset {1}"
                      + " on; these may have been changed since.",
                  bytes, outside.get(0).start())));
    }
    return statuses;
  }

  private static List<ByteRange> outside(ByteRanges exclusions, ByteRanges store) {
    List<ByteRange> outside = new ArrayList<>();
    for (ByteRange exclusion : exclusions.parts()) {
      outside.addAll(store.without(exclusion));
    }
    return store.isEmpty() ? List.of() : outside;
  }

  private static ByteRanges exclusions(JsonNode assertion, long size) throws StatusException {
    List<ByteRange> exclusions = new ArrayList<>();
    long last = 0;
    for (JsonNode exclusion : Cbor.elements(assertion.path("exclusions"))) {
      JsonNode start = exclusion.path("start");
      JsonNode length = exclusion.path("length");
      if (!start.canConvertToLong() || !length.canConvertToLong()) {
        throw malformed("A part that the signature excludes is not a valid range.");
      }
      long from = start.asLong();
      if (from < last || length.asLong() < 0 || length.asLong() > size - from) {
        throw malformed("The parts that the signature leaves out lie beyond the file, or overlap.");
      }
      last = from + length.asLong();
      exclusions.add(new ByteRange(from, last));
      if (exclusions.size() > MAX_EXCLUSIONS) {
        throw malformed("The signature leaves out more parts than the bound.");
      }
    }
    return ByteRanges.of(exclusions);
  }

  private static StatusException malformed(String explanation) {
    return new StatusException(StatusCode.DATA_HASH_MALFORMED, explanation);
  }
}
