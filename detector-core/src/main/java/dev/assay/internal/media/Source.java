package dev.assay.internal.media;

import dev.assay.FailureCode;
import dev.assay.MediaException;
import dev.assay.internal.container.FileBytes;
import dev.assay.internal.container.MemorySource;
import dev.assay.spi.ByteSource;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/**
 * Where the bytes of a file come from: a path, or memory. Immutable; opened once per examination.
 */
public abstract sealed class Source {

  private final String name;

  private Source(String name) {
    this.name = name;
  }

  /** A file on disk, and what messages call it. */
  public static Source of(Path file, String name) {
    return new File(file, name, Optional.empty());
  }

  /**
   * The same where its hash is known.
   *
   * @param sha256 of its content, lower-case hexadecimal; believed
   */
  public static Source of(Path file, String name, String sha256) {
    return new File(file, name, Optional.of(sha256));
  }

  /** A file held in memory, not copied, and what messages call it. */
  public static Source of(byte[] content, String name) {
    return new Memory(content, name);
  }

  /** What messages call it. */
  public final String name() {
    return name;
  }

  /** The hash of its content, if that is known before it is read. */
  Optional<String> sha256() {
    return Optional.empty();
  }

  /** Where it lies on disk; empty for what is held in memory. */
  Optional<Path> path() {
    return Optional.empty();
  }

  /**
   * Opens the bytes; the caller closes them.
   *
   * @throws MediaException if there is no such file, or it is none that can be examined
   */
  abstract Opened open() throws MediaException;

  /** The bytes of a file while it is open. */
  interface Opened extends ByteSource, Closeable {}

  private static final class File extends Source {

    private final Path file;
    private final Optional<String> sha256;

    File(Path file, String name, Optional<String> sha256) {
      super(name);
      this.file = file;
      this.sha256 = sha256;
    }

    @Override
    Optional<String> sha256() {
      return sha256;
    }

    @Override
    Optional<Path> path() {
      return Optional.of(file);
    }

    @Override
    Opened open() throws MediaException {
      try {
        requireRegular();
        return new OpenedFile(FileChannel.open(file, StandardOpenOption.READ));
      } catch (NoSuchFileException e) {
        throw new MediaException(
            FailureCode.NOT_FOUND,
            name().indexOf('\ufffd') < 0
                ? "There is no such file."
                : "There is no such file; a name that is not valid text cannot be given as an"
                    + " argument, but is found in a scan of its folder.",
            e);
      } catch (IOException e) {
        throw MediaException.unreadable(e);
      }
    }

    private void requireRegular() throws IOException, MediaException {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      if (attributes.isDirectory()) {
        // A folder comes here where a scan could not list it, or where a single file was asked for.
        throw Files.isReadable(file)
            ? new MediaException(FailureCode.NOT_A_FILE, "It is a folder.")
            : new MediaException(FailureCode.UNREADABLE, "The folder may not be listed.");
      }
      if (!attributes.isRegularFile()) {
        throw new MediaException(
            FailureCode.NOT_A_FILE, "It is neither a file nor a folder, but a pipe or a device.");
      }
    }
  }

  private static final class OpenedFile extends FileBytes implements Opened {
    OpenedFile(FileChannel channel) throws IOException {
      super(channel);
    }
  }

  private static final class Memory extends Source {

    private final byte[] content;

    Memory(byte[] content, String name) {
      super(name);
      this.content = content;
    }

    @Override
    Opened open() {
      return new OpenedMemory(new MemorySource(content));
    }
  }

  /** Bytes in memory: nothing to close. */
  record OpenedMemory(MemorySource memory) implements Opened {

    @Override
    public long size() {
      return memory.size();
    }

    @Override
    public int read(long position, ByteBuffer target) {
      return memory.read(position, target);
    }

    @Override
    public void close() {}
  }
}
