package dev.assay.internal.provenance.read;

import dev.assay.Sentence;
import dev.assay.internal.container.ByteReader;
import dev.assay.spi.Budget;
import dev.assay.spi.DamagedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A superbox of JUMBF (ISO/IEC 19566-5): its description and the boxes in it, as places in bytes
 * that are never written again.
 */
public final class JumbfBox {

  /** Most superboxes within one another. */
  static final int MAX_DEPTH = 32;

  /** Most boxes of one store. */
  static final int MAX_BOXES = 20_000;

  private static final String COMMON = "00110010800000aa00389b71";
  private static final int REQUESTABLE = 1;
  private static final int LABELLED = 2;
  private static final int NUMBERED = 4;
  private static final int HASHED = 8;
  private static final int PRIVATE = 16;

  /**
   * A box of a superbox that is none itself.
   *
   * @param type four characters
   * @param start where its content begins
   * @param end where it ends
   */
  record Content(String type, int start, int end) {}

  private final byte[] bytes;
  private final int start;
  private final int end;
  private String type = "";
  private String label = "";
  private final List<JumbfBox> boxes = new ArrayList<>();
  private final List<Content> contents = new ArrayList<>();

  /** Kept, since a hostile store may refer to one large box as often as it likes. */
  private final Map<HashAlgorithm, byte[]> hashes = new EnumMap<>(HashAlgorithm.class);

  private JumbfBox(byte[] bytes, int start, int end) {
    this.bytes = bytes;
    this.start = start;
    this.end = end;
  }

  /** Walks the boxes of one store, and counts them. */
  private static final class Walk {
    private final ByteReader reader;
    private int boxes;

    Walk(byte[] bytes, Budget budget) {
      this.reader = new ByteReader(bytes, budget);
    }

    /** The box that begins at a place and ends before another one. */
    Content box(int at, int end) throws DamagedException {
      if (++boxes > MAX_BOXES) {
        throw new DamagedException(
            Sentence.of("The manifest store has more than {0} boxes.", MAX_BOXES));
      }
      reader.budget().step();
      if (end - at < 8) {
        throw new DamagedException("A JUMBF box ends within its head.");
      }
      try {
        long size = reader.u32(at);
        int headSize = 8;
        if (size == 1) {
          if (end - at < 16) {
            throw new DamagedException("A JUMBF box ends within its head.");
          }
          size = reader.u64(at + 8);
          headSize = 16;
        } else if (size == 0) {
          size = (long) end - at;
        }
        if (size < headSize || size > end - at) {
          throw new DamagedException("A JUMBF box is longer than what holds it.");
        }
        return new Content(reader.fourCc(at + 4), at + headSize, at + (int) size);
      } catch (IOException e) {
        throw new IllegalStateException("bytes in memory cannot be read", e);
      }
    }
  }

  /**
   * Reads the superbox that begins with some bytes; what follows it is passed over.
   *
   * @throws DamagedException if there is none, or it breaks the bounds
   */
  public static JumbfBox parse(byte[] bytes, Budget budget) throws DamagedException {
    Walk walk = new Walk(bytes, budget);
    Content box = walk.box(0, bytes.length);
    if (!box.type().equals("jumb")) {
      throw new DamagedException("The manifest store does not begin with a JUMBF box.");
    }
    return superbox(bytes, box.start(), box.end(), 1, walk);
  }

  /** Reads a superbox from its content, without its head. */
  static JumbfBox ofContent(byte[] bytes, Budget budget) throws DamagedException {
    return superbox(bytes, 0, bytes.length, 1, new Walk(bytes, budget));
  }

  /**
   * One superbox of the boxes in two, with the description of the first.
   *
   * @throws DamagedException if one of them is none
   */
  static byte[] joined(byte[] first, byte[] second) throws DamagedException {
    byte[] one = content(first, false);
    byte[] other = content(second, true);
    return ByteBuffer.allocate(8 + one.length + other.length)
        .putInt(8 + one.length + other.length)
        .put("jumb".getBytes(StandardCharsets.ISO_8859_1))
        .put(one)
        .put(other)
        .array();
  }

  /** What a short superbox holds, its description left out if that is asked for. */
  private static byte[] content(byte[] box, boolean plain) throws DamagedException {
    ByteBuffer head = ByteBuffer.wrap(box);
    int end = box.length < 16 ? 0 : head.getInt(0);
    int described = box.length < 16 ? 0 : head.getInt(8);
    if (end < 16 || end > box.length || described < 8 || described > end - 8) {
      throw new DamagedException("The manifest store does not begin with a JUMBF box.");
    }
    return Arrays.copyOfRange(box, plain ? 8 + described : 8, end);
  }

