package dev.assay.evaluation;

import dev.assay.internal.report.SafeText;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.QuoteMode;

/**
 * Scores of files as CSV: those of an earlier run, or of another detector. A file is found by its
 * {@code sha256} or its {@code path}; its score stands in {@code logLikelihoodRatio}, {@code score}
 * or {@code probability}, the first of these that there is; larger means synthetic. Rows may name a
 * {@code condition}.
 */
final class ScoreFile {

  private static final List<String> SCORES = List.of("loglikelihoodratio", "score", "probability");
  private static final String FORMULA_STARTERS = "=+-@\uff1d\uff0b\uff0d\uff20";

  private final String name;
  private final Map<String, Double> scores = new HashMap<>();

  private ScoreFile(String name) {
    this.name = name;
  }

  /** Reads a file of scores. */
  static ScoreFile read(Path file) throws IOException, DatasetException {
    ScoreFile read = new ScoreFile(String.valueOf(file.getFileName()));
    CSVFormat format =
        CSVFormat.RFC4180
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .setIgnoreSurroundingSpaces(true)
            .setAllowMissingColumnNames(true)
            .get();
    try (Reader reader = Files.newBufferedReader(file);
        CSVParser parser = CSVParser.parse(reader, format)) {
      for (CSVRecord row : parser) {
        read.add(row);
      }
    } catch (MalformedInputException | IllegalArgumentException | UncheckedIOException e) {
      throw new DatasetException(file + " is no CSV with a header.");
    }
    if (read.scores.isEmpty()) {
      throw new DatasetException(
          file
              + " holds no scores; it needs the columns path or sha256, and one of"
              + " logLikelihoodRatio, score, probability.");
    }
    return read;
  }

  private void add(CSVRecord row) {
    Map<String, String> cells = new HashMap<>();
    row.toMap().forEach((column, cell) -> cells.put(column.toLowerCase(Locale.ROOT), cell));
    String condition = cells.getOrDefault("condition", "");
    for (String column : SCORES) {
      String text = cells.getOrDefault(column, "");
      if (!text.isEmpty()) {
        try {
          double score = Double.parseDouble(text);
          for (String key : List.of("sha256", "path")) {
            String value = cells.getOrDefault(key, "");
            if (!value.isEmpty() && Double.isFinite(score)) {
              scores.put(key(condition, value), score);
            }
          }
          return;
        } catch (NumberFormatException e) {
          return;
        }
      }
    }
  }

  private static String key(String condition, String file) {
    return (condition.isEmpty() ? Examination.AS_FOUND : condition) + "\n" + file;
  }

  String name() {
    return name;
  }

  /** The score of a file under a condition. */
  OptionalDouble of(Scored file, String condition) {
    for (String key :
        List.of(file.outcome().sha256(), file.sample().name(), file.sample().file().toString())) {
      Double score = scores.get(key(condition, key));
      if (score != null) {
        return OptionalDouble.of(score);
      }
    }
    return OptionalDouble.empty();
  }

  /** Writes what was measured, under each condition, one row per file. */
  static void write(Writer out, Map<String, List<Scored>> byCondition) throws IOException {
    TreeSet<String> models = new TreeSet<>();
    byCondition
        .values()
        .forEach(files -> files.forEach(file -> models.addAll(file.outcome().models().keySet())));
    CSVFormat format = CSVFormat.RFC4180.builder().setQuoteMode(QuoteMode.MINIMAL).get();
    try (CSVPrinter table = new CSVPrinter(out, format)) {
      for (Object column :
          List.of(
              "path",
              "sha256",
              "condition",
              "label",
              "system",
              "source",
              "kind",
              "group",
              "split",
              "answer",
              "failure",
              "logLikelihoodRatio",
              "probability",
              "content")) {
        table.print(column);
      }
      for (String model : models) {
        table.print(model);
      }
      table.println();
      for (Map.Entry<String, List<Scored>> each : byCondition.entrySet()) {
        for (Scored file : each.getValue()) {
          row(table, each.getKey(), file, models);
        }
      }
    }
  }

  private static void row(CSVPrinter table, String condition, Scored file, Set<String> models)
      throws IOException {
    Sample sample = file.sample();
    Outcome outcome = file.outcome();
    table.print(cell(sample.name()));
    table.print(outcome.sha256());
    table.print(condition);
    table.print(sample.synthetic() ? "synthetic" : "real");
    table.print(cell(sample.system()));
    table.print(cell(sample.source()));
    table.print(cell(sample.kind()));
    table.print(cell(sample.group()));
    table.print(cell(sample.split()));
    table.print(outcome.label());
    table.print(outcome.failure());
    table.print(file.failed() ? "" : number(file.ratio()));
    table.print(file.failed() ? "" : number(Calibration.probability(file.ratio())));
    table.print(file.failed() ? "" : number(file.content()));
    for (String model : models) {
      Double score = outcome.models().get(model);
      table.print(score == null ? "" : number(score));
    }
    table.println();
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.6f", value);
  }

  /** No spreadsheet takes a name for a formula, no terminal obeys it. */
  private static String cell(String text) {
    boolean formula = !text.isEmpty() && FORMULA_STARTERS.indexOf(text.charAt(0)) >= 0;
    return (formula ? "'" : "") + SafeText.escaped(text);
  }
}
