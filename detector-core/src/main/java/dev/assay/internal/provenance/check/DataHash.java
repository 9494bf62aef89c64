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

  private static final int CHUNK = 1 << 16;

  private DataHash() {}

  /**
   * Checks a hash.
   *
   * @param enclosing name of the hash where the assertion names none
   * @param updated whether updates were added to the store, which is longer than when it was signed
   */
  public static List<ValidationStatus> check(
      JsonNode assertion, String enclosing, Asset asset, boolean updated, String url)
      throws IOException, DamagedException {
    try {
      return checked(assertion, enclosing, asset, updated, url);
    } catch (StatusException e) {
      return List.of(e.at(url));
    }
  }

  private static List<ValidationStatus> checked(
      JsonNode assertion, String enclosing, Asset asset, boolean updated, String url)
      throws IOException, DamagedException, StatusException {
    byte[] expected =
        Cbor.bytes(assertion.path("hash"))
            .orElseThrow(() -> mismatch("The hash of the data is missing."));
    List<ByteRange> parts = exclusions(assertion, asset, updated);
    ByteRanges exclusions = ByteRanges.of(parts);
    MessageDigest digest = HashAlgorithm.of(assertion.path("alg").asText(enclosing)).digest();
    for (ByteRange range : exclusions.without(new ByteRange(0, asset.bytes().size()))) {
      asset.feed(digest, range);
    }
    if (!Arrays.equals(digest.digest(), expected)) {
      throw mismatch("The file was changed after it was signed.");
    }
    nothingBesideTheStore(parts, asset);
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

  /** 15.12.1.1: what is left out around the store may hold nothing else, padding excepted. */
  private static void nothingBesideTheStore(List<ByteRange> exclusions, Asset asset)
      throws IOException, DamagedException, StatusException {
    ByteRanges store = ByteRanges.of(asset.store().ranges());
    for (ByteRange exclusion : exclusions) {
      List<ByteRange> beside = store.without(exclusion);
      boolean around = beside.stream().mapToLong(ByteRange::length).sum() < exclusion.length();
      for (ByteRange range : around ? beside : List.<ByteRange>of()) {
        if (!zero(range, asset)) {
          throw new StatusException(
              StatusCode.DATA_HASH_LEAVES_OUT,
              Sentence.of(
                  "What was hashed is as it was, but the signature leaves out {0} bytes around the"
                      + " manifest, from offset {1} on, which may have been changed since; C2PA"
                      + " counts that like a change.",
                  range.length(), range.start()));
        }
      }
    }
  }

  private static boolean zero(ByteRange range, Asset asset) throws IOException, DamagedException {
    for (long at = range.start(); at < range.end(); at += CHUNK) {
      for (byte value : asset.bytes().read(at, (int) Math.min(CHUNK, range.end() - at))) {
        if (value != 0) {
          return false;
        }
      }
    }
    return true;
  }

  private static List<ByteRange> outside(ByteRanges exclusions, ByteRanges store) {
    List<ByteRange> outside = new ArrayList<>();
    for (ByteRange exclusion : exclusions.parts()) {
      outside.addAll(store.without(exclusion));
    }
    return store.isEmpty() ? List.of() : outside;
  }

  private static List<ByteRange> exclusions(JsonNode assertion, Asset asset, boolean updated)
      throws StatusException {
    long size = asset.bytes().size();
    List<ByteRange> stores = ByteRanges.of(asset.store().ranges()).parts();
    List<ByteRange> exclusions = new ArrayList<>();
    long last = 0;
    for (JsonNode exclusion : Cbor.elements(assertion.path("exclusions"))) {
      JsonNode start = exclusion.path("start");
      JsonNode length = exclusion.path("length");
      if (!start.canConvertToLong() || !length.canConvertToLong()) {
        throw malformed("A part that the signature excludes is not a valid range.");
      }
      long from = start.asLong();
      if (from < last || length.asLong() < 0) {
        throw malformed("The parts that the signature leaves out overlap.");
      }
      if (length.asLong() > size - from) {
        throw mismatch("A part that the signature leaves out lies beyond the end of the file.");
      }
      boolean grown = updated && !stores.isEmpty() && stores.get(0).start() == from;
      last = grown ? stores.get(0).end() : from + length.asLong();
      exclusions.add(new ByteRange(from, last));
      if (exclusions.size() > MAX_EXCLUSIONS) {
        throw malformed("The signature leaves out more parts than the bound.");
      }
    }
    return exclusions;
  }

  private static StatusException mismatch(String explanation) {
    return new StatusException(StatusCode.DATA_HASH_MISMATCH, explanation);
  }

  private static StatusException malformed(String explanation) {
    return new StatusException(StatusCode.DATA_HASH_MALFORMED, explanation);
  }
}
