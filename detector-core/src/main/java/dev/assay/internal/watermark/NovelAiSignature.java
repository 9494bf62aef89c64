package dev.assay.internal.watermark;

import dev.assay.spi.CodedPicture;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The signature by which NovelAI vouches for a picture: Ed25519 over its colours, row by row, and
 * over the comment without the signature itself, as written
 * (github.com/NovelAI/novelai-image-metadata).
 */
final class NovelAiSignature {

  /** NovelAI's public key. */
  private static final String PUBLISHED = "Y2JcQAOhLwzwSDUJPNgL04nS0Tbqm7cSRc4xk0vRMic=";

  /** What stands before the 32 bytes of such a key in a certificate: RFC 8410. */
  private static final String KEY_HEAD = "302a300506032b6570032100";

  private static final Pattern MEMBER =
      Pattern.compile("\"signed_hash\": ?\"([A-Za-z0-9+/=]{80,96})\"");

  private final PublicKey key;

  /** Checks by NovelAI's published key. */
  NovelAiSignature() {
    this(published());
  }

  /** Checks by another key. */
  NovelAiSignature(PublicKey key) {
    this.key = key;
  }

  private static PublicKey published() {
    byte[] raw = Base64.getDecoder().decode(PUBLISHED);
    byte[] head = HexFormat.of().parseHex(KEY_HEAD);
    byte[] encoded = new byte[head.length + raw.length];
    System.arraycopy(head, 0, encoded, 0, head.length);
    System.arraycopy(raw, 0, encoded, head.length, raw.length);
    try {
      return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Ed25519 is part of every Java from 15 on", e);
    }
  }

  /**
   * Whether a comment vouches for a picture.
   *
   * @param comment JSON as NovelAI's program wrote it; the text counts, not what it means
   */
  boolean vouches(CodedPicture picture, String comment) {
    Matcher member = MEMBER.matcher(comment);
    if (!member.find()) {
      return false;
    }
    try {
      Signature verifier = Signature.getInstance("Ed25519");
      verifier.initVerify(key);
      colours(picture, verifier);
      verifier.update(
          without(comment, member.start(), member.end())
              .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      return verifier.verify(Base64.getDecoder().decode(member.group(1)));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false;
    }
  }

  /** The text without a member and the comma that parts it from the next, or the last. */
  private static String without(String comment, int start, int end) {
    if (comment.startsWith(", ", end)) {
      return comment.substring(0, start) + comment.substring(end + 2);
    }
    boolean last = start >= 2 && comment.startsWith(", ", start - 2);
    return comment.substring(0, last ? start - 2 : start) + comment.substring(end);
  }

  private static void colours(CodedPicture picture, Signature verifier)
      throws GeneralSecurityException {
    byte[] row = new byte[picture.channels() * picture.width()];
    byte[] colours = new byte[3 * picture.width()];
    for (int y = 0; y < picture.height(); y++) {
      picture.row(y, row);
      for (int x = 0; x < picture.width(); x++) {
        System.arraycopy(row, picture.channels() * x, colours, 3 * x, 3);
      }
      verifier.update(colours);
    }
  }
}
