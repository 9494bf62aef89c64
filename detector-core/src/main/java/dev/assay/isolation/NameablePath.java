package dev.assay.isolation;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A path whose text stands for it in another process too: a link where it is no valid text, until
 * it is closed.
 */
final class NameablePath implements Closeable {

  private final String text;
  private final @Nullable Path folder;

  private NameablePath(String text, @Nullable Path folder) {
    this.text = text;
    this.folder = folder;
  }

  static NameablePath of(Path file) throws IOException {
    if (file.toString().indexOf('\ufffd') < 0) {
      return new NameablePath(file.toString(), null);
    }
    Path folder = Files.createTempDirectory("assay-link-");
    Path link = folder.resolve("file");
    return new NameablePath(
        Files.createSymbolicLink(link, file.toAbsolutePath()).toString(), folder);
  }

  String text() {
    return text;
  }

  @Override
  public void close() {
    if (folder == null) {
      return;
    }
    try {
      Files.deleteIfExists(Path.of(text));
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      // An empty folder stays in the temporary folder.
    }
  }
}
