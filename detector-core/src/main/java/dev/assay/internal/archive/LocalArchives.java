package dev.assay.internal.archive;

import dev.assay.Archives;
import dev.assay.FailureCode;
import dev.assay.MediaException;
import dev.assay.spi.Budget;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Looks into archives in this process.
 *
 * @param time that each step may take: finding the next file, or unpacking it
 */
public record LocalArchives(Duration time) implements Archives {

  @Override
  public Opened open(Path file, String name, Optional<Charset> names) throws MediaException {
    ArchiveKind kind =
        ArchiveKind.of(name)
            .orElseThrow(
                () ->
                    new MediaException(
                        FailureCode.UNSUPPORTED_FORMAT, "Its name is not that of an archive."));
    Budget budget = new Budget(time);
    return Archive.attempt(
        budget,
        () ->
            switch (kind) {
              case ZIP -> new ZipArchive(file, names, budget);
              case SEVEN_ZIP -> new SevenZipArchive(file, budget);
              default -> new TarArchive(file, kind.compression(), budget);
            });
  }
}
