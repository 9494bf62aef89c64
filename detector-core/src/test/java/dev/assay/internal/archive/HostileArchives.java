package dev.assay.internal.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

/** Archives that nobody writes who means well. */
public final class HostileArchives {

  private static final int BLOCK = 512;

  private HostileArchives() {}

  /** Heads announce a name that is larger than any memory. */
  public static byte[] longName() {
    return gzip(head("././@LongLink", 'L', 1_500_000_000L), 64);
  }

  /** An entry of a kind that nobody wants, of so many MiB. */
  public static byte[] skipped(int mebibytes) {
    return gzip(head("volume", 'V', (long) mebibytes << 20), mebibytes);
  }

  /** A tar archive of one file. */
  public static byte[] tarOf(String name, byte[] content) {
    return tarOf(name, new String(content, StandardCharsets.ISO_8859_1));
  }

  /** A tar archive of files: names and contents in turn. */
  public static byte[] tarOf(String... namesAndContents) {
    ByteArrayOutputStream tar = new ByteArrayOutputStream();
    for (int i = 0; i < namesAndContents.length; i += 2) {
      byte[] content = namesAndContents[i + 1].getBytes(StandardCharsets.ISO_8859_1);
      tar.writeBytes(head(namesAndContents[i], '0', content.length));
      tar.writeBytes(content);
      tar.writeBytes(new byte[(BLOCK - content.length % BLOCK) % BLOCK]);
    }
    tar.writeBytes(new byte[2 * BLOCK]);
    return tar.toByteArray();
  }

  /** A head, and so many MiB of zeros in members of their own, which cost nothing to make. */
  private static byte[] gzip(byte[] head, int mebibytes) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(member(head));
    byte[] zeros = member(new byte[1 << 20]);
    for (int i = 0; i < mebibytes; i++) {
      file.writeBytes(zeros);
    }
    return file.toByteArray();
  }

  private static byte[] member(byte[] content) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  /** POSIX 1003.1, ustar. */
  private static byte[] head(String name, char type, long size) {
    byte[] head = new byte[BLOCK];
    put(head, 0, name);
    put(head, 100, "0000644\0");
    put(head, 108, "0000000\0");
    put(head, 116, "0000000\0");
    put(head, 124, String.format("%011o", size) + " ");
    put(head, 136, "00000000000 ");
    put(head, 156, String.valueOf(type));
    put(head, 257, "ustar\00000");
    Arrays.fill(head, 148, 156, (byte) ' ');
    int sum = 0;
    for (byte each : head) {
      sum += each & 0xFF;
    }
    put(head, 148, String.format("%06o", sum) + "\0 ");
    return head;
  }

  private static void put(byte[] head, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(bytes, 0, head, at, bytes.length);
  }
}
