package dev.assay.spark;

import dev.assay.DetectorSettings;
import java.util.Iterator;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Examines media in Spark: files in, one row per file out, failures too.
 *
 * <pre>{@code
 * Dataset<Row> reports = MediaScan.of(spark, DetectorSettings.defaults()).folder("s3a://bucket/media");
 * reports.write().partitionBy("status").parquet("s3a://bucket/reports");
 * }</pre>
 *
 * <p>Each partition has one detector, whose decoders and models run in a worker process beside the
 * executor unless that is switched off: a file that crashes them is a row, and not a lost executor.
 * The columns are {@code path, sha256, size, modified, mediaType, kind, width, height,
 * durationSeconds, status, label, probability, basis, parts, reasons, evidenceCodes, errorCode,
 * errorMessage}, and {@code report}, the whole as JSON of {@code docs/report.schema.json}.
 */
public final class MediaScan {

  private static final String BINARY_FILE = "binaryFile";

  private final SparkSession spark;
  private final DetectorSettings settings;
  private final boolean isolated;

  private MediaScan(SparkSession spark, DetectorSettings settings, boolean isolated) {
    this.spark = spark;
    this.settings = settings;
    this.isolated = isolated;
  }

  /** A scan with these settings; use one thread a file, since Spark runs files side by side. */
  public static MediaScan of(SparkSession spark, DetectorSettings settings) {
    return new MediaScan(spark, settings, true);
  }

  /** The same in the executors themselves, where a file that crashes a decoder ends one. */
  public MediaScan withoutIsolation() {
    return new MediaScan(spark, settings, false);
  }

  /** The columns of the rows. */
  public static StructType schema() {
    return ReportRows.SCHEMA;
  }

  /** Examines every file below a folder, each read into memory whole: for pictures. */
  public Dataset<Row> folder(String path) {
    return files(binaryFiles(spark, path));
  }

  /** The files below a folder, as {@link #files} takes them. */
  static Dataset<Row> binaryFiles(SparkSession spark, String path) {
    return spark.read().format(BINARY_FILE).option("recursiveFileLookup", "true").load(path);
  }

  /** Examines the rows of Spark's data source {@code binaryFile}. */
  public Dataset<Row> files(Dataset<Row> rows) {
    return examined(rows.select("path", "modificationTime", "length", "content"), MediaFile::ofRow);
  }

  /**
   * Examines files by their URIs, of any file system that Hadoop knows: for videos too, which are
   * copied to a temporary file beside the executor.
   */
  public Dataset<Row> uris(Dataset<String> uris) {
    HadoopSettings hadoop = HadoopSettings.of(spark);
    return examined(uris.toDF("path"), row -> MediaFile.ofUri(row, hadoop));
  }

  private Dataset<Row> examined(Dataset<Row> rows, MediaFile.Opener opener) {
    DetectorSettings shape = settings;
    boolean apart = isolated;
    MapPartitionsFunction<Row, Row> examine =
        (Iterator<Row> partition) -> new PartitionScan(partition, opener, shape, apart);
    return rows.mapPartitions(examine, Encoders.row(ReportRows.SCHEMA));
  }
}
