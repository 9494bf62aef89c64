package dev.assay.page;

import dev.assay.Report;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What a report says of its file, but for its name: rows of a table, by what they are called. */
final class FileRows {

  private FileRows() {}

  static Map<String, String> of(PageTexts texts, Report report) {
    Map<String, String> rows = new LinkedHashMap<>();
    Report.FileFacts file = report.file();
    file.mediaType().ifPresent(type -> rows.put(texts.get("file.type"), type));
    file.size()
        .ifPresent(
            size ->
                rows.put(
                    texts.get("file.size"),
                    texts.get("file.bytes", String.format(Locale.ROOT, "%,d", size))));
    file.sha256().ifPresent(hash -> rows.put(texts.get("file.hash"), hash));
    report.media().ifPresent(media -> addMedia(rows, texts, media));
    return rows;
  }

  private static void addMedia(Map<String, String> rows, PageTexts texts, Report.MediaFacts media) {
    if (media.width().isPresent() && media.height().isPresent()) {
      rows.put(
          texts.get("file.pixels"),
          media.width().getAsInt() + " \u00d7 " + media.height().getAsInt());
    }
    media
        .durationSeconds()
        .ifPresent(
            seconds -> rows.put(texts.get("file.duration"), Numbers.seconds(seconds) + " s"));
    media.decoder().ifPresent(decoder -> rows.put(texts.get("file.decoder"), decoder));
  }
}