  private static JumbfBox superbox(byte[] bytes, int start, int end, int depth, Walk walk)
      throws DamagedException {
    if (depth > MAX_DEPTH) {
      throw new DamagedException(
          Sentence.of("The boxes of the manifest store lie more than {0} deep.", MAX_DEPTH));
    }
    JumbfBox result = new JumbfBox(bytes, start, end);
    boolean described = false;
    for (int at = start; at < end; ) {
      Content box = walk.box(at, end);
      if (!described) {
        if (!box.type().equals("jumd")) {
          throw new DamagedException("A JUMBF box does not begin with its description.");
        }
        result.describe(box);
        described = true;
      } else if (box.type().equals("jumb")) {
        result.boxes.add(superbox(bytes, box.start(), box.end(), depth + 1, walk));
      } else {
        result.contents.add(box);
      }
      at = box.end();
    }
    if (!described) {
      throw new DamagedException("A JUMBF box is empty.");
    }
    return result;
  }

  private void describe(Content box) throws DamagedException {
    if (box.end() - box.start() < 17) {
      throw new DamagedException("The description of a JUMBF box is too short.");
    }
    String uuid = HexFormat.of().formatHex(bytes, box.start(), box.start() + 16);
    type =
        uuid.endsWith(COMMON)
            ? new String(bytes, box.start(), 4, StandardCharsets.ISO_8859_1)
            : uuid;
    int toggles = bytes[box.start() + 16];
    int at = box.start() + 17;
    if ((toggles & LABELLED) != 0) {
      int zero = at;
      while (zero < box.end() && bytes[zero] != 0) {
        zero++;
      }
      if (zero == box.end()) {
        throw new DamagedException("The label of a JUMBF box has no end.");
      }
      // Only what may be asked for by its label has one: ISO/IEC 19566-5, A.3.
      label = (toggles & REQUESTABLE) != 0 ? text(at, zero) : "";
      at = zero + 1;
    }
    at += ((toggles & NUMBERED) != 0 ? 4 : 0) + ((toggles & HASHED) != 0 ? 32 : 0);
    boolean told = (toggles & PRIVATE) != 0;
    if (at > box.end() || (told && !holdsBox(at, box.end()))) {
      throw new DamagedException("The description of a JUMBF box is too short.");
    }
  }

  /** A box of the writer's own, a salt for example: C2PA 2.2, 8.4.2.3. */
  private boolean holdsBox(int at, int end) {
    if (end - at < 8) {
      return false;
    }
    int size = ByteBuffer.wrap(bytes).getInt(at);
    return size >= 8 && size <= end - at;
  }

  private String text(int from, int to) throws DamagedException {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, from, to - from))
          .toString();
    } catch (CharacterCodingException e) {
      throw new DamagedException("The label of a JUMBF box is no text.");
    }
  }

  /** The four characters of its type, or all of a UUID that is none of JUMBF's, in hexadecimal. */
  public String type() {
    return type;
  }

  /** Its label; empty where it has none. */
  public String label() {
    return label;
  }

  /** The superboxes in it. */
  List<JumbfBox> boxes() {
    return boxes;
  }

  /** The other boxes in it. */
  List<Content> contents() {
    return contents;
  }

  /** The superbox in it with that label. */
  public Optional<JumbfBox> box(String wanted) {
    return boxes.stream().filter(box -> box.label.equals(wanted)).findFirst();
  }

  /** The content of its first box of that type. */
  public Optional<byte[]> content(String wanted) {
    return contents.stream()
        .filter(box -> box.type().equals(wanted))
        .findFirst()
        .map(box -> Arrays.copyOfRange(bytes, box.start(), box.end()));
  }

  /** Hash of all that it holds, description included, its own head not: C2PA 2.2, 8.4.2.3. */
  public byte[] hash(HashAlgorithm algorithm) {
    return hashes.computeIfAbsent(
        algorithm,
        name -> {
          MessageDigest digest = name.digest();
          digest.update(bytes, start, end - start);
          return digest.digest();
        });
  }

  /** Whether all bytes of its boxes are zero, as a redaction leaves them. */
  public boolean zeroed() {
    for (Content content : contents) {
      for (int i = content.start(); i < content.end(); i++) {
        if (bytes[i] != 0) {
          return false;
        }
      }
    }
    return true;
  }
}
