package dev.assay;

import java.nio.file.Path;

/**
 * Examines files: a {@link Detector} in this process, or one that keeps what is hostile in other
 * processes. Thread-safe.
 */
public interface FileAnalyzer {

  /**
   * Examines a file.
   *
   * @param file where it lies
   * @param name what the report calls it
   * @throws InstallationException if a library or model is missing or broken
   */
  Report analyze(Path file, String name);

  /** The report on a file that could not be handed to {@link #analyze}, and why. */
  Report failed(String name, MediaException reason);

  /** How archives are looked into: where files are examined. */
  Archives archives();

  /** The release and the models, as they stand in reports. */
  Report.Tool tool();
}
