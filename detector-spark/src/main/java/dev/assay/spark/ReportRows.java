package dev.assay.spark;

import dev.assay.Report;
import dev.assay.Verdict;
import dev.assay.internal.report.ReportJson;
import java.sql.Timestamp;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** Reports as rows of a table: what one filters by as columns, and the whole as JSON. */
final class ReportRows {

  /** The columns. */
  static final StructType SCHEMA =
      new StructType()
          .add("path", DataTypes.StringType, false)
          .add("sha256", DataTypes.StringType)
          .add("size", DataTypes.LongType)
          .add("modified", DataTypes.TimestampType)
          .add("mediaType", DataTypes.StringType)
          .add("kind", DataTypes.StringType)
          .add("width", DataTypes.IntegerType)
          .add("height", DataTypes.IntegerType)
          .add("durationSeconds", DataTypes.DoubleType)
          .add("status", DataTypes.StringType, false)
          .add("label", DataTypes.StringType)
          .add("probability", DataTypes.DoubleType)
          .add("basis", DataTypes.createArrayType(DataTypes.StringType))
          .add("parts", DataTypes.createArrayType(DataTypes.StringType))
          .add("reasons", DataTypes.createArrayType(DataTypes.StringType))
          .add("evidenceCodes", DataTypes.createArrayType(DataTypes.StringType))
          .add("errorCode", DataTypes.StringType)
          .add("errorMessage", DataTypes.StringType)
          .add("report", DataTypes.StringType, false);

  private ReportRows() {}

  /** The row of a report. */
  static Row of(Report report) {
    Report.FileFacts file = report.file();
    Optional<Report.MediaFacts> media = report.media();
    Optional<Verdict> verdict = report.verdict();
    return RowFactory.create(
        file.path(),
        file.sha256().orElse(null),
        file.size().orElse(null),
        file.modified().map(Timestamp::from).orElse(null),
        file.mediaType().orElse(null),
        media.map(facts -> facts.kind().code()).orElse(null),
        integer(media.map(Report.MediaFacts::width)),
        integer(media.map(Report.MediaFacts::height)),
        number(media.map(Report.MediaFacts::durationSeconds)),
        report.ok() ? "ok" : "failed",
        verdict.map(found -> found.label().code()).orElse(null),
        verdict.map(Verdict::probability).orElse(null),
        verdict
            .map(found -> found.basis().stream().map(Verdict.Basis::code).sorted().toList())
            .map(List::toArray)
            .orElse(null),
        verdict
            .map(found -> found.parts().stream().map(ReportRows::part).toList())
            .map(List::toArray)
            .orElse(null),
        verdict
            .map(found -> found.reasons().stream().map(Verdict.Reason::text).toList())
            .map(List::toArray)
            .orElse(null),
        report.evidence().stream().map(evidence -> evidence.code()).distinct().toArray(),
        report.failure().map(failure -> failure.code().code()).orElse(null),
        report.failure().map(Report.Failure::message).orElse(null),
        ReportJson.line(report));
  }

  /** What pictures, speech or music of a video say by themselves: {@code speech:synthetic}. */
  private static String part(Verdict.Part part) {
    return part.medium().code() + ":" + part.label().code();
  }

  private static @Nullable Integer integer(Optional<OptionalInt> value) {
    return value.isPresent() && value.get().isPresent() ? value.get().getAsInt() : null;
  }

  private static @Nullable Double number(Optional<OptionalDouble> value) {
    return value.isPresent() && value.get().isPresent() ? value.get().getAsDouble() : null;
  }
}
