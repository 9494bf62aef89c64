package dev.assay.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.cli.CommandLine;

/** The paths given to a command that tells forms of files by their endings. */
final class PathArguments {

  private final Map<String, List<Path>> byEnding = new LinkedHashMap<>();
  private final List<Path> others = new ArrayList<>();

  private PathArguments() {}

  /**
   * Sorts the paths, each in its order.
   *
   * @param endings of the forms, with their dots, in lower case
   * @throws UsageException if one is not there
   */
  static PathArguments of(CommandLine line, String... endings) throws UsageException {
    PathArguments paths = new PathArguments();
    for (String argument : line.getArgList()) {
      Path path = DetectorOptions.path(argument);
      if (!Files.exists(path)) {
        throw new UsageException(path + " is not there.");
      }
      paths.list(argument.toLowerCase(Locale.ROOT), endings).add(path);
    }
    return paths;
  }

  private List<Path> list(String lower, String... endings) {
    for (String ending : endings) {
      if (lower.endsWith(ending)) {
        return byEnding.computeIfAbsent(ending, first -> new ArrayList<>());
      }
    }
    return others;
  }

  /** Those with this ending. */
  List<Path> ending(String ending) {
    return byEnding.getOrDefault(ending, List.of());
  }

  /** Those with none of the endings: files to examine, and folders. */
  List<Path> media() {
    return others;
  }
}
