package dev.assay.internal.resource;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnpackedResourceTest {

  /** Some resource of a jar; nothing is loaded from it. */
  private static final String RESOURCE = "/org/junit/jupiter/api/Test.class";

  @TempDir private Path folder;
  private @Nullable String before;

  @BeforeEach
  void useAnotherFolder() {
    before = System.getProperty(UserFolders.CACHE);
    System.setProperty(UserFolders.CACHE, folder.toString());
  }

  @AfterEach
  void useTheFolderOfBefore() {
    if (before == null) {
      System.clearProperty(UserFolders.CACHE);
    } else {
      System.setProperty(UserFolders.CACHE, before);
    }
  }

  @Test
  void unpacksOnce() throws Exception {
    Path first = unpack();
    assertTrue(first.startsWith(folder));
    assertArrayEquals(resource(), Files.readAllBytes(first));
    FileTime written = FileTime.fromMillis(0);
    Files.setLastModifiedTime(first, written);
    assertEquals(first, unpack());
    assertEquals(written, Files.getLastModifiedTime(first), "not written again");
  }

  @Test
  void replacesWhatIsNotWhole() throws Exception {
    Files.write(unpack(), new byte[] {1, 2, 3});
    assertArrayEquals(resource(), Files.readAllBytes(unpack()));
  }

  @Test
  void saysThatAResourceIsMissing() {
    IOException e =
        assertThrows(
            IOException.class, () -> UnpackedResource.unpack(Test.class, "/no/such.so", "1"));
    assertTrue(e.getMessage().contains("/no/such.so"), e.getMessage());
  }

  @Test
  void servesThreadsThatStartTogetherAndLeavesNothingBeside() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Callable<byte[]>> all =
          IntStream.range(0, 16)
              .<Callable<byte[]>>mapToObj(i -> () -> Files.readAllBytes(unpack()))
              .toList();
      for (Future<byte[]> content : threads.invokeAll(all)) {
        assertArrayEquals(resource(), content.get());
      }
    } finally {
      threads.shutdown();
    }
    try (Stream<Path> files = Files.list(unpack().getParent())) {
      assertEquals(1, files.count());
    }
  }

  private static Path unpack() throws IOException {
    return UnpackedResource.unpack(Test.class, RESOURCE, "1");
  }

  private static byte[] resource() throws IOException {
    try (InputStream content = Test.class.getResourceAsStream(RESOURCE)) {
      if (content == null) {
        throw new IOException(RESOURCE);
      }
      return content.readAllBytes();
    }
  }
}
