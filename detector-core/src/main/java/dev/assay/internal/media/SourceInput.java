package dev.assay.internal.media;

import static org.bytedeco.ffmpeg.global.avformat.AVSEEK_SIZE;
import static org.bytedeco.ffmpeg.global.avformat.avio_alloc_context;
import static org.bytedeco.ffmpeg.global.avformat.avio_context_free;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EXIT;
import static org.bytedeco.ffmpeg.global.avutil.av_free;
import static org.bytedeco.ffmpeg.global.avutil.av_malloc;

import dev.assay.spi.Budget;
import dev.assay.spi.ByteSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.Read_packet_Pointer_BytePointer_int;
import org.bytedeco.ffmpeg.avformat.Seek_Pointer_long_int;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * Lets FFmpeg read from an opened file: it gets bytes and no name, so nothing in a file can make it
 * open another file or an address.
 *
 * <p>JavaCPP offers few slots for callbacks, so one pair serves all inputs and finds its own by the
 * address that FFmpeg hands back.
 */
final class SourceInput implements AutoCloseable {

  private static final int BUFFER_BYTES = 1 << 16;
  private static final int SEEK_FORCE = 0x20000;

  private static final Map<Long, SourceInput> OPEN = new ConcurrentHashMap<>();
  private static final Read READ = new Read();
  private static final Seek SEEK = new Seek();

  private final ByteSource source;
  private final Budget budget;
  private final BytePointer key = new BytePointer(1);
  private final AVIOContext context;
  private long position;

  SourceInput(ByteSource source, Budget budget) {
    this.source = source;
    this.budget = budget;
    OPEN.put(key.address(), this);
    BytePointer buffer = new BytePointer(av_malloc(BUFFER_BYTES)).capacity(BUFFER_BYTES);
    this.context = avio_alloc_context(buffer, BUFFER_BYTES, 0, key, READ, null, SEEK);
  }

  AVIOContext context() {
    return context;
  }

  @Override
  public void close() {
    OPEN.remove(key.address());
    av_free(context.buffer());
    avio_context_free(context);
    key.close();
  }

  private int read(BytePointer target, int size) throws IOException {
    if (budget.timeUp()) {
      return AVERROR_EXIT;
    }
    ByteBuffer bytes = target.capacity(size).asByteBuffer();
    int count = source.read(position, bytes);
    position += Math.max(0, count);
    return count <= 0 ? AVERROR_EOF : count;
  }

  private long seek(long offset, int whence) {
    long size = source.size();
    int mode = whence & ~SEEK_FORCE;
    if (mode == AVSEEK_SIZE) {
      return size;
    }
    long target =
        switch (mode) {
          case 0 -> offset;
          case 1 -> position + offset;
          case 2 -> size + offset;
          default -> -1;
        };
    if (target < 0) {
      return -1;
    }
    position = target;
    return target;
  }

  private static @Nullable SourceInput at(Pointer key) {
    return OPEN.get(key.address());
  }

  private static final class Read extends Read_packet_Pointer_BytePointer_int {
    @Override
    public int call(Pointer key, BytePointer target, int size) {
      @Nullable SourceInput input = at(key);
      try {
        return input == null ? AVERROR_EXIT : input.read(target, size);
      } catch (IOException | RuntimeException e) {
        // Nothing may be thrown through native frames; FFmpeg reports the error to whoever called
        // it.
        return AVERROR_EXIT;
      }
    }
  }

  private static final class Seek extends Seek_Pointer_long_int {
    @Override
    public long call(Pointer key, long offset, int whence) {
      @Nullable SourceInput input = at(key);
      try {
        return input == null ? -1 : input.seek(offset, whence);
      } catch (RuntimeException e) {
        return -1;
      }
    }
  }
}
