package dev.assay.cli;

import dev.assay.DetectorSettings;
import dev.assay.InstallationException;
import dev.assay.MediaKind;
import dev.assay.Report;
import dev.assay.isolation.IsolatedDetector;
import dev.assay.isolation.WorkerLimits;
import dev.assay.page.FilePage;
import dev.assay.page.IndexPage;
import dev.assay.page.PagePictures;
import dev.assay.page.PageTexts;
import dev.assay.page.SharedReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Pages of reports in a folder: those of files by the thousand in folders of their own, an index of
 * all in parts. Small pictures are decoded in a process of their own.
 */
final class ReportPages implements AutoCloseable {

  private static final int THUMBNAIL = 160;

  /** More in one folder, and file managers are slow. */
  private static final int FILES_PER_FOLDER = 1000;

  private final Path folder;
  private final String common;
  private final List<String> labels;
  private final PageTexts texts;
  private final IndexPage index;
  private final Optional<IsolatedDetector> decoder;
  private int count;

  /**
   * Pages of no reports yet.
   *
   * @param folder to write into
   * @param common the folder that is left out of names
   * @param labels which files get pages; none for all
   * @param pictures whether small pictures are made of the files
   * @throws InstallationException if they are, and nothing can decode them
   */
  ReportPages(Path folder, String common, List<String> labels, PageTexts texts, boolean pictures) {
    this.folder = folder;
    this.common = common;
    this.labels = labels;
    this.texts = texts;
    this.index = new IndexPage(texts);
    this.decoder =
        pictures
            ? Optional.of(
                new IsolatedDetector(
                    DetectorSettings.defaults().withOnly(List.of("metadata")),
                    1,
                    WorkerLimits.defaults()))
            : Optional.empty();
  }

  /** Writes the page of a report, and notes it for the index. */
  void add(Report report) throws IOException {
    String name = String.format(Locale.ROOT, "%04d/%07d", count / FILES_PER_FOLDER, count + 1);
    count++;
    Optional<byte[]> picture = thumbnail(report);
    String thumbnail = picture.isPresent() ? "pictures/" + name + ".jpg" : "";
    if (picture.isPresent()) {
      Files.write(file(thumbnail), picture.get());
    }
    Report shared = SharedReport.below(common, report);
    String label = report.verdict().map(verdict -> verdict.label().code()).orElse("failed");
    String page = labels.isEmpty() || labels.contains(label) ? "pages/" + name + ".html" : "";
    if (!page.isEmpty()) {
      Files.writeString(file(page), FilePage.of(texts, shared, PagePictures.none()));
    }
    index.add(shared, page, thumbnail);
  }

  /** Writes the index, and returns its first part. */
  Path writeIndex() throws IOException {
    for (int part = 0; part < index.parts(); part++) {
      Files.writeString(folder.resolve(IndexPage.address(part)), index.document(part));
    }
    return folder.resolve(IndexPage.address(0));
  }

  private Path file(String address) throws IOException {
    Path file = folder.resolve(address);
    Files.createDirectories(file.getParent());
    return file;
  }

  /** A small picture of a file that is still there; of one that is not, or is broken, none. */
  private Optional<byte[]> thumbnail(Report report) {
    boolean pictured =
        report.ok() && report.media().filter(m -> m.kind() != MediaKind.AUDIO).isPresent();
    if (!pictured || decoder.isEmpty()) {
      return Optional.empty();
    }
    try {
      return decoder.get().thumbnail(Path.of(report.file().path()), THUMBNAIL);
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    decoder.ifPresent(IsolatedDetector::close);
  }
}
