package dev.assay.evaluation;

import dev.assay.internal.format.Format;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Reads a folder as a data set. The first folder on the way to a file that names a class ({@code
 * real}, {@code synthetic}, {@code fake}, {@code 0_real}, {@code nature}, {@code ai} ...) gives its
 * label; a folder named {@code train}, {@code val} or {@code test} its split; the folder below the
 * class, or else the one above, its system or source. So the usual layouts are read as they are:
 * {@code synthetic/SYSTEM/}, {@code test/fake/}, {@code SYSTEM/0_real/}, {@code SYSTEM/train/ai/}.
 *
 * <p>Links are not followed.
 */
final class FolderReader {

  private final Path root;
  private final List<Path> files = new ArrayList<>();
  private int links;
  private int withoutLabel;
  private int notMedia;

  FolderReader(Path root) {
    this.root = root;
  }

  Dataset read() throws IOException, DatasetException {
    walk();
    files.sort(Comparator.comparing(Path::toString));
    List<Sample> samples = new ArrayList<>();
    for (Path file : files) {
      Optional<Sample> sample = sample(file);
      sample.ifPresent(samples::add);
      withoutLabel += sample.isEmpty() ? 1 : 0;
    }
    return new Dataset(
        String.valueOf(root.toAbsolutePath().normalize().getFileName()), samples, notes());
  }

  private void walk() throws IOException, DatasetException {
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return folder.equals(root) || !isHidden(folder)
                ? FileVisitResult.CONTINUE
                : FileVisitResult.SKIP_SUBTREE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isSymbolicLink()) {
              links++;
            } else if (attributes.isRegularFile() && !isHidden(file)) {
              if (Format.claimOf(file.getFileName().toString()) == Format.Claim.NONE) {
                notMedia++;
              } else {
                files.add(file);
              }
            }
            return files.size() > Dataset.MAX_SAMPLES
                ? FileVisitResult.TERMINATE
                : FileVisitResult.CONTINUE;
          }
        });
    if (files.size() > Dataset.MAX_SAMPLES) {
      throw new DatasetException(
          root + " holds more than " + Dataset.MAX_SAMPLES + " files; measure on a part of them.");
    }
  }

  private static boolean isHidden(Path path) {
    return String.valueOf(path.getFileName()).startsWith(".");
  }

  private Optional<Sample> sample(Path file) {
    List<String> folders = new ArrayList<>();
    Path below = root.relativize(file);
    for (int i = 0; i + 1 < below.getNameCount(); i++) {
      folders.add(below.getName(i).toString());
    }
    int at = 0;
    while (at < folders.size() && Labels.ofFolder(folders.get(at)).isEmpty()) {
      at++;
    }
    if (at == folders.size()) {
      return Optional.empty();
    }
    boolean synthetic = Labels.ofFolder(folders.get(at)).orElseThrow();
    String split = folders.stream().filter(Labels::isSplit).findFirst().orElse("");
    String unit = unit(folders, at);
    String name = below.toString().replace('\\', '/');
    return Optional.of(
        new Sample(
            file,
            name,
            synthetic,
            synthetic ? (unit.isEmpty() ? "synthetic" : unit) : "",
            unit.isEmpty() ? folders.get(at) : unit,
            "",
            name,
            split,
            ""));
  }

  /** The folder next to the class that is no split: the one below it first. */
  private static String unit(List<String> folders, int at) {
    for (int i = at + 1; i < folders.size(); i++) {
      if (!Labels.isSplit(folders.get(i))) {
        return folders.get(i);
      }
    }
    for (int i = at - 1; i >= 0; i--) {
      if (!Labels.isSplit(folders.get(i))) {
        return folders.get(i);
      }
    }
    return "";
  }

  private List<String> notes() {
    List<String> notes = new ArrayList<>();
    if (links > 0) {
      notes.add("Left out: " + Counted.of(links, "link") + ", not followed; a list can name them.");
    }
    if (withoutLabel > 0) {
      notes.add(
          "Left out: "
              + Counted.of(withoutLabel, "file")
              + " in no folder that names a class (real, synthetic).");
    }
    if (notMedia > 0) {
      notes.add("Left out: " + Counted.of(notMedia, "file") + " by whose name it is no media.");
    }
    return notes;
  }
}
