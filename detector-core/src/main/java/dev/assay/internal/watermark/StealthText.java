package dev.assay.internal.watermark;

import dev.assay.Sentence;
import dev.assay.internal.container.Compression;
import dev.assay.spi.Budget;
import dev.assay.spi.CodedPicture;
import dev.assay.spi.DamagedException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Text in the last bits of a picture's samples, as NovelAI and an extension of AUTOMATIC1111's web
 * UI write it: one bit of transparency a pixel, or one of each colour; column by column; a word of
 * 15 letters, the length in bits, the text, plain or compressed by gzip.
 *
 * @param place {@code transparency} or {@code colours}
 * @param text what is written there
 */
record StealthText(String place, String text) {

  /** Most bytes of text, inflated. */
  static final int MAX_TEXT_BYTES = 4 << 20;

  private static final int MAGIC_BYTES = 15;

  /** Finds the text of a picture. */
  static Optional<StealthText> find(CodedPicture picture, Budget budget) {
    Optional<StealthText> found = Optional.empty();
    if (picture.channels() == 4) {
      found = read(new LastBits(picture, 3, 1), "transparency", "info", "comp", "png", budget);
    }
    return found.isPresent()
        ? found
        : read(new LastBits(picture, 0, 3), "colours", "info", "comp", "rgb", budget);
  }

  private static Optional<StealthText> read(
      LastBits bits, String place, String plain, String compressed, String kind, Budget budget) {
    String magic = new String(bits.bytes(MAGIC_BYTES), StandardCharsets.ISO_8859_1);
    boolean packed = magic.equals("stealth_" + kind + compressed);
    if (!packed && !magic.equals("stealth_" + kind + plain)) {
      return Optional.empty();
    }
    long length = Integer.toUnsignedLong(ByteBuffer.wrap(bits.bytes(4)).getInt());
    if (length % 8 != 0 || length / 8 > Math.min(MAX_TEXT_BYTES, bits.left() / 8)) {
      return Optional.empty();
    }
    byte[] payload = bits.bytes((int) (length / 8));
    return (packed ? inflated(payload, budget) : Optional.of(payload))
        .flatMap(StealthText::utf8)
        .map(text -> new StealthText(place, text));
  }

  private static Optional<byte[]> inflated(byte[] payload, Budget budget) {
    try {
      return Optional.of(
          Compression.GZIP.unpacked(
              Sentence.of("The hidden text"), payload, MAX_TEXT_BYTES, budget));
    } catch (DamagedException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> utf8(byte[] bytes) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /** The last bits of some channels, column by column. */
  private static final class LastBits {
    private final CodedPicture picture;
    private final int first;
    private final int each;
    private final byte[] pixel;
    private long next;

    LastBits(CodedPicture picture, int first, int each) {
      this.picture = picture;
      this.first = first;
      this.each = each;
      this.pixel = new byte[picture.channels()];
    }

    long left() {
      return (long) picture.width() * picture.height() * each - next;
    }

    /** The next bytes, most significant bit first; zeros beyond the end. */
    byte[] bytes(int count) {
      byte[] bytes = new byte[count];
      for (int i = 0; i < count; i++) {
        int value = 0;
        for (int bit = 0; bit < 8; bit++) {
          value = value << 1 | bit();
        }
        bytes[i] = (byte) value;
      }
      return bytes;
    }

    private int bit() {
      if (left() <= 0) {
        return 0;
      }
      int channel = (int) (next % each);
      if (channel == 0) {
        long number = next / each;
        picture.pixel((int) (number / picture.height()), (int) (number % picture.height()), pixel);
      }
      next++;
      return pixel[first + channel] & 1;
    }
  }
}
