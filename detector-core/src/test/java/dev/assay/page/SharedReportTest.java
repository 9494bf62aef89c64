package dev.assay.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.assay.Detector;
import dev.assay.Report;
import dev.assay.internal.report.ReportJson;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class SharedReportTest {

  @Test
  void keepsFoldersOfTheMachineOutOfPages() {
    try (Detector detector = Detector.open()) {
      Path secret = Path.of("/home/jane.doe/evidence/2026/a.jpg");
      Report report = detector.analyze(secret);
      Report alone = SharedReport.byNameAlone(report);
      assertEquals("a.jpg", alone.file().path());
      assertFalse(ReportJson.line(alone).contains("jane.doe"), ReportJson.line(alone));
      Report below = SharedReport.below("/home/jane.doe/evidence/", report);
      assertEquals("2026/a.jpg", below.file().path());
      assertFalse(ReportJson.line(below).contains("jane.doe"), ReportJson.line(below));
    }
  }

  @Test
  void findsTheFolderThatHoldsAll() {
    assertEquals("/a/b/", folder(List.of("/a/b/c/x.jpg", "/a/b/d/y.jpg", "/a/b/z.zip!/q.png")));
    assertEquals("/", folder(List.of("/a/x.jpg", "/b/y.jpg")));
    assertEquals("/a/", folder(List.of("/a/bc/x.jpg", "/a/b/y.jpg")), "whole names only");
    assertEquals("", folder(List.of("a/x.jpg", "/a/y.jpg")), "paths as given stay so");
    assertEquals("", folder(List.of()));
  }

  private static String folder(List<String> paths) {
    SharedReport.Folder folder = new SharedReport.Folder();
    paths.forEach(folder::add);
    return folder.path();
  }
}
