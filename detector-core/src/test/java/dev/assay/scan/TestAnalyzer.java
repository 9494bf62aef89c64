package dev.assay.scan;

import dev.assay.Archives;
import dev.assay.Detector;
import dev.assay.DetectorSettings;
import dev.assay.FileAnalyzer;
import dev.assay.MediaException;
import dev.assay.Profile;
import dev.assay.Report;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A real detector that remembers what it was asked, and can call itself another release. */
final class TestAnalyzer implements FileAnalyzer, AutoCloseable {

  final List<String> asked = Collections.synchronizedList(new ArrayList<>());
  final List<String> opened = Collections.synchronizedList(new ArrayList<>());
  private final Detector detector;
  private final String version;

  TestAnalyzer(String version) {
    this.version = version;
    this.detector = Detector.open(DetectorSettings.defaults().withProfile(Profile.FAST));
  }

  @Override
  public Report analyze(Path file, String name) {
    asked.add(name);
    return released(detector.analyze(file, name));
  }

  @Override
  public Report failed(String name, MediaException reason) {
    return released(detector.failed(name, reason));
  }

  @Override
  public Archives archives() {
    return (file, name, names) -> {
      opened.add(name);
      return detector.archives().open(file, name, names);
    };
  }

  @Override
  public Report.Tool tool() {
    return new Report.Tool("assay", version, detector.tool().models());
  }

  @Override
  public void close() {
    detector.close();
  }

  private Report released(Report report) {
    return new Report(
        tool(),
        report.file(),
        report.media(),
        report.failure(),
        report.verdict(),
        report.evidence(),
        report.notes(),
        report.warnings(),
        report.timings(),
        report.previous());
  }
}
