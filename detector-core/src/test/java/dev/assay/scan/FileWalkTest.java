package dev.assay.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.internal.archive.LocalArchives;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileWalkTest {

  @Test
  void namesFilesByThePathAsGivenAndTheRestInOrder(@TempDir Path root) throws IOException {
    Files.createDirectories(root.resolve("b/c"));
    Files.createFile(root.resolve("b/c/2.png"));
    Files.createFile(root.resolve("b/1.png"));
    Files.createFile(root.resolve("a.png"));
    assertEquals(
        List.of(root + "/a.png", root + "/b/1.png", root + "/b/c/2.png"), names(walk(root)));
  }

  @Test
  void givesNoTwoFilesTheSameName(@TempDir Path root) throws IOException {
    for (String year : List.of("2023", "2024")) {
      Files.createDirectory(root.resolve(year));
      Files.createFile(root.resolve(year).resolve("IMG_0001.jpg"));
    }
    Path first = root.resolve("2023");
    Path second = root.resolve("2024");
    assertEquals(
        List.of(first + "/IMG_0001.jpg", second + "/IMG_0001.jpg"), names(walk(first, second)));
    assertEquals(
        List.of(first + "/IMG_0001.jpg", second + "/IMG_0001.jpg"),
        names(walk(first.resolve("IMG_0001.jpg"), second.resolve("IMG_0001.jpg"))));
  }

  @Test
  void findsOnceWhatSeveralPathsHold(@TempDir Path root) throws IOException {
    Path folder = Files.createDirectory(root.resolve("folder"));
    Path file = Files.createFile(folder.resolve("x.png"));
    Files.createFile(root.resolve("y.png"));
    assertEquals(List.of(root + "/folder/x.png", root + "/y.png"), names(walk(root, folder, file)));
    assertEquals(List.of(folder + "/x.png", root + "/y.png"), names(walk(folder, root, root)));
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
    FileWalk walk = walk(root);
    assertEquals(List.of(root + "/folder/x.png"), names(walk));
    assertEquals(2, walk.links());
    FileWalk following =
        walk(List.of(root).iterator(), ScanOptions.defaults().withFollowLinks(true));
    assertEquals(
        List.of(root + "/folder/outside/secret.png", root + "/folder/x.png"), names(following));
    assertEquals(1, following.links(), "the link to a folder that holds it");
  }

  @Test
  void followsALinkThatTheUserNames(@TempDir Path root) throws IOException {
    Path folder = Files.createDirectory(root.resolve("folder"));
    Files.createFile(folder.resolve("x.png"));
    Path link = Files.createSymbolicLink(root.resolve("link"), folder);
    assertEquals(List.of(link + "/x.png"), names(walk(link)));
  }

  @Test
  void handsAMissingPathOnSoThatItGetsAReport() {
    FileWalk walk = walk(Path.of("no/such/file.png"));
    assertTrue(walk.hasNext());
    ScanItem item = walk.next();
    assertEquals("no/such/file.png", item.name());
    assertTrue(item.explicit());
  }

  @Test
  void leavesOutWhatIsExcludedAndFoldersOfThumbnails(@TempDir Path root) throws IOException {
    for (String name : List.of("@eaDir/t.jpg", "cache/c.jpg", "deep/raw/r.png", "keep.png")) {
      Files.createDirectories(root.resolve(name).getParent());
      Files.createFile(root.resolve(name));
    }
    FileWalk walk =
        walk(
            List.of(root).iterator(),
            ScanOptions.defaults().withExclude(List.of("cache", "deep/*/*.png")));
    assertEquals(List.of(root + "/keep.png"), names(walk));
    assertEquals(2, walk.excluded());
    assertEquals(1, walk.sideFiles());
  }

  @Test
  void takesOnlyWhatIsIncludedButLooksEverywhere(@TempDir Path root) throws IOException {
    for (String name : List.of("a.jpg", "a.txt", "deep/b.JPG", "deep/c.jpg", "raw/d.jpg")) {
      Files.createDirectories(root.resolve(name).getParent());
      Files.createFile(root.resolve(name));
    }
    ScanOptions options =
        ScanOptions.defaults().withInclude(List.of("*.jpg")).withExclude(List.of("raw"));
    assertEquals(
        List.of(root + "/a.jpg", root + "/deep/c.jpg"),
        names(walk(List.of(root).iterator(), options)));
    assertEquals(
        List.of(root + "/a.txt"),
        names(walk(List.of(root.resolve("a.txt")).iterator(), options)),
        "what the user names is taken as it is");
  }

  @Test
  void findsEachFileOfALargeFolderOnce(@TempDir Path root) throws IOException {
    int files = FileWalk.CHILDREN_AT_ONCE + 7;
    for (int i = 0; i < files; i++) {
      Files.createFile(root.resolve(String.format("%06d.png", i)));
    }
    for (boolean ordered : new boolean[] {true, false}) {
      try (FileWalk walk =
          walk(List.of(root).iterator(), ScanOptions.defaults().withOrdered(ordered))) {
        List<String> names = names(walk);
        assertEquals(files, new HashSet<>(names).size());
        assertEquals(files, names.size());
        if (ordered) {
          assertEquals(names.stream().sorted().toList(), names);
        }
      }
    }
  }

  @Test
  void keepsNamesThatBreakLines(@TempDir Path root) throws IOException {
    Files.createFile(root.resolve("a\nb.png"));
    assertEquals(List.of(root + "/a\nb.png"), names(walk(root)));
  }

  private static FileWalk walk(Path... paths) {
    return walk(List.of(paths).iterator(), ScanOptions.defaults());
  }

  private static List<String> names(FileWalk walk) {
    List<String> names = new ArrayList<>();
    walk.forEachRemaining(item -> names.add(item.name()));
    return names;
  }

  private static FileWalk walk(Iterator<Path> paths, ScanOptions options) {
    return new FileWalk(
        paths, options, new LocalArchives(Duration.ofMinutes(1)), new Scratch(0), item -> false);
  }
}
