package dev.assay.spark;

import java.io.Serializable;
import java.util.HashMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/**
 * A session's settings of file systems: keys and addresses of object stores. Executors have no
 * other way to learn what the session was given as {@code spark.hadoop.*}.
 *
 * @param values by name
 */
record HadoopSettings(HashMap<String, String> values) implements Serializable {

  static HadoopSettings of(SparkSession spark) {
    HashMap<String, String> values = new HashMap<>();
    spark
        .sessionState()
        .newHadoopConf()
        .forEach(setting -> values.put(setting.getKey(), setting.getValue()));
    return new HadoopSettings(values);
  }

  Configuration configuration() {
    Configuration configuration = new Configuration();
    values.forEach(configuration::set);
    return configuration;
  }
}
