package dev.assay.page;

import dev.assay.Report;
import dev.assay.Verdict;
import dev.assay.internal.html.Markup;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * An answer as plain text that can be quoted: which file it is about, how strong the evidence is,
 * how often such answers are wrong, and what was not examined. It never says more than the page.
 */
public final class ArticleText {

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final PageTexts texts;
  private final Report report;
  private final List<String> paragraphs = new ArrayList<>();

  private ArticleText(PageTexts texts, Report report) {
    this.texts = texts;
    this.report = report;
  }

  /**
   * Writes it.
   *
   * @param texts the words of its language
   * @param examined when the file was examined; its day is told, in UTC
   * @return paragraphs with an empty line between them
   */
  public static String of(PageTexts texts, Report report, Instant examined) {
    return new ArticleText(texts, report).written(DAY.format(examined));
  }

  private String written(String day) {
    paragraphs.add(
        texts.get(
            "article.file",
            Markup.shown(report.file().path()),
            report.file().sha256().orElse("-"),
            report.tool().version(),
            day));
    report.failure().ifPresent(failure -> failed(failure));
    report.verdict().ifPresent(this::answered);
    paragraphs.add(texts.get("article.caution"));
    return String.join("\n\n", paragraphs) + "\n";
  }

  private void failed(Report.Failure failure) {
    paragraphs.add(texts.get("failed") + " " + Markup.shown(texts.say(failure.sentence())));
  }

  private void answered(Verdict verdict) {
    AnswerTexts answer = new AnswerTexts(texts, report);
    List<String> sentences = new ArrayList<>(List.of(answer.label(verdict)));
    answer.strength(verdict).ifPresent(sentences::add);
    answer.errorRate(verdict).ifPresent(sentences::add);
    paragraph(sentences);
    paragraphs.add(answer.prior(verdict));
    paragraph("basis", answer.basis(verdict));
    paragraph("notseen", answer.notSeen());
  }

  private void paragraph(String heading, List<String> sentences) {
    paragraphs.add(texts.get("article.heading", texts.get(heading), joined(sentences)));
  }

  private void paragraph(List<String> sentences) {
    paragraphs.add(joined(sentences));
  }

  /** Chinese sentences follow one another without a space. */
  private String joined(List<String> sentences) {
    return String.join(texts.get("article.between"), sentences);
  }
}
