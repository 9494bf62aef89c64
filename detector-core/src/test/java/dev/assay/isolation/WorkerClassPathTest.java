package dev.assay.isolation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerClassPathTest {

  @TempDir private Path folder;

  @Test
  void holdsTheFilesOfAClassLoader() throws IOException {
    Path jar = Files.createFile(folder.resolve("a b.jar"));
    assertEquals(jar.toString(), places(jar.toUri().toURL()).get(0));
  }

  @Test
  void copiesArchivesOutOfAnArchive() throws IOException {
    Path application = application();
    String file = "jar:" + application.toUri() + "!/BOOT-INF/lib/inner.jar!/";
    String nested = "jar:nested:" + application.toUri().getRawPath() + "/!BOOT-INF/lib/inner.jar!/";
    for (String place : List.of(file, nested)) {
      Path copy = Path.of(places(url(place)).get(0));
      assertEquals("inner", Files.readString(copy), place);
      assertEquals("inner.jar", copy.getFileName().toString());
      assertEquals(copy.toString(), places(url(place)).get(0), "copied once");
    }
  }

  @Test
  void copiesAFolderOutOfAnArchive() throws IOException {
    Path application = application();
    String file = "jar:" + application.toUri() + "!/BOOT-INF/classes!/";
    String nested = "jar:nested:" + application.toUri().getRawPath() + "/!BOOT-INF/classes/!/";
    for (String place : List.of(file, nested)) {
      Path copy = Path.of(places(url(place)).get(0));
      assertEquals("main", Files.readString(copy.resolve("dev/Main.class")), place);
      assertEquals(1, copy.toFile().list().length, "nothing beside it");
    }
  }

  @Test
  void leavesOutWhatAnotherProcessCannotRead() throws IOException {
    String missing =
        "jar:nested:"
            + folder.resolve("missing.jar").toUri().getRawPath()
            + "/!BOOT-INF/lib/a.jar!/";
    for (String place : List.of(missing, "http://localhost/a.jar")) {
      assertEquals(
          List.of(System.getProperty("java.class.path")),
          List.of(WorkerClassPath.of(new URLClassLoader(new URL[] {url(place)}, null))),
          place);
    }
  }

  private Path application() throws IOException {
    Path application = folder.resolve("the application.jar");
    try (OutputStream out = Files.newOutputStream(application);
        JarOutputStream jar = new JarOutputStream(out)) {
      for (String[] entry :
          new String[][] {
            {"BOOT-INF/classes/dev/Main.class", "main"},
            {"BOOT-INF/classes-other/Other.class", "other"},
            {"BOOT-INF/lib/inner.jar", "inner"},
          }) {
        jar.putNextEntry(new JarEntry(entry[0]));
        jar.write(entry[1].getBytes(StandardCharsets.UTF_8));
        jar.closeEntry();
      }
    }
    return application;
  }

  private static List<String> places(URL url) {
    String path = WorkerClassPath.of(new URLClassLoader(new URL[] {url}, null));
    List<String> places = List.of(path.split(File.pathSeparator));
    assertTrue(places.size() > 1, path);
    return places;
  }

  /** With a handler of its own, as the loader of Spring Boot brings one for {@code nested:}. */
  private static URL url(String text) throws IOException {
    return new URL(
        null,
        text,
        new URLStreamHandler() {
          @Override
          protected URLConnection openConnection(URL url) throws IOException {
            throw new IOException("not read through the handler");
          }
        });
  }
}
