package dev.assay.scan;

import dev.assay.Archives;
import dev.assay.FailureCode;
import dev.assay.MediaException;
import dev.assay.Sentence;
import java.io.Closeable;
import java.nio.charset.Charset;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An archive on the way through a scan: its files as items, one after the other.
 *
 * <p>One that is damaged, or unpacks to more than it should, ends with an item that cannot be read;
 * what came before stands.
 */
final class WalkedArchive implements Closeable {

  private static final int MAX_NAME_CHARS = 4096;

  private final Archives.@Nullable Opened archive;
  private final ScanItem file;
  private final Path place;
  private final Set<Key> names = new HashSet<>();
  private final @Nullable MediaException broken;
  private String entryName = "";
  private boolean ended;

  private WalkedArchive(
      Archives.@Nullable Opened archive,
      ScanItem file,
      Path place,
      @Nullable MediaException broken) {
    this.archive = archive;
    this.file = file;
    this.place = place;
    this.broken = broken;
  }

  /**
   * Opens an archive.
   *
   * @param place where its bytes are: of one in an archive in the temporary folder
   * @param file what it is called
   */
  static WalkedArchive open(
      Archives archives, Path place, ScanItem file, Optional<Charset> charset) {
    try {
      return new WalkedArchive(archives.open(place, file.name(), charset), file, place, null);
    } catch (MediaException e) {
      return new WalkedArchive(null, file, place, e);
    }
  }

  /** Where its bytes are. */
  Path place() {
    return place;
  }

  /** The next file in it; empty at the end. */
  Optional<ScanItem> next() {
    if (ended) {
      return Optional.empty();
    }
    if (broken != null) {
      return last(broken);
    }
    try {
      Archives.Opened opened = Objects.requireNonNull(archive);
      Optional<Archives.Member> member = opened.next();
      return member.isPresent() ? Optional.of(item(opened, member.get())) : Optional.empty();
    } catch (MediaException e) {
      return last(e);
    }
  }

  private ScanItem item(Archives.Opened opened, Archives.Member member) throws MediaException {
    if (member.name().length() > MAX_NAME_CHARS) {
      throw new MediaException(
          FailureCode.CORRUPT,
          Sentence.of(
              "The archive holds a name of {0} characters; the rest was not examined.",
              member.name().length()));
    }
    entryName = member.name().replace('\0', '\ufffd');
    String unique = names.add(Key.of(entryName)) ? entryName : entryName + "#" + names.size();
    names.add(Key.of(unique));
    return new ScanItem(
        file.name() + "!/" + unique,
        false,
        member.size(),
        file.modified(),
        new ScanItem.InArchive(opened, false));
  }

  /** The path of the last file inside the archive, to hold against patterns. */
  Path entryPath() {
    try {
      return Path.of(entryName);
    } catch (InvalidPathException e) {
      return Path.of(entryName.replaceAll("[<>:\"|?*\\p{Cntrl}]", "_"));
    }
  }

  /** Makes what is under way fail soon. May be called from any thread. */
  void stop() {
    if (archive != null) {
      archive.stop();
    }
  }

  @Override
  public void close() {
    if (archive != null) {
      archive.close();
    }
  }

  private Optional<ScanItem> last(MediaException reason) {
    ended = true;
    entryName = "";
    return Optional.of(
        new ScanItem(
            file.name(), true, file.size(), file.modified(), new ScanItem.Unreadable(reason)));
  }
}
