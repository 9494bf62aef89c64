package dev.assay.known;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Optional;

/**
 * What a picture, or a frame of a clip, is found again by.
 *
 * @param hash for copies of the whole
 * @param embedding for parts and edited copies; empty where no network computed it
 * @param keypoints by which those are verified; there where the embedding is
 * @param thumbnail a small JPEG file to be shown; empty where there is none
 */
public record Fingerprint(
    PdqHash hash,
    Optional<Embedding> embedding,
    Optional<Keypoints> keypoints,
    ByteBuffer thumbnail) {

  /** The largest thumbnail that an index keeps, in bytes. */
  public static final int MAX_THUMBNAIL_BYTES = 32 << 10;

  public Fingerprint {
    Objects.requireNonNull(hash, "hash");
    if (embedding.isPresent() != keypoints.isPresent()) {
      throw new IllegalArgumentException("an embedding and key points go together");
    }
    if (thumbnail.remaining() > MAX_THUMBNAIL_BYTES) {
      throw new IllegalArgumentException("a thumbnail of " + thumbnail.remaining() + " bytes");
    }
    thumbnail = thumbnail.asReadOnlyBuffer();
  }

  /** A hash alone, as lists hold it. */
  public static Fingerprint of(PdqHash hash) {
    return new Fingerprint(hash, Optional.empty(), Optional.empty(), ByteBuffer.allocate(0));
  }

  /** Whether there is enough in the picture to find it again. */
  public boolean tells() {
    return hash.tells() || embedding.isPresent();
  }

  /** The same as an index keeps it. */
  Fingerprint kept() {
    return new Fingerprint(hash, embedding, keypoints.map(Keypoints::kept), thumbnail);
  }
}
