package dev.assay.page;

import dev.assay.Evidence;
import dev.assay.Report;
import dev.assay.internal.html.Markup;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The sound: a player, its loudness and frequencies over time, what it is, and how to listen. */
final class SoundSection {

  private static final int WIDTH = 720;
  private static final int HEIGHT = 80;
  private static final int SPECTROGRAM_HEIGHT = 256;

  private final Markup page;
  private final PageTexts texts;
  private final Report report;
  private final PagePictures pictures;

  SoundSection(Markup page, PageTexts texts, Report report, PagePictures pictures) {
    this.page = page;
    this.texts = texts;
    this.report = report;
    this.pictures = pictures;
  }

  void write() {
    List<Report.SoundTrack> tracks = report.media().map(Report.MediaFacts::sound).orElse(List.of());
    if (tracks.isEmpty()) {
      return;
    }
    page.element("h2", texts.get("sound"));
    pictures.sound().ifPresent(this::shown);
    page.open("table", "class", "facts");
    tracks.forEach(this::track);
    report.evidence().stream()
        .filter(piece -> piece.code().equals(Evidence.SOUND_MEASURED))
        .forEach(piece -> piece.details().forEach(this::measured));
    page.close("table").element("h3", texts.get("sound.listen")).open("ul");
    for (String point : List.of("breath", "room", "cuts", "context", "quality")) {
      page.element("li", texts.get("sound.listen." + point));
    }
    page.close("ul");
  }

  private void measured(String name, Object value) {
    if (value instanceof Map<?, ?> shares) {
      String list =
          shares.entrySet().stream()
              .filter(
                  share -> share.getValue() instanceof Number number && number.doubleValue() > 0)
              .map(
                  share ->
                      texts.get("sound.kind." + share.getKey())
                          + " "
                          + Numbers.percent(((Number) share.getValue()).doubleValue())
                          + " %")
              .collect(Collectors.joining(", "));
      FactTable.row(page, texts.get("sound." + name), list);
    } else if (name.endsWith("Share") && value instanceof Number share) {
      FactTable.row(page, texts.get("sound." + name), Numbers.percent(share.doubleValue()) + " %");
    } else if (value instanceof Number number) {
      FactTable.row(
          page,
          texts.get("sound." + name),
          String.format(
              Locale.ROOT, value instanceof Long ? "%.0f" : "%.1f", number.doubleValue()));
    }
  }

  private void track(Report.SoundTrack track) {
    FactTable.row(
        page,
        texts.get("sound.track", track.number()),
        track.codec()
            + ", "
            + track.rate()
            + " Hz, "
            + track.channels()
            + " ch"
            + (track.bitRate().isPresent()
                ? ", " + Math.round(track.bitRate().getAsLong() / 1000.0) + " kbit/s"
                : "")
            + track.language().map(language -> ", " + language).orElse(""));
  }

  private void shown(PagePictures.SoundPicture sound) {
    if (sound.opus().isPresent()) {
      String data = Base64.getEncoder().encodeToString(sound.opus().get());
      page.open(
              "audio",
              "id",
              "sound",
              "controls",
              "controls",
              "preload",
              "none",
              "src",
              "data:audio/ogg;base64," + data)
          .close("audio")
          .element("p", texts.get("sound.copy"), "class", "quiet");
    } else {
      page.element("p", texts.get("sound.long"), "class", "quiet");
    }
    page.open("div", "class", "scroll spectrogram");
    waveform(sound);
    HtmlImage.write(
        page,
        sound.spectrogram(),
        "image/jpeg",
        texts.get("sound.spectrogram", String.format(Locale.ROOT, "%.1f", sound.topHertz() / 1e3)),
        WIDTH,
        SPECTROGRAM_HEIGHT);
    page.close("div")
        .element(
            "p",
            texts.get(
                "sound.spectrogram", String.format(Locale.ROOT, "%.1f", sound.topHertz() / 1e3)),
            "class",
            "quiet");
  }

  private void waveform(PagePictures.SoundPicture sound) {
    StringBuilder line = new StringBuilder();
    int count = Math.max(1, sound.peaks().size());
    for (int side : new int[] {-1, 1}) {
      for (int i = 0; i < sound.peaks().size(); i++) {
        int at = side < 0 ? i : sound.peaks().size() - 1 - i;
        line.append(
            String.format(
                Locale.ROOT,
                "%.1f,%.1f ",
                (at + 0.5) * WIDTH / count,
                HEIGHT / 2.0 * (1 + side * sound.peaks().get(at))));
      }
    }
    page.open(
            "svg",
            "viewBox",
            "0 0 " + WIDTH + " " + HEIGHT,
            "width",
            String.valueOf(WIDTH),
            "role",
            "img",
            "aria-label",
            texts.get("sound.waveform"))
        .open("polygon", "class", "curve", "points", line.toString().trim())
        .close("polygon")
        .close("svg");
  }
}
