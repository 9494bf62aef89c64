package dev.assay.known;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * An index of pictures that were seen before, on disk. Hashes and embeddings are mapped into memory
 * (329 bytes a picture) and compared one by one; records are read when they are asked for.
 * Thread-safe; what is appended after it was opened is not seen.
 */
public final class KnownIndex implements Closeable {

  /** Matches that a search returns at most. */
  public static final int MAX_MATCHES = 100;

  /** From here on, a search uses several threads. */
  private static final int WORTH_THREADS = 100_000;

  private static final int PART = 1 << 15;

  /** Pictures whose key points are compared, at most. */
  private static final int MAX_CANDIDATES = 100;

  /** Pictures whose embeddings are compared value by value, about. */
  private static final int FIRST_LOOK = 2000;

  /** Copies, crops to 60 % included, reach more than this; see models/training/EXPERIMENTS.md. */
  private static final double MIN_SIMILARITY = 0.4;

  private final FileChannel channel;
  private final List<Segment> segments;
  private final List<Part> parts;
  private final long entries;

  private KnownIndex(FileChannel channel, List<Segment> segments) {
    this.channel = channel;
    this.segments = segments;
    this.parts =
        segments.stream()
            .flatMap(
                segment ->
                    IntStream.iterate(0, from -> from < segment.entries(), from -> from + PART)
                        .mapToObj(
                            from ->
                                new Part(segment, from, Math.min(segment.entries(), from + PART))))
            .toList();
    this.entries = segments.stream().mapToLong(Segment::entries).sum();
  }

