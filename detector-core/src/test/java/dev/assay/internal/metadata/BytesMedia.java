package dev.assay.internal.metadata;

import dev.assay.Evidence;
import dev.assay.MediaKind;
import dev.assay.internal.container.MemorySource;
import dev.assay.internal.format.FoundOnce;
import dev.assay.internal.format.OuterBlocks;
import dev.assay.internal.metadata.generator.MetadataExaminer;
import dev.assay.spi.Block;
import dev.assay.spi.Budget;
import dev.assay.spi.Finding;
import dev.assay.spi.Frame;
import dev.assay.spi.Media;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A file in memory, whose pixels nobody may ask for. */
public class BytesMedia implements Media {

  private final byte[] bytes;
  private final Budget budget;
  private final FoundOnce findings = new FoundOnce();

  /** Media of these bytes. */
  public BytesMedia(byte[] bytes) {
    this(bytes, new Budget(Duration.ofMinutes(2)));
  }

  /** Media of these bytes, reading of which is charged to the budget. */
  public BytesMedia(byte[] bytes, Budget budget) {
    this.bytes = bytes;
    this.budget = budget;
  }

  public static List<Evidence> examine(byte[] bytes) {
    try (MetadataExaminer examiner = new MetadataExaminer()) {
      return examiner.examine(new BytesMedia(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static List<Evidence> examine(Path file) throws IOException {
    return examine(Files.readAllBytes(file));
  }

  public static List<Evidence> declarations(byte[] bytes) {
    return examine(bytes).stream()
        .filter(evidence -> evidence.kind() == Evidence.Kind.DECLARATION)
        .toList();
  }

  public static List<String> codes(byte[] bytes) {
    return examine(bytes).stream().map(Evidence::code).toList();
  }

  /** A detail of a piece of evidence as text; {@code null} as the word where it is not there. */
  public static String detail(Evidence evidence, String name) {
    return String.valueOf(evidence.details().get(name));
  }

  /** A generation parameter of a piece of evidence as text. */
  public static String parameter(Evidence evidence, String name) {
    return evidence.details().get("parameters") instanceof Map<?, ?> parameters
        ? String.valueOf(parameters.get(name))
        : "no parameters";
  }

  @Override
  public String name() {
    return "test";
  }

  @Override
  public MediaKind kind() {
    return MediaKind.IMAGE;
  }

  @Override
  public String mediaType() {
    return "application/octet-stream";
  }

  @Override
  public long size() {
    return bytes.length;
  }

  @Override
  public int read(long position, ByteBuffer target) {
    return new MemorySource(bytes).read(position, target);
  }

  @Override
  public Budget budget() {
    return budget;
  }

  @Override
  public List<Block> blocks() throws IOException {
    return OuterBlocks.of(this);
  }

  @Override
  public <T> T once(Finding<T> finding) throws IOException {
    return findings.once(finding, this);
  }

  @Override
  public List<Frame> frames() {
    throw new AssertionError("metadata must not decode pixels");
  }
}
