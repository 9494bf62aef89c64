package dev.assay.cost;

import com.sun.management.ThreadMXBean;
import dev.assay.MediaException;
import dev.assay.internal.container.Budget;
import dev.assay.internal.container.ByteReader;
import dev.assay.internal.container.ContainerFile;
import dev.assay.internal.container.Format;
import dev.assay.internal.container.FormatRecogniser;
import dev.assay.internal.metadata.BytesMedia;
import dev.assay.internal.metadata.consistency.ConsistencyExaminer;
import dev.assay.internal.metadata.generator.MetadataExaminer;
import dev.assay.internal.provenance.ProvenanceExaminer;
import dev.assay.internal.provenance.ProvenanceReader;
import dev.assay.internal.provenance.TrustAnchors;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * What this thread spent.
 *
 * @param bytes taken from the heap
 * @param millis of the processor
 */
public record Spent(long bytes, long millis) {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Something to do. */
  public interface Work {
    void run() throws IOException;
  }

  public static Spent by(Work work) throws IOException {
    long bytes = THREADS.getCurrentThreadAllocatedBytes();
    long time = THREADS.getCurrentThreadCpuTime();
    work.run();
    return new Spent(
        THREADS.getCurrentThreadAllocatedBytes() - bytes,
        (THREADS.getCurrentThreadCpuTime() - time) / 1_000_000);
  }

  /** What the examiners that read bytes spend on a file. */
  static Spent on(byte[] file, Budget budget) throws IOException {
    try (MetadataExaminer metadata = new MetadataExaminer();
        ConsistencyExaminer consistency = new ConsistencyExaminer();
        ProvenanceExaminer provenance =
            new ProvenanceExaminer(new ProvenanceReader(TrustAnchors.none(), Clock.systemUTC()))) {
      Recognised media = new Recognised(file, budget);
      return by(
          () -> {
            metadata.examine(media);
            consistency.examine(media);
            provenance.examine(media);
          });
    }
  }

  /** A file whose format was recognised. */
  private static final class Recognised extends BytesMedia implements ContainerFile {
    private final Map<Class<?>, Object> found = new HashMap<>();
    private final Budget budget;
    private final Format format;

    Recognised(byte[] bytes, Budget budget) throws IOException {
      super(bytes);
      this.budget = budget;
      try {
        this.format =
            FormatRecogniser.recognise(new ByteReader(bytes, new Budget(Duration.ofMinutes(1))));
      } catch (MediaException e) {
        throw new IllegalArgumentException(e);
      }
    }

    @Override
    public Format format() {
      return format;
    }

    @Override
    public Budget budget() {
      return budget;
    }

    @Override
    public <T> T once(Class<T> type, Reading<T> reading) throws IOException {
      Object known = found.get(type);
      if (known == null) {
        known = reading.read();
        found.put(type, known);
      }
      return type.cast(known);
    }
  }
}
