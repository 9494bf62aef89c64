package dev.assay;

import java.nio.file.Path;
import java.util.Optional;

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

  /**
   * Examines a file, and takes what it is found again by.
   *
   * @param file where it lies
   * @param name what the report calls it
   * @return without a fingerprint where this cannot take any
   * @throws InstallationException if a library or model is missing or broken
   */
  default Fingerprinted fingerprinted(Path file, String name) {
    return new Fingerprinted(analyze(file, name), Optional.empty());
  }

  /**
   * A small picture to be shown beside a report: of a video, its first frame.
   *
   * @param file where it lies
   * @param side of the longer side at most, in pixels, at least 1
   * @return a JPEG file; empty where there is nothing to see, or it cannot be decoded within the
   *     limits
   */
  default Optional<byte[]> thumbnail(Path file, int side) {
    return Optional.empty();
  }

  /**
   * A picture as it may reach its readers.
   *
   * @param file where it lies
   * @param condition what is done to it
   * @return a JPEG or WebP file; empty of what is no still picture, or cannot be decoded within the
   *     limits
   */
  default Optional<byte[]> copy(Path file, Condition condition) {
    return Optional.empty();
  }

  /**
   * What the backbone of the models computes of a picture, clip or voice, for heads that are fitted
   * later.
   *
   * @param file where it lies
   * @return empty of sound without speech, of what is too small or cannot be decoded within the
   *     limits, and where the models have no backbone
   */
  default Optional<ContentFeatures> features(Path file) {
    return Optional.empty();
  }

  /** The report on a file that could not be handed to {@link #analyze}, and why. */
  Report failed(String name, MediaException reason);

  /** How archives are looked into: where files are examined. */
  Archives archives();

  /** The release and the models, as they stand in reports. */
  Report.Tool tool();
}
