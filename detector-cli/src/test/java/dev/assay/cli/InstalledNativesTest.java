package dev.assay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An installed Assay, whose native libraries lie in a folder as files. */
@Tag("long")
class InstalledNativesTest {

  private static final Path SAMPLES = Path.of("../datasets/samples");
  private static final Pattern LIBRARY =
      Pattern.compile(
          "(nu/pattern/opencv/linux/x86_64|ai/onnxruntime/native/linux-x64"
              + "|org/bytedeco/(ffmpeg|javacpp)/linux-x86_64)/[^/]+\\.so(\\.\\d+)*");

  private static final String MODELS = "dev/assay/models/";

  @TempDir private static Path folder;
  private static Path natives;
  private static Path weights;
  private static Path cache;

  @BeforeAll
  static void layOutTheLibraries() throws IOException {
    assumeTrue(
        System.getProperty("os.name").equals("Linux")
            && System.getProperty("os.arch").equals("amd64"),
        "the folder is laid out for Linux on x86-64");
    natives = Files.createDirectory(folder.resolve("native libraries"));
    weights = Files.createDirectory(folder.resolve("weights of models"));
    cache = folder.resolve("cache");
    for (String jar :
        List.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))) {
      if (jar.endsWith(".jar")) {
        copy(jar);
      } else if (Files.isDirectory(Path.of(jar, MODELS))) {
        copyWeights(Path.of(jar, MODELS));
      }
    }
  }

  /** Within a build, modules are folders until they are packaged. */
  private static void copyWeights(Path models) throws IOException {
    try (Stream<Path> files = Files.walk(models)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".onnx")).toList()) {
        Path to = weights.resolve(models.relativize(file).toString());
        Files.createDirectories(to.getParent());
        Files.copy(file, to);
      }
    }
  }

  private static void copy(JarFile jar, JarEntry entry, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    Files.copy(jar.getInputStream(entry), to);
  }

  private static void copy(String file) throws IOException {
    try (JarFile jar = new JarFile(file)) {
      for (JarEntry entry : Collections.list(jar.entries())) {
        if (LIBRARY.matcher(entry.getName()).matches()) {
          String name = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
          copy(jar, entry, natives.resolve(name));
        } else if (entry.getName().startsWith(MODELS) && entry.getName().endsWith(".onnx")) {
          copy(jar, entry, weights.resolve(entry.getName().substring(MODELS.length())));
        }
      }
    }
  }

  private static CommandProcess.Ended scan(String sample) throws Exception {
    return CommandProcess.run(
        List.of(
            "-Dassay.natives=" + natives, "-Dassay.weights=" + weights, "-Dassay.cache=" + cache),
        "scan",
        "--profile",
        "fast",
        "--format",
        "text",
        SAMPLES.resolve(sample).toString());
  }

  @Test
  void areUsedWithoutACache() throws Exception {
    for (String sample : List.of("rocket.jpg", "city-at-night.mp4")) {
      CommandProcess.Ended ended = scan(sample);
      assertEquals(ExitCode.DONE, ended.code(), ended.out());
    }
    try (Stream<Path> unpacked = Files.walk(cache)) {
      assertEquals(List.of(), unpacked.filter(Files::isRegularFile).toList());
    }
  }

  @Test
  void areNamedWhereOneIsMissing() throws Exception {
    Path library = natives.resolve("libonnxruntime.so");
    Path away = folder.resolve("away");
    Files.move(library, away);
    try {
      CommandProcess.Ended ended = scan("rocket.jpg");
      assertEquals(ExitCode.BROKEN, ended.code(), ended.out());
      assertTrue(ended.out().contains("ONNX Runtime cannot be loaded: Failed"), ended.out());
    } finally {
      Files.move(away, library);
    }
  }
}
