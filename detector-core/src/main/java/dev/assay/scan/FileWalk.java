package dev.assay.scan;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * Finds the files under the paths that a user names, in order of name, one folder in memory at a
 * time.
 *
 * <p>Links inside a scanned folder are not followed, so a walk ends, and stays below what the user
 * named. A path that the user names is taken as it is, link or not. What cannot be listed is handed
 * on as an item: its examination says why.
 */
final class FileWalk implements Iterator<ScanItem> {

  private final Iterator<Path> roots;
  private final Deque<Iterator<Path>> folders = new ArrayDeque<>();
  private final Deque<ScanItem> ready = new ArrayDeque<>();
  private Path root = Path.of("");
  private long links;

  FileWalk(List<Path> paths) {
    this.roots = List.copyOf(paths).iterator();
  }

  @Override
  public boolean hasNext() {
    while (ready.isEmpty() && advance()) {
      // Each step opens a folder, passes a link, or makes an item ready.
    }
    return !ready.isEmpty();
  }

  @Override
  public ScanItem next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return ready.remove();
  }

  /** Links that were met and not followed so far. */
  long links() {
    return links;
  }

  private boolean advance() {
    if (!folders.isEmpty()) {
      Iterator<Path> folder = folders.getLast();
      if (folder.hasNext()) {
        visit(folder.next());
      } else {
        folders.removeLast();
      }
      return true;
    }
    if (roots.hasNext()) {
      start(roots.next());
      return true;
    }
    return false;
  }

  private void start(Path path) {
    root = path;
    if (Files.isDirectory(path)) {
      enter(path);
    } else {
      ready.add(new ScanItem(path, lastName(path), true));
    }
  }

  private void visit(Path path) {
    if (Files.isSymbolicLink(path)) {
      links++;
    } else if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      enter(path);
    } else {
      ready.add(item(path));
    }
  }

  private void enter(Path folder) {
    List<Path> children = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
      stream.forEach(children::add);
    } catch (IOException | DirectoryIteratorException e) {
      ready.add(
          new ScanItem(folder, folder.equals(root) ? lastName(folder) : item(folder).name(), true));
    }
    Collections.sort(children);
    folders.add(children.iterator());
  }

  private ScanItem item(Path path) {
    return new ScanItem(path, text(root.relativize(path)), false);
  }

  private static String lastName(Path path) {
    Path name = path.getFileName();
    return (name == null ? path : name).toString();
  }

  private static String text(Path path) {
    List<String> names = new ArrayList<>();
    path.forEach(name -> names.add(name.toString()));
    return String.join("/", names);
  }
}
