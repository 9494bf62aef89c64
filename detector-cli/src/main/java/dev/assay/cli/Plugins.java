package dev.assay.cli;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * The jars of a folder that hold what others wrote: examiners with their models and translations.
 *
 * <p>They become the context class loader, by which services are found; worker processes take their
 * class path from there as well. They run with all rights of this process.
 */
final class Plugins {

  static final String OPTION = "--plugins";

  private Plugins() {}

  /**
   * Takes the option and its folder out of the arguments, and lets the folder's jars be found.
   *
   * @return the other arguments
   * @throws UsageException if no folder is named, or it holds no jar
   */
  static List<String> takenFrom(List<String> arguments) throws UsageException, IOException {
    int at = arguments.indexOf(OPTION);
    int end = arguments.indexOf("--");
    if (at < 0 || (end >= 0 && end < at)) {
      return arguments;
    }
    if (at + 1 == arguments.size()) {
      throw new UsageException(OPTION + " takes a folder of jars.");
    }
    use(DetectorOptions.path(arguments.get(at + 1)));
    List<String> rest = new ArrayList<>(arguments.subList(0, at));
    rest.addAll(arguments.subList(at + 2, arguments.size()));
    return rest;
  }

  // The loader serves until the process ends.
  @SuppressWarnings("resource")
  private static void use(Path folder) throws UsageException, IOException {
    if (!Files.isDirectory(folder)) {
      throw new UsageException(OPTION + " takes a folder of jars; " + folder + " is none.");
    }
    TreeSet<Path> jars = new TreeSet<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.jar")) {
      files.forEach(jars::add);
    }
    if (jars.isEmpty()) {
      throw new UsageException(OPTION + ": there is no jar in " + folder + ".");
    }
    Thread thread = Thread.currentThread();
    thread.setContextClassLoader(new URLClassLoader(urls(jars), thread.getContextClassLoader()));
  }

  private static URL[] urls(Iterable<Path> jars) throws MalformedURLException {
    List<URL> urls = new ArrayList<>();
    for (Path jar : jars) {
      urls.add(jar.toAbsolutePath().toUri().toURL());
    }
    return urls.toArray(new URL[0]);
  }
}
