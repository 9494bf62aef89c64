package dev.assay.internal.bench;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a measurement gave.
 *
 * @param version of this release
 * @param cores that the runtime may use
 * @param files examined in each run
 * @param bytes of these
 * @param runs in order
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record BenchResult(String version, int cores, int files, long bytes, List<Run> runs) {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /**
   * One way of working through the files; the median of several rounds.
   *
   * @param name what was measured
   * @param seconds of the wall clock
   * @param shares of the processor's time, by stage; empty where not measured
   */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Run(String name, double seconds, Map<String, Double> shares) {
    public Run {
      shares = shares == null ? Map.of() : new LinkedHashMap<>(shares);
    }
  }

  public BenchResult {
    runs = List.copyOf(runs);
  }

  /** Files per second of a run. */
  public double filesPerSecond(Run run) {
    return files / run.seconds();
  }

  /** The run of a name, if there is one. */
  public Optional<Run> run(String name) {
    return runs.stream().filter(run -> run.name().equals(name)).findFirst();
  }

  /** As JSON on many lines. */
  public String json() {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("numbers and strings can be written", e);
    }
  }

  /**
   * Reads what {@link #json} wrote.
   *
   * @throws IOException if it is something else
   */
  public static BenchResult read(String json) throws IOException {
    BenchResult result = JSON.readValue(json, BenchResult.class);
    if (result == null || result.version() == null || result.runs().isEmpty()) {
      throw new IOException("it is no measurement");
    }
    return result;
  }
}
