package dev.assay.internal.container;

import dev.assay.Sentence;
import dev.assay.spi.Budget;
import dev.assay.spi.DamagedException;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.brotli.dec.BrotliInputStream;

/** The compressions of files and their parts; what they give is charged to a budget as it comes. */
public enum Compression {
  /** None. */
  NONE {
    @Override
    InputStream over(InputStream packed) {
      return new BufferedInputStream(packed);
    }
  },
  /** RFC 1950. */
  ZLIB {
    @Override
    InputStream over(InputStream packed) {
      return new InflaterInputStream(packed);
    }
  },
  /** RFC 1952, also of several members. */
  GZIP {
    @Override
    InputStream over(InputStream packed) throws IOException {
      return new BufferedInputStream(new GZIPInputStream(packed, BUFFER_BYTES));
    }
  },
  /** RFC 7932. */
  BROTLI {
    @Override
    InputStream over(InputStream packed) throws IOException {
      return new BrotliInputStream(packed);
    }
  },
  /** Of bzip2 1.0, also of several streams. */
  BZIP2 {
    @Override
    InputStream over(InputStream packed) throws IOException {
      return new BZip2CompressorInputStream(new BufferedInputStream(packed), true);
    }
  },
  /** Of the file format .xz 1.2, also of several streams. */
  XZ {
    @Override
    InputStream over(InputStream packed) throws IOException {
      return new XZCompressorInputStream(new BufferedInputStream(packed), true, MAX_MEMORY_KIB);
    }
  };

  /** Memory that unpacking may ask for, in KiB. */
  public static final int MAX_MEMORY_KIB = 128 << 10;

  private static final int BUFFER_BYTES = 1 << 16;

  abstract InputStream over(InputStream packed) throws IOException;

  /**
   * Unpacks a stream.
   *
   * @param packed is closed with the result, or at once where unpacking cannot begin
   * @return throws an {@link IOException} when the budget's time is up
   */
  public InputStream open(InputStream packed, Budget budget) throws IOException {
    try {
      return new Charged(over(packed), budget);
    } catch (IOException | RuntimeException e) {
      packed.close();
      throw e instanceof IOException damage ? damage : new IOException(e);
    }
  }

  /**
   * What a piece unpacks to, charged as a copy.
   *
   * @param what the piece, at the start of a sentence
   * @param most bytes that are taken
   * @throws DamagedException if it unpacks to more, or is no such piece
   */
  public byte[] unpacked(Sentence what, byte[] packed, int most, Budget budget)
      throws DamagedException {
    byte[] content;
    try (InputStream in = open(new ByteArrayInputStream(packed), budget)) {
      content = in.readNBytes(most + 1);
    } catch (IOException | RuntimeException e) {
      // Brotli's decoder throws unchecked exceptions on some broken streams.
      budget.work(1);
      throw new DamagedException(Sentence.of("{0} cannot be inflated.", what));
    }
    budget.copy(content.length);
    if (content.length > most) {
      throw new DamagedException(
          Sentence.of("{0} inflates beyond the bound; it was not read.", what));
    }
    return content;
  }

  /** Charges what is read. */
  private static final class Charged extends MeteredStream {
    private final Budget budget;

    Charged(InputStream in, Budget budget) {
      super(in);
      this.budget = budget;
    }

    @Override
    protected void meter(int count) throws IOException {
      try {
        budget.handOut(count);
      } catch (DamagedException e) {
        throw new IOException(e.getMessage(), e);
      }
    }
  }
}
