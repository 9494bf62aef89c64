package dev.assay.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Paths read one by one from a list, each ended by a line feed, or by NUL. */
final class PathList implements Iterator<Path>, AutoCloseable {

  private static final int MAX_CHARS = 1 << 16;

  private final BufferedReader reader;
  private final char end;
  private @Nullable Path next;

  private PathList(BufferedReader reader, char end) {
    this.reader = reader;
    this.end = end;
  }

  /**
   * Opens a list.
   *
   * @param name a file, or {@code -} for standard input
   * @param nul whether paths end in NUL
   * @throws UsageException if it cannot be opened
   */
  private static PathList open(String name, boolean nul, InputStream standardInput)
      throws UsageException {
    try {
      InputStream in =
          name.equals("-") ? standardInput : Files.newInputStream(DetectorOptions.path(name));
      return new PathList(
          new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)), nul ? '\0' : '\n');
    } catch (IOException e) {
      throw new UsageException("The list " + name + " cannot be read: " + e + ".");
    }
  }

  /** The list that a scan was given, or one without paths. */
  static PathList of(ScanRequest request, InputStream standardInput) throws UsageException {
    return request.list().isPresent()
        ? open(request.list().get(), request.nul(), standardInput)
        : new PathList(new BufferedReader(Reader.nullReader()), '\n');
  }

  @Override
  public boolean hasNext() {
    try {
      String text = next == null ? read() : "";
      while (text != null && next == null) {
        if (!text.isEmpty()) {
          next = path(text);
        } else {
          text = read();
        }
      }
      return next != null;
    } catch (IOException e) {
      throw new UncheckedIOException("The list of files cannot be read any further.", e);
    }
  }

  /** What cannot be a path becomes one that does not exist: its report says so. */
  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      return Path.of(text.replaceAll("[\\x00-\\x1f<>:\"|?*]", "\ufffd"));
    }
  }

  @Override
  public Path next() {
    if (!hasNext() || next == null) {
      throw new NoSuchElementException();
    }
    Path path = next;
    next = null;
    return path;
  }

  private @Nullable String read() throws IOException {
    StringBuilder text = new StringBuilder();
    int c = reader.read();
    if (c < 0) {
      return null;
    }
    while (c >= 0 && c != end) {
      // No system has longer paths; what is cut does not exist either.
      if (text.length() < MAX_CHARS) {
        text.append((char) c);
      }
      c = reader.read();
    }
    boolean windows = end == '\n' && !text.isEmpty() && text.charAt(text.length() - 1) == '\r';
    return windows ? text.substring(0, text.length() - 1) : text.toString();
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
