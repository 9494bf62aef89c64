package dev.assay.known;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a file is found again by.
 *
 * @param frames in order of time; of a still picture one at 0 seconds
 */
public record MediaFingerprint(List<FrameFingerprint> frames) {

  /** Of what has no frame to be found again by. */
  public static final MediaFingerprint NONE = new MediaFingerprint(List.of());

  private static final int MAX_FRAMES = 10_000;
  private static final int MAX_BLOCK_BYTES = 1 << 20;

  /**
   * A frame.
   *
   * @param seconds from the start
   * @param fingerprint what it is found again by
   */
  public record FrameFingerprint(double seconds, Fingerprint fingerprint) {
    public FrameFingerprint {
      if (!(seconds >= 0)) {
        throw new IllegalArgumentException("seconds must not be negative: " + seconds);
      }
    }
  }

  public MediaFingerprint {
    frames = List.copyOf(frames);
  }

  /** As {@link #read} reads it. */
  public byte[] bytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(frames.size());
      for (FrameFingerprint frame : frames) {
        Fingerprint fingerprint = frame.fingerprint();
        out.writeDouble(frame.seconds());
        out.writeUTF(fingerprint.hash().hex());
        out.writeInt(fingerprint.hash().quality());
        out.writeLong(fingerprint.embedding().map(Embedding::network).orElse(0L));
        write(out, fingerprint.embedding().map(Embedding::bytes).orElse(new byte[0]));
        write(out, fingerprint.keypoints().map(Keypoints::bytes).orElse(new byte[0]));
        byte[] thumbnail = new byte[fingerprint.thumbnail().remaining()];
        fingerprint.thumbnail().duplicate().get(thumbnail);
        write(out, thumbnail);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot fail to be written to", e);
    }
    return bytes.toByteArray();
  }

  private static void write(DataOutputStream out, byte[] block) throws IOException {
    out.writeInt(block.length);
    out.write(block);
  }

  /**
   * Reads what {@link #bytes} wrote.
   *
   * @throws IOException if it is something else
   */
  public static MediaFingerprint read(byte[] bytes) throws IOException {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int count = in.readInt();
      if (count < 0 || count > MAX_FRAMES) {
        throw new IOException("fingerprints of " + count + " frames");
      }
      List<FrameFingerprint> frames = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        double seconds = in.readDouble();
        PdqHash hash = PdqHash.parse(in.readUTF(), in.readInt());
        long network = in.readLong();
        byte[] embedding = block(in);
        byte[] keypoints = block(in);
        ByteBuffer thumbnail = ByteBuffer.wrap(block(in));
        boolean embedded = network != 0;
        frames.add(
            new FrameFingerprint(
                seconds,
                new Fingerprint(
                    hash,
                    embedded ? Optional.of(Embedding.of(network, embedding)) : Optional.empty(),
                    embedded ? Optional.of(Keypoints.read(keypoints)) : Optional.empty(),
                    thumbnail)));
      }
      return new MediaFingerprint(frames);
    } catch (IllegalArgumentException e) {
      throw new IOException("no fingerprint: " + e.getMessage(), e);
    }
  }

  private static byte[] block(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > MAX_BLOCK_BYTES) {
      throw new IOException("a block of " + length + " bytes");
    }
    byte[] block = in.readNBytes(length);
    if (block.length < length) {
      throw new IOException("a fingerprint that was cut off");
    }
    return block;
  }
}
