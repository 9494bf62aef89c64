package dev.assay.known;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Lists of PDQ hashes from outside, as CSV with a header: {@code pdq} or {@code hash}, and where
 * the list names them {@code quality} (100), {@code name} or {@code path}, {@code label} and {@code
 * declared}.
 */
public final class HashList {

  private static final int FULL = 100;

  private HashList() {}

  /** What is no list of hashes; the message says where, and why. */
  public static final class NoListException extends IOException {
    private static final long serialVersionUID = 1L;

    NoListException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /**
   * Adds a list to an index.
   *
   * @return how many hashes it holds
   * @throws NoListException if it is no such list
   * @throws IOException if it cannot be read, or the index not be written
   */
  public static long add(Path list, KnownIndexWriter writer) throws IOException {
    CSVFormat format =
        CSVFormat.RFC4180
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .setIgnoreSurroundingSpaces(true)
            .setAllowMissingColumnNames(true)
            .get();
    List<Entry> entries = new ArrayList<>();
    try (Reader reader = Files.newBufferedReader(list);
        CSVParser parser = CSVParser.parse(reader, format)) {
      for (CSVRecord row : parser) {
        entries.add(entry(row, parser.getCurrentLineNumber(), list));
      }
    } catch (IllegalArgumentException | UncheckedIOException e) {
      throw new NoListException(list + " is no CSV with a header.", e);
    }
    // Only now: of a list that is none, nothing is added.
    for (Entry entry : entries) {
      writer.add(Fingerprint.of(entry.hash()), entry.file());
    }
    return entries.size();
  }

  /** A row. */
  private record Entry(PdqHash hash, KnownFile file) {}

  private static Entry entry(CSVRecord row, long line, Path list) throws NoListException {
    Map<String, String> cells = new HashMap<>();
    row.toMap().forEach((name, cell) -> cells.put(name.toLowerCase(Locale.ROOT), cell));
    String origin = String.valueOf(list.getFileName());
    String hex = first(cells, "pdq", "hash").orElse("");
    PdqHash hash;
    try {
      hash =
          PdqHash.parse(
              hex.toLowerCase(Locale.ROOT),
              first(cells, "quality").map(Integer::parseInt).orElse(FULL));
    } catch (IllegalArgumentException e) {
      throw new NoListException(
          "Line " + line + " of " + list + " holds no PDQ hash of 64 hexadecimal digits.", e);
    }
    return new Entry(
        hash,
        new KnownFile(
            first(cells, "name", "path").orElse(origin + ":" + line),
            first(cells, "sha256"),
            0,
            first(cells, "label"),
            OptionalDouble.empty(),
            Optional.empty(),
            first(cells, "declared"),
            OptionalDouble.empty(),
            origin));
  }

  private static Optional<String> first(Map<String, String> cells, String... names) {
    return List.of(names).stream()
        .map(name -> cells.getOrDefault(name, ""))
        .filter(cell -> !cell.isEmpty())
        .findFirst();
  }
}
