package dev.assay.server.internal.http;

import dev.assay.FailureCode;
import dev.assay.Report;
import dev.assay.server.internal.work.Workshop;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;

/** What the server counts, for Prometheus. No label comes out of a file. */
final class ServiceMetrics {

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  ServiceMetrics(Workshop workshop) {
    gauge("assay.waiting", "files that wait", workshop, Workshop::waiting);
    gauge("assay.working", "files that are examined", workshop, Workshop::working);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
  }

  private void gauge(
      String name,
      String description,
      Workshop workshop,
      java.util.function.ToDoubleFunction<Workshop> value) {
    Gauge.builder(name, workshop, value).description(description).register(registry);
  }

  /** A request was answered. */
  void answered(String method, String route, int status, Duration time) {
    Timer.builder("assay.requests")
        .description("requests, by route and status")
        .tags("method", method, "route", route, "status", Integer.toString(status))
        .publishPercentileHistogram()
        .minimumExpectedValue(Duration.ofMillis(1))
        .maximumExpectedValue(Duration.ofMinutes(2))
        .register(registry)
        .record(time);
  }

  /** A file was examined. */
  void examined(Report report) {
    registry
        .counter(
            "assay.examined",
            "label",
            report.verdict().map(verdict -> verdict.label().code()).orElse("failed"),
            "error",
            report.failure().map(Report.Failure::code).map(FailureCode::code).orElse(""))
        .increment();
  }

  /** An answer was looked for among those that were given. */
  void cached(boolean found) {
    registry.counter("assay.cache", "result", found ? "hit" : "miss").increment();
  }

  /** All of it, as Prometheus reads it. */
  String scrape() {
    return registry.scrape();
  }
}
