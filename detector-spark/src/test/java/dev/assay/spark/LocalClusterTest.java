package dev.assay.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.DetectorSettings;
import dev.assay.Profile;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * With executors in processes of their own, as on a cluster: what only the driver knows shows. With
 * isolation their worker processes find their classes through Spark's loaders.
 */
@Tag("long")
class LocalClusterTest {

  private static final Path PICTURE = Path.of("../datasets/samples/coffee.png").toAbsolutePath();

  @Test
  void whatTheDriverWasToldHoldsOnExecutors() throws Exception {
    try (SparkSession spark =
        SparkSession.builder()
            .master("local-cluster[1,1,1024]")
            .appName("test")
            .config("spark.ui.enabled", "false")
            .config("spark.executor.extraClassPath", System.getProperty("java.class.path"))
            .getOrCreate()) {
      spark.sparkContext().setLogLevel("ERROR");
      spark.conf().set("fs.demo.impl", MediaScanTest.DemoFileSystem.class.getName());
      DetectorSettings fast = DetectorSettings.defaults().withProfile(Profile.FAST);
      Dataset<Row> rows =
          MediaScan.of(spark, fast)
              .uris(spark.createDataset(List.of("demo:" + PICTURE), Encoders.STRING()));
      JsonNode report = new ObjectMapper().readTree(rows.first().<String>getAs("report"));
      assertEquals("ok", report.at("/status").asText(), report::toString);
      assertEquals(2, spark.sparkContext().statusTracker().getExecutorInfos().length, "and driver");
    }
  }
}
