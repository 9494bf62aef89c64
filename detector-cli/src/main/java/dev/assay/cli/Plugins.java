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
 * The jars of a folder that hold what others wrote: examiners, forms of output, translations.
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
    List<String> rest = new ArrayList<>(arguments);
    for (int at = 0; at < rest.size() && !rest.get(at).equals("--"); at++) {
      String word = rest.get(at);
      if (word.equals(OPTION) || word.startsWith(OPTION + "=")) {
        rest.remove(at);
        use(DetectorOptions.path(folder(word, rest, at)));
        return rest;
      }
    }
    return rest;
  }

  /** What stands after the equals sign, or as the next word, which is taken out. */
  private static String folder(String word, List<String> rest, int at) throws UsageException {
    if (!word.equals(OPTION)) {
      return word.substring(OPTION.length() + 1);
    }
    if (at == rest.size()) {
      throw new UsageException(OPTION + " takes a folder of jars.");
    }
    return rest.remove(at);
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
