package dev.assay.media;

import dev.assay.FailureCode;
import dev.assay.MediaException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Where the bytes of a file come from: a path, or memory. Immutable; nothing stays open in between.
 */
public abstract sealed class Source {

  private final String name;

  private Source(String name) {
    this.name = name;
  }

  /** A file on disk, and what messages call it. */
  public static Source of(Path file, String name) {
    return new File(file, name);
  }

  /** A file held in memory, not copied, and what messages call it. */
  public static Source of(byte[] content, String name) {
    return new Memory(content, name);
  }

  /** What messages call it. */
  public final String name() {
    return name;
  }

  /**
   * Size in bytes.
   *
   * @throws MediaException if there is no such file, or it is none that can be examined
   */
  abstract long size() throws MediaException;

  /** Opens the bytes from the start; the caller closes the stream. */
  public abstract InputStream open() throws IOException;

  /** Opens the bytes for reading anywhere; the caller closes the channel. */
  abstract SeekableByteChannel channel() throws IOException;

  private static final class File extends Source {

    private final Path file;

    File(Path file, String name) {
      super(name);
      this.file = file;
    }

    @Override
    long size() throws MediaException {
      try {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        if (attributes.isDirectory()) {
          // A folder comes here where a scan could not list it, or where a single file was asked
          // for.
          throw Files.isReadable(file)
              ? new MediaException(FailureCode.NOT_A_FILE, "It is a folder.")
              : new MediaException(FailureCode.UNREADABLE, "The folder may not be listed.");
        }
        if (!attributes.isRegularFile()) {
          throw new MediaException(
              FailureCode.NOT_A_FILE, "It is neither a file nor a folder, but a pipe or a device.");
        }
        return attributes.size();
      } catch (NoSuchFileException e) {
        throw new MediaException(
            FailureCode.NOT_FOUND,
            name().indexOf('\ufffd') < 0
                ? "There is no such file."
                : "There is no such file; a name that is no valid text cannot be given by itself,"
                    + " but is found in a scan of its folder.",
            e);
      } catch (IOException e) {
        throw MediaException.unreadable(e);
      }
    }

    @Override
    public InputStream open() throws IOException {
      return Files.newInputStream(file);
    }

    @Override
    SeekableByteChannel channel() throws IOException {
      return Files.newByteChannel(file);
    }
  }

  private static final class Memory extends Source {

    private final byte[] content;

    Memory(byte[] content, String name) {
      super(name);
      this.content = content;
    }

    @Override
    long size() {
      return content.length;
    }

    @Override
    public InputStream open() {
      return new ByteArrayInputStream(content);
    }

    @Override
    SeekableByteChannel channel() {
      return new ByteArrayChannel(content);
    }
  }
}
