package dev.assay.server.internal.intake;

import dev.assay.internal.resource.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.stream.Stream;

/** Takes bodies into files of a folder, which only this user may read. Thread-safe. */
public final class Uploads {

  private static final int BUFFER_BYTES = 1 << 16;
  private static final int MAX_NAME = 255;

  /** A body that arrives more slowly than this, after some seconds, is given up. */
  private static final long BYTES_PER_SECOND = 1024;

  private static final long SECONDS_TO_BEGIN = 10;

  private final Path folder;

  /** Into a folder that is there. */
  public Uploads(Path folder) {
    this.folder = folder;
  }

  /** Writes a body. */
  public interface Writer {
    /** Writes all of it, and closes nothing. */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Takes a body; what arrived of one that breaks off is removed.
   *
   * @param body is read to its end, and not closed
   * @param name what its sender calls it: its last part becomes the name of the upload
   * @param most bytes that it may hold
   * @throws TooLargeException if it holds more
   * @throws TooSlowException if it hardly arrives
   * @throws IOException if it breaks off, or cannot be kept
   */
  public Upload take(InputStream body, String name, long most) throws IOException {
    return take(
            out -> {
              byte[] buffer = new byte[BUFFER_BYTES];
              for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
                out.write(buffer, 0, count);
              }
            },
            most)
        .named(name);
  }

  /**
   * Takes a body that somebody writes, without a name.
   *
   * @param most bytes that it may hold
   * @throws IOException as {@link #take(InputStream, String, long)}
   */
  public Upload take(Writer body, long most) throws IOException {
    Path file = Files.createTempFile(folder, "upload", null);
    boolean taken = false;
    try (Receiving out = new Receiving(Files.newOutputStream(file), most)) {
      body.writeTo(out);
      taken = true;
      return new Upload(file, plain(""), out.size, Sha256.hexadecimal(out.digest));
    } finally {
      if (!taken) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** Hashes what passes, and lets no more through than may. */
  private static final class Receiving extends OutputStream {

    private final OutputStream out;
    private final long most;
    private final MessageDigest digest = Sha256.digest();
    private final long begun = System.nanoTime();
    private long size;

    Receiving(OutputStream out, long most) {
      this.out = out;
      this.most = most;
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
      size += count;
      if (size > most) {
        throw new TooLargeException(most);
      }
      long seconds = (System.nanoTime() - begun) / 1_000_000_000L;
      if (seconds > SECONDS_TO_BEGIN && size / seconds < BYTES_PER_SECOND) {
        throw new TooSlowException();
      }
      digest.update(bytes, offset, count);
      out.write(bytes, offset, count);
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }

  /** The last part of a path of any system, without what is no text, and not too long. */
  static String plain(String name) {
    String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    StringBuilder text = new StringBuilder();
    last.codePoints()
        .filter(c -> !Character.isISOControl(c) && Character.getType(c) != Character.SURROGATE)
        .limit(MAX_NAME)
        .forEach(text::appendCodePoint);
    String plain = text.toString().strip();
    return plain.isEmpty() || plain.equals(".") || plain.equals("..") ? "upload" : plain;
  }

  /** How many files there are. */
  public int count() {
    try (Stream<Path> files = Files.list(folder)) {
      return (int) files.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
