package dev.assay.scan;

import dev.assay.Archives;
import dev.assay.MediaException;
import dev.assay.internal.archive.ArchiveKind;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds the files under the paths that a user names, in order of name, and those in archives.
 *
 * <p>Of each folder on the way down, at most {@value #CHILDREN_AT_ONCE} names are in memory and in
 * order; a larger folder comes in that many at a time, unless all is to be in order.
 *
 * <p>An item is called by the path as given and the rest below it, so that no two are called alike;
 * what two paths both hold is found once. Links inside a scanned folder are not followed unless
 * asked, so that a walk ends, and stays below what the user named. A path that the user names is
 * taken as it is, link or not. What cannot be listed is handed on as an item: its examination says
 * why.
 */
final class FileWalk implements Iterator<ScanItem>, Closeable {

  static final int CHILDREN_AT_ONCE = 10_000;

  /** Folders in which network storage keeps thumbnails beside the media. */
  private static final Set<String> SIDE_FOLDERS = Set.of("@eaDir", "__MACOSX");

  /** How deep archives in archives are looked into. */
  private static final int ARCHIVES_DEEP = 2;

  private final Iterator<Path> roots;
  private final ScanOptions options;
  private final List<PathMatcher> include;
  private final List<PathMatcher> exclude;
  private final Set<Path> leaveOut = new HashSet<>();
  private final Deque<Folder> folders = new ArrayDeque<>();
  private final Deque<ScanItem> ready = new ArrayDeque<>();
  private final Set<Key> done = new HashSet<>();
  private final Deque<WalkedArchive> archives = new ConcurrentLinkedDeque<>();
  private final Archives opener;
  private final Scratch scratch;
  private final Predicate<ScanItem> settled;
  private Path root = Path.of("");
  private long links;
  private long excluded;
  private long sideFiles;

  /**
   * A walk.
   *
   * @param opener looks into archives
   * @param scratch where archives in archives are unpacked to
   * @param settled whether an earlier scan said all of an archive that there is to say
   */
  FileWalk(
      Iterator<Path> paths,
      ScanOptions options,
      Archives opener,
      Scratch scratch,
      Predicate<ScanItem> settled) {
    this.opener = opener;
    this.scratch = scratch;
    this.settled = settled;
    this.roots = paths;
    this.options = options;
    this.include = ScanOptions.matchers(options.include());
    this.exclude = ScanOptions.matchers(options.exclude());
    options.leaveOut().forEach(own -> leaveOut.add(place(own)));
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

  @Override
  public void close() throws IOException {
    while (!folders.isEmpty()) {
      folders.removeLast().close();
    }
    while (!archives.isEmpty()) {
      closeArchive();
    }
  }

  /** Makes what is under way in archives fail soon. May be called from any thread. */
  void stop() {
    archives.forEach(WalkedArchive::stop);
  }

  private void closeArchive() throws IOException {
    WalkedArchive last = archives.removeLast();
    last.close();
    scratch.release(last.place());
  }

  private boolean advance() {
    if (!archives.isEmpty()) {
      fromArchive(archives.getLast());
      return true;
    }
    if (!folders.isEmpty()) {
      fromFolder(folders.getLast());
      return true;
    }
    if (roots.hasNext()) {
      start(roots.next());
      return true;
    }
    return false;
  }

  private void fromArchive(WalkedArchive opened) {
    Optional<ScanItem> entry = opened.next();
    if (entry.isEmpty()) {
      try {
        closeArchive();
      } catch (IOException e) {
        // What lies in the temporary folder is removed with it.
      }
    } else if (inSideFolder(opened.entryPath())) {
      sideFiles++;
    } else if (entry.get().explicit()) {
      ready.add(entry.get());
    } else {
      if (ArchiveKind.of(entry.get().name()).isPresent() && archives.size() < ARCHIVES_DEEP) {
        ready.add(entry.get().asArchive());
      } else if (selected(opened.entryPath())) {
        ready.add(entry.get());
      }
    }
  }

  /**
   * Looks into an archive in an archive: what is in it comes next. Whoever walks asks for that when
   * there is room for it.
   */
  void enter(ScanItem entry, Archives.Opened outer) {
    try {
      Path file = scratch.unpack(outer);
      ScanItem named =
          new ScanItem(
              entry.name(), false, Files.size(file), entry.modified(), new ScanItem.OnDisk(file));
      archives.add(WalkedArchive.open(opener, file, named, options.archiveNames()));
    } catch (MediaException e) {
      ready.add(unreadable(entry, e));
    } catch (IOException e) {
      ready.add(unreadable(entry, MediaException.unreadable(e)));
    }
  }

  private static ScanItem unreadable(ScanItem entry, MediaException reason) {
    return new ScanItem(
        entry.name(), true, entry.size(), entry.modified(), new ScanItem.Unreadable(reason));
  }

  private static boolean inSideFolder(Path inside) {
    for (Path name : inside) {
      if (SIDE_FOLDERS.contains(name.toString())) {
        return true;
      }
    }
    return false;
  }

  private void fromFolder(Folder folder) {
    try {
      Path child = folder.next();
      if (child == null) {
        folders.removeLast().close();
      } else {
        visit(child);
      }
    } catch (IOException | DirectoryIteratorException e) {
      folders.removeLast().closeQuietly();
      ready.add(ScanItem.of(folder.path, text(folder.path), true));
    }
  }

  private void start(Path path) {
    Path place = place(path);
    for (Path above = place; above != null; above = above.getParent()) {
      if (done.contains(Key.of(above.toString()))) {
        return;
      }
    }
    root = path;
    if (Files.isDirectory(path)) {
      enter(path);
    } else {
      found(path, true, attributes(path, true));
    }
    done.add(Key.of(place.toString()));
  }

  private void visit(Path path) {
    // The first is the path that is being walked.
    if (done.size() > 1 && done.contains(Key.of(place(path).toString()))) {
      return;
    }
    if (!leaveOut.isEmpty() && leaveOut.contains(place(path))) {
      return;
    }
    BasicFileAttributes attributes = attributes(path, options.followLinks());
    Path name = path.getFileName();
    if (matches(exclude, root.relativize(path))) {
      excluded++;
    } else if (attributes != null && attributes.isSymbolicLink()) {
      links++;
    } else if (attributes == null || !attributes.isDirectory()) {
      // What is wanted of an archive shows inside.
      if (options.looksInto(path) || selected(root.relativize(path))) {
        found(path, false, attributes);
      }
    } else if (name != null && SIDE_FOLDERS.contains(name.toString())) {
      sideFiles++;
    } else {
      enter(path);
    }
  }

  private void found(Path path, boolean explicit, @Nullable BasicFileAttributes attributes) {
    ScanItem item =
        attributes == null
            ? ScanItem.of(path, text(path), explicit)
            : new ScanItem(
                text(path),
                explicit,
                attributes.size(),
                Optional.of(
                    attributes.lastModifiedTime().toInstant().truncatedTo(ChronoUnit.MILLIS)),
                new ScanItem.OnDisk(path));
    if (options.looksInto(path) && Files.isRegularFile(path) && !settled.test(item)) {
      archives.add(WalkedArchive.open(opener, path, item, options.archiveNames()));
    } else {
      ready.add(item);
    }
  }

  /** Whether the user wants a file of this path below the root. */
  private boolean selected(Path below) {
    if (matches(exclude, below) || !(include.isEmpty() || matches(include, below))) {
      excluded++;
      return false;
    }
    return true;
  }

  private static boolean matches(List<PathMatcher> patterns, Path below) {
    Path name = below.getFileName();
    return patterns.stream()
        .anyMatch(pattern -> pattern.matches(below) || (name != null && pattern.matches(name)));
  }

  private static @Nullable BasicFileAttributes attributes(Path path, boolean follow) {
    try {
      return follow
          ? Files.readAttributes(path, BasicFileAttributes.class)
          : Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (IOException e) {
      return null;
    }
  }

  private void enter(Path folder) {
    try {
      Path real = options.followLinks() ? folder.toRealPath() : folder;
      if (folders.stream().anyMatch(open -> open.real.equals(real))) {
        // A link to a folder that holds it.
        links++;
        return;
      }
      folders.add(
          new Folder(folder, real, options.ordered() ? Integer.MAX_VALUE : CHILDREN_AT_ONCE));
    } catch (IOException e) {
      ready.add(ScanItem.of(folder, text(folder), true));
    }
  }

  private static Path place(Path path) {
    return path.toAbsolutePath().normalize();
  }

  private static String text(Path path) {
    List<String> names = new ArrayList<>();
    path.forEach(name -> names.add(name.toString()));
    Path top = path.getRoot();
    String lead = top == null ? "" : top.toString().replace('\\', '/');
    return names.isEmpty() ? path.toString() : lead + String.join("/", names);
  }

  /** A folder that is being listed. */
  private static final class Folder implements Closeable {

    private final Path path;
    private final Path real;
    private final int atOnce;
    private final DirectoryStream<Path> stream;
    private final Iterator<Path> listed;
    private Iterator<Path> children = Collections.emptyIterator();

    @SuppressWarnings("StreamResourceLeak") // Closed when the last child is listed, or by close().
    Folder(Path path, Path real, int atOnce) throws IOException {
      this.path = path;
      this.real = real;
      this.atOnce = atOnce;
      this.stream = Files.newDirectoryStream(path);
      this.listed = stream.iterator();
    }

    /** The next child, or null after the last. */
    @Nullable Path next() throws IOException {
      if (!children.hasNext()) {
        List<Path> some = new ArrayList<>();
        while (some.size() < atOnce && listed.hasNext()) {
          some.add(listed.next());
        }
        if (some.size() < atOnce) {
          // Deep trees would otherwise hold many folders open.
          stream.close();
        }
        Collections.sort(some);
        children = some.iterator();
      }
      return children.hasNext() ? children.next() : null;
    }

    @Override
    public void close() throws IOException {
      stream.close();
    }

    void closeQuietly() {
      try {
        close();
      } catch (IOException e) {
        // What was wrong with the folder is told already.
      }
    }
  }
}
