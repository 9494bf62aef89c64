package dev.assay.media;

import dev.assay.Media;
import dev.assay.MediaKind;
import dev.assay.Report.MediaFacts;
import dev.assay.Report.Warning;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * An opened file with what is known of it. Decodes on demand, once; owns the decoded pixels until
 * {@link #close}.
 *
 * <p>The facts and warnings stay readable after it is closed, so that a failed examination can tell
 * them.
 */
public abstract sealed class OpenedMedia implements Media, AutoCloseable
    permits OpenedImage, OpenedClip {

  private final Source source;
  private final long size;
  private final Format format;
  private final List<Warning> warnings = new ArrayList<>();

  OpenedMedia(Source source, long size, Format format) {
    this.source = source;
    this.size = size;
    this.format = format;
  }

  /** What is known of the content: more once it is decoded. */
  public abstract MediaFacts facts();

  /** What limits the examination: complete once the content is decoded. */
  public final List<Warning> warnings() {
    return List.copyOf(warnings);
  }

  @Override
  public final String name() {
    return source.name();
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
    return size;
  }

  @Override
  public final InputStream open() throws IOException {
    return source.open();
  }

  @Override
  public abstract void close() throws IOException;

  final Source source() {
    return source;
  }

  final Format format() {
    return format;
  }

  final void warn(Warning warning) {
    warnings.add(warning);
  }
}
