package dev.assay.evaluation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Labelled media.
 *
 * @param name of the folder or list
 * @param samples in the order of the folder or list
 * @param notes what was left out, and why, each a sentence
 */
public record Dataset(String name, List<Sample> samples, List<String> notes) {

  /** Samples that a data set has at most. */
  static final int MAX_SAMPLES = 2_000_000;

  public Dataset {
    samples = List.copyOf(samples);
    notes = List.copyOf(notes);
  }

  /**
   * Reads a data set: a folder with {@code real} and {@code synthetic} in it ({@link
   * FolderReader}), or a list as CSV or JSON Lines ({@link ListReader}).
   *
   * @param path the folder or list
   * @param media where the media of a list lies whose rows name a repository; empty for the folder
   *     of the list
   * @throws DatasetException if it is none, or has no file of one of the classes
   * @throws IOException if it cannot be read
   */
  public static Dataset read(Path path, Optional<Path> media) throws DatasetException, IOException {
    Dataset dataset = readAny(path, media);
    dataset.require(path, true, "figures need both classes");
    dataset.require(path, false, "figures need both classes");
    return dataset;
  }

  /**
   * Reads a data set in which there may be no real media.
   *
   * @throws DatasetException if it is none, or has no synthetic file
   * @throws IOException if it cannot be read
   */
  public static Dataset readSynthetic(Path path, Optional<Path> media)
      throws DatasetException, IOException {
    Dataset dataset = readAny(path, media);
    dataset.require(path, true, "name a folder with synthetic/SYSTEM in it, or a list");
    return dataset;
  }

  private static Dataset readAny(Path path, Optional<Path> media)
      throws DatasetException, IOException {
    if (!Files.exists(path)) {
      throw new DatasetException(
          path + " is not there; name a folder with real and synthetic in it, or a list.");
    }
    return Files.isDirectory(path)
        ? new FolderReader(path).read()
        : new ListReader(path, media).read();
  }

  private void require(Path path, boolean synthetic, String why) throws DatasetException {
    if (samples.stream().noneMatch(sample -> sample.synthetic() == synthetic)) {
      throw new DatasetException(
          path
              + " holds no "
              + (synthetic ? "synthetic" : "real")
              + " media; "
              + why
              + "."
              + (notes.isEmpty() ? "" : " " + String.join(" ", notes)));
    }
  }

  /** The generators of synthetic media, in order. */
  List<String> systems() {
    return List.copyOf(
        new TreeSet<>(samples.stream().filter(Sample::synthetic).map(Sample::system).toList()));
  }

  /** How many samples a class has. */
  long count(boolean synthetic) {
    return samples.stream().filter(sample -> sample.synthetic() == synthetic).count();
  }
}
