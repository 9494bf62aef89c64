package dev.assay.internal.media;

import dev.assay.Frame;
import dev.assay.Media;
import dev.assay.MediaKind;
import dev.assay.Picture;
import dev.assay.internal.container.Budget;
import dev.assay.internal.container.ContainerFile;
import dev.assay.internal.container.Format;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * An image whose pixels were changed after decoding; its bytes, and what may be spent on it, are
 * those of the original.
 */
public record ChangedMedia(OpenedMedia original, Picture changed) implements Media, ContainerFile {

  @Override
  public String name() {
    return original.name();
  }

  @Override
  public MediaKind kind() {
    return original.kind();
  }

  @Override
  public String mediaType() {
    return original.mediaType();
  }

  @Override
  public List<Frame> frames() {
    return List.of(new Frame(0, true, changed));
  }

  @Override
  public Format format() {
    return original.format();
  }

  @Override
  public Budget budget() {
    return original.budget();
  }

  @Override
  public <T> T once(Class<T> type, Reading<T> reading) throws IOException {
    return original.once(type, reading);
  }

  @Override
  public long size() {
    return original.size();
  }

  @Override
  public int read(long position, ByteBuffer target) throws IOException {
    return original.read(position, target);
  }

  @Override
  public InputStream open() {
    return original.open();
  }
}
