package dev.assay.server.internal.http;

import dev.assay.Report;
import dev.assay.internal.report.ReportReader;
import dev.assay.page.IndexPage;
import dev.assay.page.PageTexts;
import dev.assay.server.internal.jobs.Job;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Jobs as a ZIP file that opens anywhere: an index, pages, small pictures, reports and notes. */
final class JobArchive {

  private final ZipOutputStream zip;
  private final OwnJobs own;
  private final PageTexts texts;
  private final IndexPage index;
  private final StringBuilder notes = new StringBuilder();
  private int count;

  private JobArchive(ZipOutputStream zip, OwnJobs own, PageTexts texts) {
    this.zip = zip;
    this.own = own;
    this.texts = texts;
    this.index = new IndexPage(texts);
  }

  /**
   * Writes them; those that are forgotten meanwhile are left out.
   *
   * @param out stays open
   * @param done jobs that are done
   */
  static void write(OutputStream out, OwnJobs own, List<Job> done, PageTexts texts)
      throws IOException {
    ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
    JobArchive archive = new JobArchive(zip, own, texts);
    for (Job job : done) {
      archive.add(job);
    }
    archive.end();
    zip.finish();
  }

  private void add(Job job) throws IOException {
    Optional<String> report = own.jobs().report(job);
    if (report.isEmpty()) {
      return;
    }
    count++;
    String number = String.format(Locale.ROOT, "%05d", count);
    String page = "pages/" + number + ".html";
    Report read = ReportReader.read(report.get());
    file(page, own.page(job, read, texts));
    file("reports/" + number + ".json", report.get());
    Optional<byte[]> thumbnail = own.jobs().thumbnail(job);
    String picture = thumbnail.isPresent() ? "pictures/" + number + ".jpg" : "";
    if (thumbnail.isPresent()) {
      file(picture, thumbnail.get());
    }
    index.add(read, page, picture);
    if (!job.note().isEmpty()) {
      notes.append(number).append(' ').append(job.name()).append('\n');
      notes.append(job.note()).append("\n\n");
    }
  }

  private void end() throws IOException {
    for (int part = 0; part < index.parts(); part++) {
      file(IndexPage.address(part), index.document(part));
    }
    if (notes.length() > 0) {
      file("notes.txt", notes.toString());
    }
  }

  private void file(String name, String text) throws IOException {
    file(name, text.getBytes(StandardCharsets.UTF_8));
  }

  private void file(String name, byte[] content) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(content);
    zip.closeEntry();
  }
}
