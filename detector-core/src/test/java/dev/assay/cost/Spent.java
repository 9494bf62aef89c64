package dev.assay.cost;

import com.sun.management.ThreadMXBean;
import dev.assay.internal.metadata.BytesMedia;
import dev.assay.internal.metadata.consistency.ConsistencyExaminer;
import dev.assay.internal.metadata.generator.MetadataExaminer;
import dev.assay.internal.provenance.ProvenanceExaminer;
import dev.assay.internal.provenance.ProvenanceReader;
import dev.assay.internal.provenance.trust.TrustAnchors;
import dev.assay.spi.Budget;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Clock;

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
            new ProvenanceExaminer(new ProvenanceReader(TrustAnchors::none, Clock.systemUTC()))) {
      BytesMedia media = new BytesMedia(file, budget);
      return by(
          () -> {
            metadata.examine(media);
            consistency.examine(media);
            provenance.examine(media);
          });
    }
  }
}
