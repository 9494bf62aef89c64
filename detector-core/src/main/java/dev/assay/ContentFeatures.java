package dev.assay;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the backbone of the shipped models computes of a picture, clip or voice, before any model
 * judges it: what a further head learns from. A linear head gives its score on them, since that of
 * a file is the mean over its views and frames, or its windows.
 *
 * @param kind of the media
 * @param backbone SHA-256 of the backbone's weights, lower-case hexadecimal: features of another
 *     one are others
 * @param views by kind of view, {@code whole} and {@code native}: the mean over the views of all
 *     frames that were looked at; of sound {@code speech}: the mean over its windows of speech. One
 *     that has none is not there
 */
public record ContentFeatures(MediaKind kind, String backbone, Map<String, FloatBuffer> views) {

  private static final int MOST_VALUES = 1 << 20;
  private static final int MOST_VIEWS = 8;

  public ContentFeatures {
    Map<String, FloatBuffer> copies = new TreeMap<>();
    views.forEach((name, values) -> copies.put(name, values.asReadOnlyBuffer()));
    views = new LinkedHashMap<>(copies);
  }

  /** As {@link #read} reads them. */
  public byte[] bytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeUTF(kind.code());
      out.writeUTF(backbone);
      out.writeInt(views.size());
      for (Map.Entry<String, FloatBuffer> view : views.entrySet()) {
        FloatBuffer values = view.getValue().duplicate();
        out.writeUTF(view.getKey());
        out.writeInt(values.remaining());
        ByteBuffer block = ByteBuffer.allocate(values.remaining() * Float.BYTES);
        block.asFloatBuffer().put(values);
        out.write(block.array());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot fail to be written to", e);
    }
    return bytes.toByteArray();
  }

  /**
   * Reads what {@link #bytes} wrote.
   *
   * @throws IOException if it is something else
   */
  public static ContentFeatures read(byte[] bytes) throws IOException {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      String code = in.readUTF();
      MediaKind kind =
          Arrays.stream(MediaKind.values())
              .filter(each -> each.code().equals(code))
              .findFirst()
              .orElseThrow(() -> new IOException("features of the unknown kind " + code));
      String backbone = in.readUTF();
      int count = in.readInt();
      if (count < 0 || count > MOST_VIEWS) {
        throw new IOException("features of " + count + " views");
      }
      Map<String, FloatBuffer> views = new LinkedHashMap<>();
      for (int i = 0; i < count; i++) {
        String name = in.readUTF();
        int length = in.readInt();
        if (length < 0 || length > MOST_VALUES) {
          throw new IOException("features of " + length + " values");
        }
        byte[] block = in.readNBytes(length * Float.BYTES);
        if (block.length < length * Float.BYTES) {
          throw new IOException("features that were cut off");
        }
        views.put(name, ByteBuffer.wrap(block).asFloatBuffer());
      }
      return new ContentFeatures(kind, backbone, views);
    }
  }
}
