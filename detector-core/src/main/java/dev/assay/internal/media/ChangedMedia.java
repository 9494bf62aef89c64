package dev.assay.internal.media;

import dev.assay.MediaKind;
import dev.assay.spi.Block;
import dev.assay.spi.Budget;
import dev.assay.spi.Finding;
import dev.assay.spi.Frame;
import dev.assay.spi.Media;
import dev.assay.spi.Picture;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * An image whose pixels were changed after decoding; its bytes, and what may be spent on it, are
 * those of the original.
 */
public record ChangedMedia(OpenedMedia original, Picture changed) implements Media {

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
  public Budget budget() {
    return original.budget();
  }

  @Override
  public List<Block> blocks() throws IOException {
    return original.blocks();
  }

  @Override
  public <T> T once(Finding<T> finding) throws IOException {
    return original.once(finding);
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
