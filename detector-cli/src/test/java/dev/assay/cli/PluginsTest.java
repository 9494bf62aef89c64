package dev.assay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What others wrote, in the command and its workers: the example that the documents show. */
class PluginsTest {

  private static final Path EXAMPLE = Path.of("../examples/plugin/src/main");
  private static final Path PHOTO = Path.of("../datasets/samples/rocket.jpg");

  @TempDir private static Path folder;
  private static Path plugins;
  private static Path photo;

  @BeforeAll
  static void packTheExample() throws IOException {
    plugins = Files.createDirectory(folder.resolve("plug ins"));
    Path classes = Files.createDirectory(folder.resolve("classes"));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter complaints = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
        Stream<Path> sources = Files.walk(EXAMPLE.resolve("java"))) {
      List<Path> java = sources.filter(path -> path.toString().endsWith(".java")).toList();
      List<String> options =
          List.of(
              "-d",
              classes.toString(),
              "-cp",
              System.getProperty("java.class.path"),
              "-Xlint:all",
              "-Werror",
              "-proc:none");
      boolean compiled =
          compiler
              .getTask(
                  complaints, files, null, options, null, files.getJavaFileObjectsFromPaths(java))
              .call();
      assertTrue(compiled, complaints.toString());
    }
    try (OutputStream out = Files.newOutputStream(plugins.resolve("plugin.jar"));
        JarOutputStream jar = new JarOutputStream(out)) {
      add(jar, classes);
      add(jar, EXAMPLE.resolve("resources"));
    }
    photo = folder.resolve("photo.jpg");
    byte[] plain = Files.readAllBytes(PHOTO);
    byte[] comment = "taken at noon".getBytes(StandardCharsets.ISO_8859_1);
    try (OutputStream out = Files.newOutputStream(photo)) {
      out.write(plain, 0, 2);
      out.write(new byte[] {(byte) 0xFF, (byte) 0xFE, 0, (byte) (comment.length + 2)});
      out.write(comment);
      out.write(plain, 2, plain.length - 2);
    }
  }

  private static void add(JarOutputStream jar, Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        jar.putNextEntry(new JarEntry(root.relativize(file).toString().replace('\\', '/')));
        Files.copy(file, jar);
      }
    }
  }

  @Test
  void lookAtAFileAndSpeakItsReadersLanguage() throws Exception {
    CommandProcess.Ended ended =
        CommandProcess.run(
            "--plugins",
            plugins.toString(),
            "inspect",
            "--lang",
            "zh",
            "--only",
            "jpeg-comment",
            photo.toString());
    assertEquals(ExitCode.DONE, ended.code(), ended.out());
    assertTrue(ended.out().contains("文件带有 JPEG 注释：taken at noon"), ended.out());
  }

  @Test
  void lookInWorkerProcessesToo() throws Exception {
    CommandProcess.Ended ended =
        CommandProcess.run(
            "scan",
            "--plugins",
            plugins.toString(),
            "--only",
            "metadata,jpeg-comment",
            "--format",
            "jsonl",
            photo.toString());
    assertEquals(ExitCode.DONE, ended.code(), ended.out());
    assertTrue(ended.out().contains("\"jpeg-comment.text\""), ended.out());
  }

  @Tag("long")
  @Test
  void writeReportsInTheirOwnForm() throws Exception {
    Path table = folder.resolve("table.md");
    String[] scan = {
      "--plugins",
      plugins.toString(),
      "scan",
      "--only",
      "metadata",
      "--format",
      "markdown",
      "--output",
      table.toString(),
      "--force",
      photo.toString()
    };
    for (int time = 0; time < 2; time++) {
      CommandProcess.Ended ended = CommandProcess.run(scan);
      assertEquals(ExitCode.DONE, ended.code(), ended.out());
      String text = Files.readString(table);
      assertTrue(
          text.startsWith("| file | label | probability of being synthetic | main reason |\n"),
          text);
      assertTrue(text.contains("photo\\.jpg | inconclusive | "), text);
    }
    Files.delete(table.resolveSibling("table.md.jsonl"));
    String[] unforced = Arrays.copyOf(scan, scan.length - 1);
    unforced[unforced.length - 1] = photo.toString();
    unforced[unforced.length - 2] = folder.resolve("other.md").toString();
    Files.copy(table, folder.resolve("other.md"));
    CommandProcess.Ended held = CommandProcess.run(unforced);
    assertEquals(ExitCode.USAGE, held.code(), held.out());
    assertTrue(held.out().contains("holds the reports of an earlier scan"), held.out());
  }

  @Test
  void areInTheHelp() throws Exception {
    CommandProcess.Ended ended = CommandProcess.run("scan", "--plugins=" + plugins, "--help");
    assertTrue(
        ended.out().replaceAll("\\s+", " ").contains("jpeg-comment comments in JPEG files"),
        ended.out());
    assertTrue(ended.out().contains("markdown                a table in Markdown"), ended.out());
  }

  @Test
  void areRefusedWhereThereAreNone() throws Exception {
    CommandProcess.Ended none =
        CommandProcess.run("scan", "--plugins", folder.toString(), photo.toString());
    assertEquals(ExitCode.USAGE, none.code(), none.out());
    assertTrue(none.out().contains("there is no jar in"), none.out());
    CommandProcess.Ended unnamed =
        CommandProcess.run("inspect", "--only", "jpeg-comment", photo.toString());
    assertEquals(ExitCode.USAGE, unnamed.code(), unnamed.out());
    assertTrue(unnamed.out().contains("There is no examiner 'jpeg-comment'"), unnamed.out());
  }
}
