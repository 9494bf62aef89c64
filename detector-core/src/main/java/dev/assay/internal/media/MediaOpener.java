package dev.assay.internal.media;

import dev.assay.FailureCode;
import dev.assay.Limits;
import dev.assay.MediaException;
import dev.assay.MediaKind;
import dev.assay.Sentence;
import dev.assay.internal.container.ByteReader;
import dev.assay.internal.container.MemorySource;
import dev.assay.internal.format.Format;
import dev.assay.internal.format.FormatRecogniser;
import dev.assay.spi.Budget;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Opens a file: recognises its content and checks it against the limits. No pixel is decoded yet.
 */
public final class MediaOpener {

  private MediaOpener() {}

  /** Opens a file with the time that the limits allow, beginning now. */
  public static OpenedMedia open(Source source, Limits limits) throws MediaException, IOException {
    return open(source, limits, new Budget(limits.time()));
  }

  /**
   * Opens a file.
   *
   * @return the media, which the caller closes
   * @throws MediaException if it is no media, or exceeds a limit
   * @throws IOException if it cannot be read
   */
  public static OpenedMedia open(Source source, Limits limits, Budget budget)
      throws MediaException, IOException {
    Source.Opened opened = source.open();
    boolean kept = false;
    try {
      requireSize(opened.size(), limits);
      Format format = FormatRecogniser.recognise(new ByteReader(opened, budget));
      OpenedMedia media =
          format.kind() == MediaKind.IMAGE
              ? new OpenedImage(source.name(), inMemory(opened), format, limits, budget)
              : new OpenedClip(source.name(), opened, format, limits, budget);
      media.liesAt(source.path());
      media.hashedBefore(source.sha256());
      kept = true;
      return media;
    } finally {
      if (!kept) {
        opened.close();
      }
    }
  }

  private static void requireSize(long size, Limits limits) throws MediaException {
    if (size == 0) {
      throw new MediaException(FailureCode.EMPTY_FILE, "It is empty.");
    }
    if (size > limits.bytes()) {
      throw new MediaException(
          FailureCode.TOO_MANY_BYTES,
          Sentence.of("It has {0} bytes; the limit is {1}.", size, limits.bytes()));
    }
  }

  /** Images are read once, whole, unless they are larger than any that is decoded. */
  private static Source.Opened inMemory(Source.Opened opened) throws IOException {
    if (opened instanceof Source.OpenedMemory || opened.size() > OpenedImage.MAX_BYTES) {
      return opened;
    }
    try (opened) {
      ByteBuffer content = ByteBuffer.allocate((int) opened.size());
      while (content.hasRemaining() && opened.read(content.position(), content) >= 0) {
        // Each read goes on where the last one ended.
      }
      if (content.hasRemaining()) {
        throw new IOException("it became shorter while it was read");
      }
      return new Source.OpenedMemory(new MemorySource(content.array()));
    }
  }
}
