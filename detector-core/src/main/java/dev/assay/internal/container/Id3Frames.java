package dev.assay.internal.container;

import dev.assay.Sentence;
import dev.assay.spi.Budget;
import dev.assay.spi.DamagedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The frames of an ID3v2 tag, versions 2.2 to 2.4 (id3.org), unsynchronisation undone. */
public final class Id3Frames {

  private static final int MAX_TAG_BYTES = 16 << 20;
  private static final int HEAD = 10;

  /**
   * One frame.
   *
   * @param id three or four characters
   * @param content after its head
   */
  @SuppressWarnings("ArrayRecordComponent") // Nobody compares frames.
  public record Frame(String id, byte[] content) {}

  private final Budget budget;
  private final byte[] tag;
  private final int version;
  private int next;

  private Id3Frames(Budget budget, byte[] tag, int version, int next) {
    this.budget = budget;
    this.tag = tag;
    this.version = version;
    this.next = next;
  }

  /**
   * Walks the tag that begins at an offset.
   *
   * @param end where what holds the tag ends
   */
  public static Id3Frames at(ByteReader bytes, long start, long end)
      throws IOException, DamagedException {
    int version = bytes.u8(start + 3);
    int flags = bytes.u8(start + 5);
    int length = synchsafe(bytes.read(start + 6, 4), 0);
    if (length > end - start - HEAD) {
      throw new DamagedException("The ID3 tag is longer than what holds it; it was not read.");
    }
    byte[] tag = bytes.piece(Sentence.of("The ID3 tag"), start + HEAD, length, MAX_TAG_BYTES);
    if ((flags & 0x80) != 0 && version < 4) {
      tag = resynchronise(tag);
    }
    boolean extended = (flags & 0x40) != 0 && tag.length >= 4;
    return new Id3Frames(bytes.budget(), tag, version, extended ? extendedHeader(tag, version) : 0);
  }

  /** Where the tag that begins at an offset ends; the offset itself if there is none. */
  public static long end(ByteReader bytes, long start) throws IOException, DamagedException {
    return bytes.has(start, "ID3") && bytes.size() >= start + HEAD
        ? start + HEAD + synchsafe(bytes.read(start + 6, 4), 0)
        : start;
  }

  /**
   * The next frame; null after the last.
   *
   * @throws DamagedException if it is longer than its tag
   */
  public @Nullable Frame next() throws DamagedException {
    int idLength = version == 2 ? 3 : 4;
    int head = version == 2 ? 6 : 10;
    if (next < 0 || next + head > tag.length || tag[next] == 0) {
      return null;
    }
    budget.step();
    String id = new String(tag, next, idLength, StandardCharsets.ISO_8859_1);
    long size = version == 4 ? synchsafe(tag, next + 4) : number(tag, next + idLength, idLength);
    if (size > tag.length - next - head) {
      throw new DamagedException(Sentence.of("The ID3 frame {0} is longer than its tag.", id));
    }
    byte[] content = Arrays.copyOfRange(tag, next + head, next + head + (int) size);
    next += head + (int) size;
    return new Frame(id, content);
  }

  private static int extendedHeader(byte[] tag, int version) {
    return version == 4 ? synchsafe(tag, 0) : 4 + (int) Math.min(tag.length, number(tag, 0, 4));
  }

  private static byte[] resynchronise(byte[] tag) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(tag.length);
    for (int i = 0; i < tag.length; i++) {
      out.write(tag[i]);
      if ((tag[i] & 0xFF) == 0xFF && i + 1 < tag.length && tag[i + 1] == 0) {
        i++;
      }
    }
    return out.toByteArray();
  }

  private static int synchsafe(byte[] bytes, int offset) {
    return (bytes[offset] & 0x7F) << 21
        | (bytes[offset + 1] & 0x7F) << 14
        | (bytes[offset + 2] & 0x7F) << 7
        | (bytes[offset + 3] & 0x7F);
  }

  private static long number(byte[] bytes, int offset, int length) {
    long value = 0;
    for (int i = 0; i < length; i++) {
      value = value << 8 | (bytes[offset + i] & 0xFF);
    }
    return value;
  }
}
