package dev.assay.spark;

import dev.assay.DetectorSettings;
import dev.assay.internal.report.ReportFormats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The job that {@code spark-submit} runs: a folder or a list of URIs in, a table of reports out.
 */
public final class ScanJob {

  private static final String USAGE =
      "ScanJob (--folder PATH | --uris FILE) --output PATH [--format parquet|FORM]"
          + " [--partitions N] [--config JSON] [--no-isolate]";

  private static final String PARQUET = "parquet";

  private ScanJob() {}

  /** Runs the job; the arguments are those of the usage line. */
  public static void main(String[] arguments) throws IOException {
    try (SparkSession spark = SparkSession.builder().appName("assay").getOrCreate()) {
      run(spark, arguments);
    }
  }

  /**
   * Runs the job in a session.
   *
   * @throws IOException if the reports cannot be written
   * @throws IllegalArgumentException if the arguments are invalid; the message says which are valid
   */
  static void run(SparkSession spark, String... arguments) throws IOException {
    CommandLine line = parse(arguments);
    MediaScan scan = MediaScan.of(spark, settings(line));
    if (line.hasOption("no-isolate")) {
      scan = scan.withoutIsolation();
    }
    write(reports(spark, scan, line), line);
  }

  private static Dataset<Row> reports(SparkSession spark, MediaScan scan, CommandLine line) {
    int partitions = Integer.parseInt(line.getOptionValue("partitions", "0"));
    if (line.hasOption("folder")) {
      Dataset<Row> files = MediaScan.binaryFiles(spark, line.getOptionValue("folder"));
      return scan.files(partitions > 0 ? files.repartition(partitions) : files);
    }
    Dataset<String> uris = spark.read().text(line.getOptionValue("uris")).as(Encoders.STRING());
    return scan.uris(partitions > 0 ? uris.repartition(partitions) : uris);
  }

  private static void write(Dataset<Row> reports, CommandLine line) throws IOException {
    String format = line.getOptionValue("format", PARQUET);
    String output = line.getOptionValue("output");
    if (format.equals(PARQUET)) {
      reports.write().parquet(output);
    } else {
      ReportFiles.write(reports, format, output);
    }
  }

  private static DetectorSettings settings(CommandLine line) {
    String file = line.getOptionValue("config");
    if (file == null) {
      return DetectorSettings.defaults();
    }
    try {
      return DetectorSettings.read(Files.readString(Path.of(file)));
    } catch (IOException e) {
      throw new IllegalArgumentException("the settings " + file + " cannot be read: " + e, e);
    }
  }

  private static CommandLine parse(String... arguments) {
    Options options = new Options();
    for (String name : List.of("folder", "uris", "output", "format", "partitions", "config")) {
      // Not by its builder, whose methods differ among the releases that Spark 4 brings.
      options.addOption(new Option(null, name, true, name));
    }
    options.addOption(new Option(null, "no-isolate", false, "in the same process"));
    try {
      CommandLine line = new DefaultParser().parse(options, arguments);
      if (line.hasOption("folder") == line.hasOption("uris") || !line.hasOption("output")) {
        throw new ParseException("one input and one output are needed");
      }
      requireFormat(line.getOptionValue("format", PARQUET));
      return line;
    } catch (ParseException e) {
      throw new IllegalArgumentException(e.getMessage() + "; " + USAGE, e);
    }
  }

  private static void requireFormat(String format) throws ParseException {
    if (!format.equals(PARQUET) && ReportFormats.of(format).isEmpty()) {
      throw new ParseException(
          "--format takes parquet, " + String.join(", ", ReportFormats.ids()) + ", not " + format);
    }
  }
}
