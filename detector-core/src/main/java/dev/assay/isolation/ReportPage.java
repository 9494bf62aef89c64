package dev.assay.isolation;

import dev.assay.Detector;
import dev.assay.Report;
import dev.assay.page.FilePage;
import dev.assay.page.PagePictures;
import dev.assay.page.PagePictures.KnownPicture;
import dev.assay.page.PageTexts;
import dev.assay.page.SharedReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A report and what a person sees of it.
 *
 * @param report what was found
 * @param html the whole page, which shows the file by its name alone
 */
public record ReportPage(Report report, String html) {

  /**
   * Examines a file in this process.
   *
   * @param name what the report calls it
   * @param texts the words of the page's language
   */
  public static ReportPage of(Detector detector, Path file, String name, PageTexts texts) {
    List<PagePictures> pictures = new ArrayList<>(List.of(PagePictures.none()));
    Report report =
        detector.analyze(
            file,
            name,
            examined ->
                pictures.set(
                    0,
                    PagePictures.of(
                            examined.report(),
                            examined.media(),
                            examined.regions(),
                            examined.patches(),
                            examined.playableSound(PagePictures.MAX_SOUND_BYTES))
                        .with(examined.known().stream().map(KnownPicture::of).toList())));
    return of(report, texts, pictures.get(0));
  }

  /** The page of a report without its file. */
  static ReportPage of(Report report, PageTexts texts) {
    return of(report, texts, PagePictures.none());
  }

  private static ReportPage of(Report report, PageTexts texts, PagePictures pictures) {
    return new ReportPage(report, FilePage.of(texts, SharedReport.byNameAlone(report), pictures));
  }
}
