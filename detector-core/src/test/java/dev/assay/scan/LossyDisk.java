package dev.assay.scan;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.StandardOpenOption;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A folder on a disk of which a power failure leaves no more than POSIX promises: the content of a
 * file as it was last forced, and names as they were when their folder was. What came after that
 * may be there too, wholly or in parts, in any order.
 */
final class LossyDisk extends FileSystemProvider {

  /** Looks at what a power failure would leave, after each change. */
  interface Onlooker {
    void look(Map<String, byte[]> left);
  }

  /** A file, whatever it is called. */
  private static final class Content {
    private byte[] forced = {};
    private byte[] current = {};
  }

  private final Path folder;
  private final Onlooker onlooker;
  private final FileSystem system = new LossyFiles();
  private final Map<String, Content> names = new TreeMap<>();
  private Map<String, Content> forcedNames = new TreeMap<>();
  private int changes;

  /**
   * A disk with nothing on it.
   *
   * @param folder where the files lie in truth, empty
   */
  LossyDisk(Path folder, Onlooker onlooker) {
    this.folder = folder;
    this.onlooker = onlooker;
  }

  /** A file in the folder. */
  Path file(String name) {
    return lossy(folder.resolve(name));
  }

  /** How often something was changed. */
  int changes() {
    return changes;
  }

  private synchronized void written(Path real) throws IOException {
    Content content = names.computeIfAbsent(name(real), key -> new Content());
    content.current = Files.readAllBytes(real);
    changed();
  }

  private synchronized void forced(Path real) throws IOException {
    if (Files.isDirectory(real)) {
      forcedNames = new TreeMap<>(names);
    } else {
      // A file that was moved in the meantime is forced all the same.
      Content content = names.get(name(real));
      if (content != null) {
        content.current = Files.readAllBytes(real);
        content.forced = content.current;
      }
    }
    changed();
  }

  private static String name(Path real) {
    return real.getFileName().toString();
  }

  private void changed() throws IOException {
    changes++;
    List<Function<Content, byte[]>> losses =
        List.of(
            content -> content.forced,
            content -> content.current,
            LossyDisk::cut,
            content -> zeros(content, 1),
            content -> zeros(content, 2));
    for (Map<String, Content> known : List.of(forcedNames, names)) {
      for (Function<Content, byte[]> loss : losses) {
        Map<String, byte[]> left = new TreeMap<>();
        known.forEach((name, content) -> left.put(name, loss.apply(content)));
        onlooker.look(left);
      }
    }
  }

  /** Half of what was not forced. */
  private static byte[] cut(Content content) {
    int same = same(content);
    return Arrays.copyOf(content.current, same + (content.current.length - same) / 2);
  }

  /** As long as it was, but a part never came to the disk. */
  private static byte[] zeros(Content content, int parts) {
    int same = same(content);
    byte[] left = content.current.clone();
    Arrays.fill(left, same, same + (left.length - same) / parts, (byte) 0);
    return left;
  }

  private static int same(Content content) {
    int different = Arrays.mismatch(content.forced, content.current);
    return different < 0 ? content.current.length : different;
  }

  private Path lossy(Path real) {
    return (Path)
        Proxy.newProxyInstance(
            LossyDisk.class.getClassLoader(),
            new Class<?>[] {Path.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("getFileSystem")) {
                return system;
              }
              Object[] given = arguments == null ? new Object[0] : arguments.clone();
              for (int i = 0; i < given.length; i++) {
                given[i] = given[i] instanceof Path path ? real(path) : given[i];
              }
              try {
                Object result = method.invoke(real, given);
                return result instanceof Path path ? lossy(path) : result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  /** The truth behind a path: they are told apart by their file system. */
  private Path real(Path path) {
    return path.getFileSystem() == system ? Path.of(path.toString()) : path;
  }

  @Override
  public FileChannel newFileChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    Path real = real(path);
    FileChannel channel = FileChannel.open(real, options, attributes);
    if (options.contains(StandardOpenOption.CREATE)) {
      written(real);
    }
    return new Channel(channel, real);
  }

  @Override
  public SeekableByteChannel newByteChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    return newFileChannel(path, options, attributes);
  }

  @Override
  public synchronized void move(Path source, Path target, CopyOption... options)
      throws IOException {
    Files.move(real(source), real(target), options);
    Content content = names.remove(name(real(source)));
    if (content != null) {
      names.put(name(real(target)), content);
    }
    changed();
  }

  @Override
  public synchronized void delete(Path path) throws IOException {
    Files.delete(real(path));
    names.remove(name(real(path)));
    changed();
  }

  @Override
  public void checkAccess(Path path, AccessMode... modes) throws IOException {
    real(path).getFileSystem().provider().checkAccess(real(path), modes);
  }

  @Override
  public <A extends BasicFileAttributes> A readAttributes(
      Path path, Class<A> type, LinkOption... options) throws IOException {
    return Files.readAttributes(real(path), type, options);
  }

  @Override
  public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options)
      throws IOException {
    return Files.readAttributes(real(path), attributes, options);
  }

