package dev.assay;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;

/** An image whose pixels were changed after decoding; its bytes are those of the original. */
record ChangedMedia(Media original, Picture changed) implements Media {

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
