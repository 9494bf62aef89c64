package dev.assay.internal.provenance.check;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.Sentence;
import dev.assay.internal.container.Container;
import dev.assay.internal.container.JpegSegments;
import dev.assay.internal.container.PngChunks;
import dev.assay.internal.provenance.read.Asset;
import dev.assay.internal.provenance.read.ByteRange;
import dev.assay.internal.provenance.read.ByteRanges;
import dev.assay.internal.provenance.read.Cbor;
import dev.assay.internal.provenance.read.HashAlgorithm;
import dev.assay.internal.provenance.read.SignedText;
import dev.assay.internal.provenance.status.StatusCode;
import dev.assay.internal.provenance.status.StatusException;
import dev.assay.internal.provenance.status.ValidationStatus;
import dev.assay.spi.Block;
import dev.assay.spi.DamagedException;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The hashes of the boxes of a JPEG or PNG, one by one: C2PA 2.2, 18.7 and 15.12.3. */
public final class BoxHash {

  private static final String STORE = "C2PA";
  private static final Map<String, String> JPEG_NAMES =
      Map.of("DB", "DQT", "C4", "DHT", "DD", "DRI", "CC", "DAC", "DC", "DNL", "C8", "JPG");

  private record Box(String name, ByteRange range) {}

  private BoxHash() {}

  public static List<ValidationStatus> check(
      JsonNode assertion, String enclosing, Asset asset, String url)
      throws IOException, DamagedException {
    try {
      return List.of(checked(assertion, enclosing, asset, url));
    } catch (StatusException e) {
      return List.of(e.at(url));
    }
  }

  private static ValidationStatus checked(
      JsonNode assertion, String enclosing, Asset asset, String url)
      throws IOException, DamagedException, StatusException {
    if (!assertion.path("boxes").isArray()) {
      throw malformed("The list of boxes is missing.");
    }
    List<Box> boxes = boxes(asset);
    int next = 0;
    for (JsonNode entry : assertion.path("boxes")) {
      List<String> names = new ArrayList<>();
      Cbor.elements(entry.path("names")).forEach(name -> names.add(name.asText()));
      if (names.isEmpty()) {
        throw malformed("An entry names no box.");
      }
      MessageDigest digest =
          HashAlgorithm.of(entry.path("alg").asText(assertion.path("alg").asText(enclosing)))
              .digest();
      for (String name : names) {
        if (next >= boxes.size() || !boxes.get(next).name().equals(name)) {
          throw new StatusException(
              StatusCode.BOXES_HASH_UNKNOWN_BOX,
              Sentence.of(
                  "The file's boxes are not those that were signed, from {0} on.",
                  SignedText.shown(name)));
        }
        asset.feed(digest, boxes.get(next++).range());
      }
      boolean left = names.equals(List.of(STORE)) || entry.path("excluded").asBoolean();
      byte[] expected =
          Cbor.bytes(entry.path("hash")).orElseThrow(() -> malformed("An entry has no hash."));
      if (!left && !Arrays.equals(digest.digest(), expected)) {
        return new ValidationStatus(
            StatusCode.BOXES_HASH_MISMATCH,
            url,
            Sentence.of(
                "The file was changed after it was signed, in {0}.",
                SignedText.shown(names.get(0))));
      }
    }
    if (next != boxes.size()) {
      throw new StatusException(
          StatusCode.BOXES_HASH_UNKNOWN_BOX, "The file holds boxes that were not signed.");
    }
    return new ValidationStatus(
        StatusCode.BOXES_HASH_MATCH, url, "The file is as it was when it was signed.");
  }

  private static List<Box> boxes(Asset asset)
      throws IOException, DamagedException, StatusException {
    List<Box> boxes =
        asset.container() == Container.JPEG
            ? jpeg(asset)
            : asset.container() == Container.PNG ? png(asset) : List.of();
    if (boxes.isEmpty()) {
      throw new StatusException(
          StatusCode.BOXES_HASH_UNKNOWN_BOX, "Boxes of this format are not known here.");
    }
    ByteRanges stores = ByteRanges.of(asset.store().ranges());
    List<Box> joined = new ArrayList<>();
    for (Box box : boxes) {
      boolean store = stores.cover(box.range());
      Box last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
      if (store && last != null && last.name().equals(STORE)) {
        joined.set(
            joined.size() - 1,
            new Box(STORE, new ByteRange(last.range().start(), box.range().end())));
      } else {
        joined.add(store ? new Box(STORE, box.range()) : box);
      }
    }
    return joined;
  }

  /** Every segment ends where the next begins, so that coded data belong to their scan. */
  private static List<Box> jpeg(Asset asset) throws IOException, DamagedException {
    List<Box> boxes = new ArrayList<>();
    String name = "SOI";
    long start = 0;
    JpegSegments segments = new JpegSegments(asset.bytes(), 0);
    for (Block block = segments.next(); block != null; block = segments.next()) {
      boolean end = block.is("EOI");
      long at = block.offset() - (end ? 2 : 4);
      boxes.add(new Box(name, new ByteRange(start, at)));
      name = JPEG_NAMES.getOrDefault(block.type(), block.type());
      start = at;
    }
    boxes.add(new Box(name, new ByteRange(start, asset.bytes().size())));
    return boxes;
  }

  private static List<Box> png(Asset asset) throws IOException, DamagedException {
    List<Box> boxes = new ArrayList<>();
    boxes.add(new Box("PNGh", new ByteRange(0, PngChunks.SIGNATURE)));
    PngChunks chunks = new PngChunks(asset.bytes());
    for (Block chunk = chunks.next(); chunk != null; chunk = chunks.next()) {
      long end = Math.min(asset.bytes().size(), chunk.end() + 4);
      boxes.add(new Box(chunk.type(), new ByteRange(chunk.offset() - 8, end)));
    }
    return boxes;
  }

  private static StatusException malformed(String explanation) {
    return new StatusException(StatusCode.BOXES_HASH_MALFORMED, explanation);
  }
}
