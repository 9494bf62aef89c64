package dev.assay.internal.container;

import dev.assay.spi.ByteSource;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The bytes of a file. */
public class FileBytes implements ByteSource, Closeable {

  private final FileChannel channel;
  private final long size;

  /** Opens a file; a link is not opened. */
  public FileBytes(Path file) throws IOException {
    this(FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
  }

  /** Those of a file that is open; closes it. */
  public FileBytes(FileChannel channel) throws IOException {
    this.channel = channel;
    this.size = channel.size();
  }

  @Override
  public final long size() {
    return size;
  }

  @Override
  public final int read(long position, ByteBuffer target) throws IOException {
    return channel.read(target, position);
  }

  @Override
  public final void close() throws IOException {
    channel.close();
  }
}