  /**
   * Opens an index.
   *
   * @throws IOException if it is none, or cannot be read
   */
  public static KnownIndex open(Path file) throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    try {
      return new KnownIndex(channel, segments(channel, file));
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** The whole segments of a file. */
  static List<Segment> segments(FileChannel channel, Path file) throws IOException {
    ByteBuffer head =
        ByteBuffer.allocate(SegmentForm.FILE_HEAD_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    channel.read(head, 0);
    head.flip();
    if (head.remaining() < SegmentForm.FILE_HEAD_BYTES
        || head.getLong() != SegmentForm.FILE_MAGIC) {
      throw new IOException(file + " is no index of known media; 'assay index' writes one.");
    }
    int form = head.getInt();
    if (form != SegmentForm.FORM) {
      throw new IOException(
          file + " is an index of form " + form + "; this release reads " + SegmentForm.FORM + ".");
    }
    List<Segment> segments = new ArrayList<>();
    long at = SegmentForm.FILE_HEAD_BYTES;
    Segment next = Segment.at(channel, at);
    while (next != null) {
      segments.add(next);
      at = next.end();
      next = Segment.at(channel, at);
    }
    return segments;
  }

  /** How many pictures and frames it holds. */
  public long size() {
    return entries;
  }

  /** Whether it holds embeddings, by which parts and changed copies are found. */
  public boolean embeds() {
    return segments.stream().anyMatch(Segment::embeds);
  }

  /**
   * Finds known pictures whose hashes lie near, the nearest first, at most {@value #MAX_MATCHES}.
   * Hashes with too little quality match nothing.
   *
   * @param picture hash of the picture, and of what a mirror shows of it
   * @param most bits in which they differ at most
   * @throws IOException if texts cannot be read
   */
  public List<KnownMatch> near(PdqHash.Pair picture, int most) throws IOException {
    if (!picture.upright().tells()) {
      return List.of();
    }
    List<Found> found =
        parts()
            .flatMap(part -> part.segment().near(picture, most, part.from(), part.to()).stream())
            .toList();
    List<KnownMatch> matches = new ArrayList<>();
    for (Found each :
        found.stream()
            .sorted(Comparator.comparingInt(Found::distance))
            .limit(MAX_MATCHES)
            .toList()) {
      matches.add(
          new KnownMatch(
              each.segment().entry(channel, each.number()),
              OptionalInt.of(each.distance()),
              Optional.empty(),
              each.mirrored()));
    }
    return matches;
  }

  /** What is searched at a time. */
  private record Part(Segment segment, int from, int to) {}

  private Stream<Part> parts() {
    return entries >= WORTH_THREADS ? parts.parallelStream() : parts.stream();
  }

  /** A place in a segment. */
  record Found(Segment segment, int number, int distance, boolean mirrored) {}

  /** A place in a segment, and how near its embedding lies. */
  record Similar(Segment segment, int number, double similarity) {}

  /**
   * Finds known pictures of which a picture shows a part, or that it shows changed: of the {@value
   * #MAX_CANDIDATES} whose embeddings lie nearest those whose key points lie in it as in a copy.
   *
   * @param embedding of the picture
   * @param upright its key points
   * @param mirrored those of what a mirror shows of it
   * @return those with the most points first; none where the index holds no embeddings of this
   *     network
   * @throws IOException if entries cannot be read
   */
  public List<KnownMatch> shownIn(Embedding embedding, Keypoints upright, Keypoints mirrored)
      throws IOException {
    List<KnownMatch> matches = new ArrayList<>();
    for (Similar candidate : candidates(embedding)) {
      KnownEntry entry = candidate.segment().entry(channel, candidate.number());
      Keypoints known = entry.fingerprint().keypoints().orElseThrow();
      Optional<Alignment> straight = Alignment.of(known, upright);
      Optional<Alignment> reversed =
          straight.isPresent() ? Optional.empty() : Alignment.of(known, mirrored);
      if (straight.isPresent() || reversed.isPresent()) {
        matches.add(
            new KnownMatch(
                entry, OptionalInt.empty(), straight.or(() -> reversed), reversed.isPresent()));
      }
    }
    matches.sort(Comparator.comparingInt(match -> -match.alignment().orElseThrow().points()));
    return matches;
  }

  /** By the signs of the embeddings first, by the embeddings themselves then. */
  private List<Similar> candidates(Embedding embedding) {
    long[] signs = signs(embedding);
    int[] counts =
        parts()
            .filter(part -> part.segment().isOf(embedding.network()))
            .map(part -> part.segment().differences(signs, part.from(), part.to()))
            .reduce(new int[Embedding.DIMENSIONS + 1], KnownIndex::sum);
    int most = 0;
    for (int seen = counts[0]; most < Embedding.DIMENSIONS && seen < FIRST_LOOK; most++) {
      seen += counts[most + 1];
    }
    int differing = most;
    List<Similar> found =
        parts()
            .filter(part -> part.segment().isOf(embedding.network()))
            .flatMap(
                part ->
                    part
                        .segment()
                        .similar(
                            embedding, signs, differing, MIN_SIMILARITY, part.from(), part.to())
                        .stream())
            .toList();
    return found.stream()
        .sorted(Comparator.comparingDouble(each -> -each.similarity()))
        .limit(MAX_CANDIDATES)
        .toList();
  }

  private static int[] sum(int[] one, int[] other) {
    int[] sum = one.clone();
    Arrays.setAll(sum, i -> sum[i] + other[i]);
    return sum;
  }

  static long[] signs(Embedding embedding) {
    long[] signs = new long[Embedding.DIMENSIONS / Long.SIZE];
    Arrays.setAll(signs, embedding::signs);
    return signs;
  }

  /** Takes what an index holds. */
  @FunctionalInterface
  public interface EntrySink {
    /**
     * Takes an entry.
     *
     * @throws IOException if it cannot be taken, which ends the walk
     */
    void take(KnownEntry entry) throws IOException;
  }

  /** Takes what is known of a file, and whether its parts are found. */
  @FunctionalInterface
  interface FileSink {
    void take(KnownFile file, boolean embedded);
  }

  /** Walks through what is known of all entries, without the rest of them. */
  void forEachFile(FileSink sink) throws IOException {
    for (Segment segment : segments) {
      for (int i = 0; i < segment.entries(); i++) {
        sink.take(segment.file(channel, i), segment.embeds());
      }
    }
  }

  /** Walks through all entries, as they lie in the file. */
  public void forEach(EntrySink sink) throws IOException {
    for (Segment segment : segments) {
      for (int i = 0; i < segment.entries(); i++) {
        sink.take(segment.entry(channel, i));
      }
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
