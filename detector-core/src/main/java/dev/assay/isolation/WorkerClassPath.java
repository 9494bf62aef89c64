package dev.assay.isolation;

import dev.assay.InstallationException;
import java.io.File;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The class path of worker processes: that of this process, and what its class loaders know beyond
 * it, as those of Spark's executors, of servers and of Spring Boot's archives do.
 */
final class WorkerClassPath {

  /** Names the class path where it cannot be found out. */
  static final String PROPERTY = "assay.worker.classpath";

  private WorkerClassPath() {}

  /**
   * All that a class loader, the context class loader of this thread and those above them find
   * classes in, as an option of the runtime.
   */
  static String of(@Nullable ClassLoader loader) {
    String named = System.getProperty(PROPERTY);
    if (named != null) {
      return named;
    }
    Set<String> places = new LinkedHashSet<>();
    addPlaces(loader, places);
    addPlaces(Thread.currentThread().getContextClassLoader(), places);
    places.add(System.getProperty("java.class.path"));
    return String.join(File.pathSeparator, places);
  }

  private static void addPlaces(@Nullable ClassLoader loader, Set<String> places) {
    for (ClassLoader at = loader; at != null; at = at.getParent()) {
      if (at instanceof URLClassLoader urls) {
        for (URL url : urls.getURLs()) {
          fileOf(url).map(Path::toString).ifPresent(places::add);
        }
      }
    }
  }

  /** Why the first worker could not start: what it said, and where it looked for classes. */
  static InstallationException broken(WorkerProcess.EndedException cause) {
    return new InstallationException(
        "A worker process ended before it was ready: "
            + cause.getMessage()
            + ". It looks for classes in "
            + of(WorkerMain.class.getClassLoader())
            + ". Where the application's classes are not in files, name files by -D"
            + PROPERTY
            + "=PATH, or work without isolation.",
        cause);
  }

  /** What is no file, and lies in none, another process cannot read classes from. */
  private static Optional<Path> fileOf(URL url) {
    try {
      URI uri = url.toURI();
      return "file".equals(uri.getScheme()) ? Optional.of(Path.of(uri)) : NestedClasses.copyOf(url);
    } catch (URISyntaxException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
