package dev.assay.cli;

import dev.assay.FailureCode;
import dev.assay.MediaException;
import dev.assay.internal.container.ByteReader;
import dev.assay.internal.format.Format;
import dev.assay.internal.format.FormatRecogniser;
import dev.assay.internal.report.ReportFormats;
import dev.assay.spi.Budget;
import dev.assay.spi.ReportFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * Keeps a scan from writing over evidence: over a file that is scanned, under whatever name, over
 * media, and over any file that is not an earlier report.
 *
 * @param inputs what is scanned
 * @param force whether a file that is not an earlier report may be replaced
 */
record OutputGuard(List<Path> inputs, boolean force) {

  private static final int HEAD_BYTES = 1 << 16;
  private static final Duration TIME = Duration.ofSeconds(10);
  private static final String BYTE_ORDER_MARK = "\ufeff";

  /**
   * Checks an output.
   *
   * @throws UsageException if it is evidence, or cannot be written
   */
  void require(Path target) throws UsageException {
    try {
      requireNoEvidence(target);
      Path folder = target.toAbsolutePath().getParent();
      if (Files.isDirectory(target)) {
        throw new UsageException("--output takes a file; " + target + " is a folder.");
      }
      if (folder == null || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
        throw new UsageException(
            "Reports cannot be written to "
                + target
                + ": its folder does not exist, or may not be written to.");
      }
    } catch (IOException e) {
      throw new UsageException("Reports cannot be written to " + target + ": " + e + ".");
    }
  }

  private void requireNoEvidence(Path target) throws UsageException, IOException {
    boolean exists = Files.exists(target, LinkOption.NOFOLLOW_LINKS);
    boolean claimsMedia = Format.claimOf(target.toString()) == Format.Claim.MEDIA;
    for (Path input : inputs) {
      boolean same =
          exists
              && Files.exists(target)
              && Files.isRegularFile(input)
              && Files.isSameFile(target, input);
      if (same || target.toAbsolutePath().normalize().equals(input.toAbsolutePath().normalize())) {
        throw new UsageException(
            "The output " + target + " is a file to be scanned; it would be destroyed.");
      }
      if (claimsMedia && Files.isDirectory(input) && within(target, input)) {
        throw new UsageException(
            "The output " + target + " lies among the media to be scanned; name it .jsonl.");
      }
    }
    if (exists && !force && !Files.isDirectory(target) && !earlierReport(target)) {
      throw new UsageException(
          "The output "
              + target
              + " already exists and is not a report file. Choose another name, or add --force.");
    }
    if (exists && isMedia(target)) {
      throw new UsageException("The output " + target + " is media; it would be destroyed.");
    }
    if (exists && hardLinked(target) && !earlierReport(target)) {
      throw new UsageException(
          "The output " + target + " is a link to another file, which would be replaced.");
    }
  }

  /** By its content, whatever its name. */
  private static boolean isMedia(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    byte[] head;
    try (InputStream in = Files.newInputStream(file)) {
      head = in.readNBytes(HEAD_BYTES);
    }
    try {
      FormatRecogniser.recognise(new ByteReader(head, new Budget(TIME)));
      return true;
    } catch (MediaException e) {
      return e.code() == FailureCode.UNSUPPORTED_FORMAT;
    }
  }

  private static boolean within(Path target, Path folder) throws IOException {
    Path parent = target.toAbsolutePath().normalize().getParent();
    return parent != null
        && Files.isDirectory(parent)
        && parent.toRealPath().startsWith(folder.toRealPath());
  }

  private static boolean hardLinked(Path file) throws IOException {
    if (Files.isSymbolicLink(file)) {
      return true;
    }
    return file.getFileSystem().supportedFileAttributeViews().contains("unix")
        && ((Integer) Files.getAttribute(file, "unix:nlink")) > 1;
  }

  /** Whether a file is empty, or begins as reports begin. */
  private static boolean earlierReport(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    if (Files.size(file) == 0) {
      return true;
    }
    for (ReportFormat format : ReportFormats.all()) {
      for (String lead : format.leads()) {
        // One that is empty would let any file be replaced.
        if (!lead.isEmpty() && (begins(file, lead) || begins(file, BYTE_ORDER_MARK + lead))) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean begins(Path file, String lead) throws IOException {
    byte[] wanted = lead.getBytes(StandardCharsets.UTF_8);
    try (InputStream in = Files.newInputStream(file)) {
      return Arrays.equals(wanted, in.readNBytes(wanted.length));
    }
  }
}
