package dev.assay.scan;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;

/**
 * Finds the files under the paths that a user names, in order of name, one folder in memory at a
 * time.
 *
 * <p>An item is called by the path as given and the rest below it, so that no two are called alike;
 * what two paths both hold is found once. Links inside a scanned folder are not followed unless
 * asked, so that a walk ends, and stays below what the user named. A path that the user names is
 * taken as it is, link or not. What cannot be listed is handed on as an item: its examination says
 * why.
 */
final class FileWalk implements Iterator<ScanItem> {

  /** Folders in which network storage keeps thumbnails beside the media. */
  private static final Set<String> SIDE_FOLDERS = Set.of("@eaDir", "__MACOSX");

  /** A folder that is being listed. */
  private record Folder(Path real, Iterator<Path> children) {}

  private final Iterator<Path> roots;
  private final boolean followLinks;
  private final List<PathMatcher> exclude;
  private final Deque<Folder> folders = new ArrayDeque<>();
  private final Deque<ScanItem> ready = new ArrayDeque<>();
  private final Set<Path> done = new HashSet<>();
  private Path root = Path.of("");
  private long links;
  private long excluded;
  private long sideFiles;

  FileWalk(Iterator<Path> paths, ScanOptions options) {
    this.roots = paths;
    this.followLinks = options.followLinks();
    this.exclude = options.matchers();
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

  /** Files and folders that were left out as asked so far. */
  long excluded() {
    return excluded;
  }

  /** Folders of thumbnails and the like that were passed over so far. */
  long sideFiles() {
    return sideFiles;
  }

  private boolean advance() {
    if (!folders.isEmpty()) {
      Folder folder = folders.getLast();
      if (folder.children().hasNext()) {
        visit(folder.children().next());
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
    Path place = path.toAbsolutePath().normalize();
    for (Path above = place; above != null; above = above.getParent()) {
      if (done.contains(above)) {
        return;
      }
    }
    root = path;
    if (Files.isDirectory(path)) {
      enter(path);
    } else {
      ready.add(new ScanItem(path, text(path), true));
    }
    done.add(place);
  }

  private void visit(Path path) {
    // The first is the path that is being walked.
    if (done.size() > 1 && done.contains(path.toAbsolutePath().normalize())) {
      return;
    }
    Path name = path.getFileName();
    if (excluded(root.relativize(path))) {
      excluded++;
    } else if (Files.isSymbolicLink(path) && !followLinks) {
      links++;
    } else if (!Files.isDirectory(path, linkOptions())) {
      ready.add(new ScanItem(path, text(path), false));
    } else if (name != null && SIDE_FOLDERS.contains(name.toString())) {
      sideFiles++;
    } else {
      enter(path);
    }
  }

  private boolean excluded(Path below) {
    Path name = below.getFileName();
    return exclude.stream()
        .anyMatch(pattern -> pattern.matches(below) || (name != null && pattern.matches(name)));
  }

  private LinkOption[] linkOptions() {
    return followLinks ? new LinkOption[0] : new LinkOption[] {LinkOption.NOFOLLOW_LINKS};
  }

  private void enter(Path folder) {
    List<Path> children = new ArrayList<>();
    try {
      Path real = followLinks ? folder.toRealPath() : folder;
      if (folders.stream().anyMatch(open -> open.real().equals(real))) {
        // A link to a folder that holds it.
        links++;
        return;
      }
      try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
        stream.forEach(children::add);
      }
      Collections.sort(children);
      folders.add(new Folder(real, children.iterator()));
    } catch (IOException | DirectoryIteratorException e) {
      ready.add(new ScanItem(folder, text(folder), true));
    }
  }

  private static String text(Path path) {
    List<String> names = new ArrayList<>();
    path.forEach(name -> names.add(name.toString()));
    Path top = path.getRoot();
    String lead = top == null ? "" : top.toString().replace('\\', '/');
    return names.isEmpty() ? path.toString() : lead + String.join("/", names);
  }
}
