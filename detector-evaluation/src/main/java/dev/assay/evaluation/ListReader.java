package dev.assay.evaluation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Reads a list as a data set: CSV with a header, or JSON Lines. Of each file {@code path} and
 * {@code label}, and where known {@code system}, {@code source}, {@code kind}, {@code group},
 * {@code split} and {@code sha256}; paths are below the folder of the list, or absolute.
 *
 * <p>Rows of the manifests under {@code datasets/} name a repository instead: their media is looked
 * for below a folder as {@code OWNER+NAME/PATH}, {@code OWNER/NAME/PATH} or by its SHA-256. Rows
 * whose media has to be cut before use are left out.
 */
final class ListReader {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MAX_LINE = 1 << 20;

  private final Path list;
  private final Path folder;
  private final List<Sample> samples = new ArrayList<>();
  private int absent;
  private int toBeCut;

  ListReader(Path list, Optional<Path> media) {
    this.list = list;
    Path parent = list.toAbsolutePath().getParent();
    this.folder = media.orElse(parent == null ? Path.of("") : parent);
  }

  Dataset read() throws IOException, DatasetException {
    try (BufferedReader reader = Files.newBufferedReader(list, StandardCharsets.UTF_8)) {
      if (isCsv()) {
        readCsv(reader);
      } else {
        readLines(reader);
      }
    } catch (MalformedInputException e) {
      throw new DatasetException(
          list + " is no text; a list is CSV with a header, or JSON Lines, in UTF-8.");
    }
    List<String> notes = new ArrayList<>();
    if (absent > 0) {
      notes.add(
          "Not there: "
              + absent
              + " of "
              + Counted.of(samples.size() + absent + toBeCut, "listed file")
              + ".");
    }
    if (toBeCut > 0) {
      notes.add("Left out: " + Counted.of(toBeCut, "file") + " to be cut before use.");
    }
    return new Dataset(String.valueOf(list.getFileName()), samples, notes);
  }

  private boolean isCsv() {
    return list.toString().toLowerCase(Locale.ROOT).endsWith(".csv");
  }

  private void readCsv(BufferedReader reader) throws IOException, DatasetException {
    CSVFormat format =
        CSVFormat.RFC4180
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .setIgnoreHeaderCase(true)
            .setIgnoreSurroundingSpaces(true)
            .setAllowMissingColumnNames(true)
            .get();
    try (CSVParser parser = CSVParser.parse(reader, format)) {
      for (CSVRecord each : parser) {
        Map<String, String> row = new HashMap<>();
        each.toMap().forEach((name, value) -> row.put(name.toLowerCase(Locale.ROOT), value));
        add(row, parser.getCurrentLineNumber());
      }
    } catch (IllegalArgumentException | UncheckedIOException e) {
      throw new DatasetException(list + " is no CSV with a header: " + e.getMessage() + ".");
    }
  }

  private void readLines(BufferedReader reader) throws IOException, DatasetException {
    long number = 0;
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      number++;
      if (line.isBlank()) {
        continue;
      }
      if (line.length() > MAX_LINE) {
        throw broken(number, "is too long");
      }
      try {
        JsonNode node = JSON.readTree(line);
        if (!node.isObject()) {
          throw broken(number, "is no JSON object");
        }
        Map<String, String> row = new HashMap<>();
        node.properties().forEach(each -> row.put(each.getKey(), each.getValue().asText()));
        add(row, number);
      } catch (JsonProcessingException e) {
        throw broken(number, "is no JSON object");
      }
    }
  }

  private DatasetException broken(long number, String what) {
    return new DatasetException("Line " + number + " of " + list + " " + what + ".");
  }

  private void add(Map<String, String> row, long number) throws DatasetException {
    String path = first(row, "path", "file");
    if (path.isEmpty()) {
      throw broken(number, "names no file; a list needs the columns path and label");
    }
    Optional<Boolean> label = Labels.synthetic(first(row, "label", "class"));
    if (label.isEmpty()) {
      throw broken(number, "has no label; it is real or synthetic");
    }
    if (!first(row, "crop", "tile").isEmpty()) {
      toBeCut++;
      return;
    }
    Optional<Path> file = file(row, path, number);
    if (file.isEmpty()) {
      absent++;
      return;
    }
    if (samples.size() >= Dataset.MAX_SAMPLES) {
      throw new DatasetException(
          list + " lists more than " + Dataset.MAX_SAMPLES + " files; measure on a part of them.");
    }
    samples.add(sample(row, path, label.get(), file.get()));
  }

  private static Sample sample(Map<String, String> row, String path, boolean synthetic, Path file) {
    String repository = first(row, "repo", "repo");
    String name = repository.isEmpty() ? path : repository + "/" + path;
    String system = first(row, "system", "generator");
    String source = first(row, "source", "repo");
    String unit = source.isEmpty() ? system : source;
    return new Sample(
        file,
        name,
        synthetic,
        synthetic ? (system.isEmpty() ? "synthetic" : system) : "",
        unit.isEmpty() ? (synthetic ? "synthetic" : "real") : unit,
        first(row, "kind", "kind"),
        first(row, "group", "group").isEmpty() ? name : first(row, "group", "group"),
        first(row, "split", "split"),
        first(row, "sha256", "sha256").toLowerCase(Locale.ROOT));
  }

  private Optional<Path> file(Map<String, String> row, String path, long number)
      throws DatasetException {
    try {
      for (Path candidate : candidates(row, path)) {
        if (Files.isRegularFile(candidate)) {
          return Optional.of(candidate);
        }
      }
      return Optional.empty();
    } catch (InvalidPathException e) {
      throw broken(number, "names no path");
    }
  }

  /** Where the file of a row may lie. */
  private List<Path> candidates(Map<String, String> row, String path) {
    String repository = first(row, "repo", "repo");
    if (repository.isEmpty()) {
      return List.of(folder.resolve(path));
    }
    List<Path> candidates = new ArrayList<>();
    candidates.add(folder.resolve(repository.replace('/', '+')).resolve(path));
    candidates.add(folder.resolve(repository).resolve(path));
    String sha256 = first(row, "sha256", "sha256");
    if (!sha256.isEmpty()) {
      candidates.add(folder.resolve(sha256));
    }
    // A row may not lead out of the folder.
    candidates.removeIf(each -> !each.normalize().startsWith(folder.normalize()));
    return candidates;
  }

  private static String first(Map<String, String> row, String name, String other) {
    String value = row.getOrDefault(name, "");
    return (value.isEmpty() ? row.getOrDefault(other, "") : value).trim();
  }
}
