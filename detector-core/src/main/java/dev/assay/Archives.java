package dev.assay;

import java.io.Closeable;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Looks into archives: in this process, or in another one that a hostile archive may break.
 * Thread-safe; what it opens is not, but for {@link Opened#stop}.
 */
public interface Archives {

  /**
   * Opens an archive.
   *
   * @param file where its bytes are, a regular file
   * @param name what it is called: the ending says what it is
   * @param names in which characters names are that do not say so
   * @throws MediaException if it cannot be opened
   * @throws InstallationException if no process can be started
   */
  Opened open(Path file, String name, Optional<Charset> names) throws MediaException;

  /**
   * A file in an archive.
   *
   * @param name as the archive has it: a label, never a path to write to
   * @param size as the archive has it, in bytes; -1 if it does not say
   */
  record Member(String name, long size) {}

  /** An archive whose files come one after the other. */
  interface Opened extends Closeable {

    /**
     * Goes on to the next file.
     *
     * @return empty at the end
     * @throws MediaException if the archive is damaged, or costs more than it may; it is over then
     */
    Optional<Member> next() throws MediaException;

    /**
     * Unpacks the file that came last, once.
     *
     * @param target a file that does not exist yet; one that was begun and broke off is removed
     * @param most bytes that it may have
     * @throws MediaException if it cannot be unpacked; the archive may be gone on with
     */
    void unpack(Path target, long most) throws MediaException;

    /** Makes what is under way fail soon, and what follows. May be called from any thread. */
    void stop();

    @Override
    void close();
  }
}