  @Override
  public <V extends FileAttributeView> V getFileAttributeView(
      Path path, Class<V> type, LinkOption... options) {
    return Files.getFileAttributeView(real(path), type, options);
  }

  @Override
  public String getScheme() {
    return "lossy";
  }

  // What a journal does not do.

  @Override
  public FileSystem newFileSystem(URI uri, Map<String, ?> settings) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileSystem getFileSystem(URI uri) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Path getPath(URI uri) {
    throw new UnsupportedOperationException();
  }

  @Override
  public DirectoryStream<Path> newDirectoryStream(
      Path path, DirectoryStream.Filter<? super Path> filter) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void createDirectory(Path path, FileAttribute<?>... attributes) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void copy(Path source, Path target, CopyOption... options) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean isSameFile(Path path, Path other) throws IOException {
    return Files.isSameFile(real(path), real(other));
  }

  @Override
  public boolean isHidden(Path path) {
    return false;
  }

  @Override
  public FileStore getFileStore(Path path) throws IOException {
    return Files.getFileStore(real(path));
  }

  @Override
  public void setAttribute(Path path, String attribute, Object value, LinkOption... options) {
    throw new UnsupportedOperationException();
  }

  /** What the paths belong to. */
  private final class LossyFiles extends FileSystem {
    @Override
    public FileSystemProvider provider() {
      return LossyDisk.this;
    }

    @Override
    public void close() {}

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public boolean isReadOnly() {
      return false;
    }

    @Override
    public String getSeparator() {
      return folder.getFileSystem().getSeparator();
    }

    @Override
    public Iterable<Path> getRootDirectories() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Iterable<FileStore> getFileStores() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Set<String> supportedFileAttributeViews() {
      return Set.of("basic");
    }

    @Override
    public Path getPath(String first, String... more) {
      return lossy(Path.of(first, more));
    }

    @Override
    public PathMatcher getPathMatcher(String pattern) {
      throw new UnsupportedOperationException();
    }

    @Override
    public UserPrincipalLookupService getUserPrincipalLookupService() {
      throw new UnsupportedOperationException();
    }

    @Override
    public WatchService newWatchService() {
      throw new UnsupportedOperationException();
    }
  }

  /** Tells the disk what is done to a file. */
  private final class Channel extends FileChannel {

    private final FileChannel real;
    private final Path at;

    Channel(FileChannel real, Path at) {
      this.real = real;
      this.at = at;
    }

    @Override
    public int write(ByteBuffer source, long position) throws IOException {
      int count = real.write(source, position);
      written(at);
      return count;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
      int count = real.write(source);
      written(at);
      return count;
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
      long count = real.write(sources, offset, length);
      written(at);
      return count;
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
      real.truncate(size);
      written(at);
      return this;
    }

    @Override
    public void force(boolean metaData) throws IOException {
      real.force(metaData);
      forced(at);
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
      return real.read(target);
    }

    @Override
    public long read(ByteBuffer[] targets, int offset, int length) throws IOException {
      return real.read(targets, offset, length);
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
      return real.read(target, position);
    }

    @Override
    public long position() throws IOException {
      return real.position();
    }

    @Override
    public FileChannel position(long position) throws IOException {
      real.position(position);
      return this;
    }

    @Override
    public long size() throws IOException {
      return real.size();
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target)
        throws IOException {
      return real.transferTo(position, count, target);
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long position, long count) {
      throw new UnsupportedOperationException();
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long position, long size) {
      throw new UnsupportedOperationException();
    }

    @Override
    public FileLock lock(long position, long size, boolean shared) throws IOException {
      return real.lock(position, size, shared);
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) throws IOException {
      return real.tryLock(position, size, shared);
    }

    @Override
    protected void implCloseChannel() throws IOException {
      real.close();
    }
  }
}
