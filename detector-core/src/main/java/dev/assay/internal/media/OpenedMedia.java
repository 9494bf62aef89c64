package dev.assay.internal.media;

import dev.assay.MediaException;
import dev.assay.MediaKind;
import dev.assay.Report.MediaFacts;
import dev.assay.Report.Warning;
import dev.assay.internal.container.ByteReader;
import dev.assay.internal.container.FragmentFiles;
import dev.assay.internal.container.Sidecar;
import dev.assay.internal.format.Format;
import dev.assay.internal.format.FoundOnce;
import dev.assay.internal.format.OuterBlocks;
import dev.assay.internal.resource.Sha256;
import dev.assay.spi.Block;
import dev.assay.spi.Budget;
import dev.assay.spi.Finding;
import dev.assay.spi.Media;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An opened file with what is known of it. Decodes on demand, once; owns the open file and the
 * decoded pixels until {@link #close}.
 *
 * <p>The facts and warnings stay readable after it is closed, so that a failed examination can
 * report them.
 */
public abstract sealed class OpenedMedia implements Media, AutoCloseable
    permits OpenedImage, OpenedClip {

  private static final int BUFFER_BYTES = 1 << 16;

  private final String name;
  private final Source.Opened source;
  private final Format format;
  private final Budget budget;
  private final List<Warning> warnings = new ArrayList<>();
  private final FoundOnce findings;
  private Optional<Path> path = Optional.empty();
  private Optional<String> known = Optional.empty();

  OpenedMedia(String name, Source.Opened source, Format format, Budget budget) {
    this.name = name;
    this.source = source;
    this.format = format;
    this.budget = budget;
    this.findings = new FoundOnce(format);
  }

  /** What is known of the content: more once it is decoded. */
  public abstract MediaFacts facts();

  /** Why nothing of the content can be decoded, if that is known already. */
  public Optional<MediaException> fault() {
    return Optional.empty();
  }

  /** What limits the examination: complete once the content is decoded. */
  public final List<Warning> warnings() {
    return List.copyOf(warnings);
  }

  /**
   * SHA-256 of the opened bytes, lower-case hexadecimal, read for it unless it is known. The time
   * for the file begins anew after it: slow storage is no fault of a large video.
   *
   * @param most how long it may take
   * @throws IOException if they cannot be read
   * @throws MediaException if it takes longer
   */
  public final String sha256(Duration most) throws IOException, MediaException {
    if (known.isPresent()) {
      return known.get();
    }
    Budget reading = new Budget(most);
    MessageDigest digest = Sha256.digest();
    try (InputStream stream = new DigestInputStream(open(), digest)) {
      byte[] buffer = new byte[BUFFER_BYTES];
      while (stream.read(buffer) >= 0) {
        // The digest takes each block as it passes.
        reading.checkTime();
      }
    }
    budget.renew();
    return Sha256.hexadecimal(digest);
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public MediaKind kind() {
    return format.kind();
  }

  @Override
  public String mediaType() {
    return format.mediaType();
  }

  @Override
  public final long size() {
    return source.size();
  }

  @Override
  public final int read(long position, ByteBuffer target) throws IOException {
    return source.read(position, target);
  }

  @Override
  public final InputStream open() {
    return source.open();
  }

  final Format format() {
    return format;
  }

  @Override
  public final Budget budget() {
    return budget;
  }

  @Override
  public final List<Block> blocks() throws IOException {
    return OuterBlocks.of(this);
  }

  @Override
  public final <T> T once(Finding<T> finding) throws IOException {
    return findings.once(finding, this);
  }

  @Override
  public void close() throws IOException {
    source.close();
  }

  @Override
  public final Optional<byte[]> sidecar() throws IOException {
    return path.isPresent() ? Sidecar.read(path.get()) : Optional.empty();
  }

  @Override
  public final List<Path> fragments() throws IOException {
    return path.isPresent() ? FragmentFiles.beside(path.get()) : List.of();
  }

  /** Its hash is known from whoever wrote the file. */
  final void hashedBefore(Optional<String> sha256) {
    known = sha256;
  }

  /** Takes note of where the file lies. */
  final void liesAt(Optional<Path> file) {
    path = file;
  }

  final Source.Opened source() {
    return source;
  }

  final ByteReader bytes() {
    return new ByteReader(source, budget);
  }

  final void warn(Warning warning) {
    warnings.add(warning);
  }
}
