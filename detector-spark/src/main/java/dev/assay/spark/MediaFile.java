package dev.assay.spark;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.sql.Row;

/**
 * A file of a partition.
 *
 * @param name what its report calls it: a local path as such, anything else as its URI
 * @param content its bytes
 */
record MediaFile(String name, Content content) {

  private static final String LOCAL = "file:";

  /** Makes a row a file. */
  @FunctionalInterface
  interface Opener extends Serializable {
    MediaFile open(Row row);
  }

  /** Where the bytes are. */
  @FunctionalInterface
  interface Content {
    /**
     * Puts the bytes into a local file.
     *
     * @param spare a name that may be used
     * @return the file, which is this name or an original, and when it was last changed
     */
    Local local(Path spare) throws IOException;
  }

  /** A local file, and when the original was last changed. */
  record Local(Path file, Optional<Instant> modified) {}

  /** A row of {@code binaryFile}: path, modificationTime, length, content. */
  static MediaFile ofRow(Row row) {
    String uri = row.getString(0);
    return new MediaFile(
        name(uri),
        spare -> {
          copy(new ByteArrayInputStream(row.<byte[]>getAs(3)), spare);
          return new Local(
              spare, Optional.ofNullable((Timestamp) row.get(1)).map(Timestamp::toInstant));
        });
  }

  /**
   * A row that holds a URI.
   *
   * @param hadoop the driver's settings of file systems: keys and addresses of object stores
   */
  static MediaFile ofUri(Row row, HadoopSettings hadoop) {
    String uri = row.getString(0);
    String name = name(uri);
    if (!name.equals(uri) || !uri.contains(":")) {
      return new MediaFile(name, spare -> local(Path.of(name)));
    }
    return new MediaFile(
        name,
        spare -> {
          org.apache.hadoop.fs.Path remote = new org.apache.hadoop.fs.Path(URI.create(uri));
          FileSystem files = remote.getFileSystem(hadoop.configuration());
          FileStatus status = files.getFileStatus(remote);
          try (InputStream in = files.open(remote)) {
            copy(in, spare);
          }
          return new Local(spare, Optional.of(Instant.ofEpochMilli(status.getModificationTime())));
        });
  }

  private static Local local(Path file) throws IOException {
    return new Local(
        file,
        Files.exists(file)
            ? Optional.of(Files.getLastModifiedTime(file).toInstant())
            : Optional.empty());
  }

  private static void copy(InputStream in, Path target) throws IOException {
    try (in) {
      Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Spark spells local files {@code file:/a%20b} or {@code file:///a b}. */
  private static String name(String uri) {
    if (!uri.startsWith(LOCAL)) {
      return uri;
    }
    try {
      String path = URI.create(uri).getPath();
      // An opaque one, file:a/b.jpg, has no path of its own.
      return path == null ? uri.substring(LOCAL.length()) : Path.of(path).toString();
    } catch (IllegalArgumentException e) {
      return uri.substring(LOCAL.length()).replaceFirst("^/+", "/");
    }
  }
}
