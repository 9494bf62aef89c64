package dev.assay.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileWalkTest {

  @Test
  void namesFilesRelativeToTheScannedFolderInOrder(@TempDir Path root) throws IOException {
    Files.createDirectories(root.resolve("b/c"));
    Files.createFile(root.resolve("b/c/2.png"));
    Files.createFile(root.resolve("b/1.png"));
    Files.createFile(root.resolve("a.png"));
    assertEquals(List.of("a.png", "b/1.png", "b/c/2.png"), names(new FileWalk(List.of(root))));
  }

  @Test
  void endsInALoopOfLinksAndCountsThem(@TempDir Path temporary) throws IOException {
    Path root = Files.createDirectory(temporary.resolve("scanned"));
    Path folder = Files.createDirectory(root.resolve("folder"));
    Path outside = Files.createDirectory(temporary.resolve("outside"));
    Files.createFile(outside.resolve("secret.png"));
    Files.createSymbolicLink(folder.resolve("loop"), root);
    Files.createSymbolicLink(folder.resolve("outside"), outside);
    Files.createFile(folder.resolve("x.png"));
    FileWalk walk = new FileWalk(List.of(root));
    assertEquals(List.of("folder/x.png"), names(walk));
    assertEquals(2, walk.links());
  }

  @Test
  void followsALinkThatTheUserNames(@TempDir Path root) throws IOException {
    Path folder = Files.createDirectory(root.resolve("folder"));
    Files.createFile(folder.resolve("x.png"));
    Path link = Files.createSymbolicLink(root.resolve("link"), folder);
    assertEquals(List.of("x.png"), names(new FileWalk(List.of(link))));
  }

  @Test
  void handsAMissingPathOnSoThatItGetsAReport() {
    FileWalk walk = new FileWalk(List.of(Path.of("no/such/file.png")));
    assertTrue(walk.hasNext());
    ScanItem item = walk.next();
    assertEquals("file.png", item.name());
    assertTrue(item.explicit());
  }

  @Test
  void keepsNamesThatBreakLines(@TempDir Path root) throws IOException {
    Files.createFile(root.resolve("a\nb.png"));
    assertEquals(List.of("a\nb.png"), names(new FileWalk(List.of(root))));
  }

  private static List<String> names(FileWalk walk) {
    List<String> names = new ArrayList<>();
    walk.forEachRemaining(item -> names.add(item.name()));
    return names;
  }
}
