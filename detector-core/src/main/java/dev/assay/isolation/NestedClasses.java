package dev.assay.isolation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Classes of an application that lie in an archive within its archive, as Spring Boot packs them,
 * copied to where another process can read them. They are copied once, and removed when this
 * process ends.
 */
final class NestedClasses {

  /** {@code jar:file:/app.jar!/lib/x.jar!/} and {@code jar:nested:/app.jar/!lib/x.jar!/}. */
  private static final Pattern NESTED =
      Pattern.compile("jar:(?:file:(.+?)!/|nested:(.+?)/!)(.+?)/?!?/?");

  private static final Map<String, Path> COPIES = new ConcurrentHashMap<>();

  private NestedClasses() {}

  /**
   * A file or folder with the same classes.
   *
   * @param url where a class loader finds them; empty unless it names something within an archive
   */
  static Optional<Path> copyOf(URL url) {
    Matcher nested = NESTED.matcher(url.toString());
    if (!nested.matches()) {
      return Optional.empty();
    }
    String address = nested.group(1) == null ? nested.group(2) : nested.group(1);
    Path archive = Path.of(URI.create("file:" + address));
    try {
      return Optional.of(
          COPIES.computeIfAbsent(url.toString(), key -> copy(archive, nested.group(3))));
    } catch (UncheckedIOException e) {
      return Optional.empty();
    }
  }

  private static Path copy(Path archive, String name) {
    try (ZipFile zip = new ZipFile(archive.toFile())) {
      Path folder = Files.createTempDirectory("assay-classes-");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(folder)));
      ZipEntry entry = zip.getEntry(name);
      if (entry != null && !entry.isDirectory()) {
        Path file = folder.resolve(name.substring(name.lastIndexOf('/') + 1));
        extract(zip, entry, file);
        return file;
      }
      for (ZipEntry each : zip.stream().filter(e -> liesIn(name + "/", e)).toList()) {
        Path file = folder.resolve(each.getName().substring(name.length() + 1)).normalize();
        if (file.startsWith(folder)) {
          Files.createDirectories(file.getParent());
          extract(zip, each, file);
        }
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean liesIn(String folder, ZipEntry entry) {
    return !entry.isDirectory() && entry.getName().startsWith(folder);
  }

  private static void extract(ZipFile zip, ZipEntry entry, Path file) throws IOException {
    try (InputStream in = zip.getInputStream(entry)) {
      Files.copy(in, file);
    }
  }

  private static void remove(Path folder) {
    try (Stream<Path> tree = Files.walk(folder)) {
      tree.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
    } catch (IOException e) {
      // It lies in the folder for temporary files.
    }
  }
}
