package dev.assay.spark;

import dev.assay.internal.report.ReportFormats;
import dev.assay.internal.report.ReportOutput;
import dev.assay.internal.report.ReportReader;
import dev.assay.spi.ReportFormat;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Locale;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.ForeachPartitionFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/**
 * Reports as files of one form, a whole output for each partition, in any file system that Hadoop
 * knows. A file has its name when it is whole; {@code _SUCCESS} comes when all are.
 */
final class ReportFiles {

  private ReportFiles() {}

  /**
   * Writes the files.
   *
   * @param reports rows of {@link ReportRows}
   * @param format id of a form that the executors have on their class path too
   * @param folder does not exist yet
   * @throws IOException if the folder exists, or cannot be written
   */
  static void write(Dataset<Row> reports, String format, String folder) throws IOException {
    HadoopSettings hadoop = HadoopSettings.of(reports.sparkSession());
    Path target = new Path(folder);
    FileSystem files = target.getFileSystem(hadoop.configuration());
    if (files.exists(target)) {
      throw new FileAlreadyExistsException("the output " + folder + " exists already");
    }
    files.mkdirs(target);
    ForeachPartitionFunction<String> writer = lines -> write(lines, format, folder, hadoop);
    reports.select("report").as(Encoders.STRING()).foreachPartition(writer);
    files.create(new Path(target, "_SUCCESS")).close();
  }

  private static void write(Iterator<String> lines, String id, String folder, HadoopSettings hadoop)
      throws IOException {
    ReportFormat format =
        ReportFormats.of(id)
            .orElseThrow(() -> new IOException("the executor knows no form of output " + id));
    TaskContext task = TaskContext.get();
    Path target =
        new Path(folder, String.format(Locale.ROOT, "part-%05d.%s", task.partitionId(), id));
    // An attempt that is repeated, or runs twice, writes apart from the other.
    Path part = new Path(folder, "_attempt-" + task.taskAttemptId());
    FileSystem files = target.getFileSystem(hadoop.configuration());
    try {
      write(lines, format, files.create(part));
    } catch (IOException | RuntimeException e) {
      files.delete(part, false);
      throw e;
    }
    if (!files.rename(part, target)) {
      files.delete(part, false);
      if (!files.exists(target)) {
        throw new IOException("the output " + target + " cannot be put in its place");
      }
    }
  }

  private static void write(Iterator<String> lines, ReportFormat format, OutputStream target)
      throws IOException {
    try (Writer out = new OutputStreamWriter(target, StandardCharsets.UTF_8)) {
      ReportOutput output = ReportOutput.toFile(format, out);
      while (lines.hasNext()) {
        output.write(ReportReader.read(lines.next()));
      }
      output.end();
    }
  }
}
