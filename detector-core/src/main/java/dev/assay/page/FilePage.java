package dev.assay.page;

import dev.assay.Evidence;
import dev.assay.MediaKind;
import dev.assay.Region;
import dev.assay.Report;
import dev.assay.Verdict;
import dev.assay.forensics.ForensicMaps;
import dev.assay.internal.report.ManifestDetails;
import dev.assay.internal.report.ReportJson;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The page of one file: the answer and its strength, what it rests on, what would change it, the
 * evidence with pictures, and everything technical at the end. Opens from disk, fetches nothing.
 */
public final class FilePage {

  private static final int SMALL_SIDE = 300;

  private final Texts texts;
  private final Report report;
  private final PagePictures pictures;
  private final Markup page = new Markup();

  private FilePage(Texts texts, Report report, PagePictures pictures) {
    this.texts = texts;
    this.report = report;
    this.pictures = pictures;
  }

  /**
   * Writes a page.
   *
   * @param texts the words of its language
   * @param pictures what is shown of the file; may be none
   * @return the whole HTML document
   */
  public static String of(Texts texts, Report report, PagePictures pictures) {
    return new FilePage(texts, report, pictures).document();
  }

  private String document() {
    String title = texts.get("title", report.file().path());
    page.element("a", texts.get("skip"), "class", "skip", "href", "#verdict")
        .open("header")
        .element("h1", title)
        .element("p", texts.get("made", report.tool().version()), "class", "quiet")
        .close("header")
        .open("main");
    top();
    report.verdict().ifPresent(v -> LogOddsBar.write(page, texts, v, report.evidence()));
    evidence();
    provenance();
    heat();
    timeline();
    maps();
    FileDetails.write(page, texts, pictures);
    appendix();
    page.close("main");
    return Document.of(texts, title, "data:", page);
  }

  private void top() {
    String label = report.verdict().map(v -> v.label().code()).orElse("failed");
    page.open("section", "class", "top " + label).open("div");
    if (!pictures.frames().isEmpty()) {
      PagePictures.Shown first = pictures.frames().get(0);
      page.open("div", "class", "picture");
      picture(first.jpeg(), "image/jpeg", texts.get("picture"), first.width(), first.height());
      faces(first);
      page.close("div");
      if (report.evidence().stream().anyMatch(FilePage::ofStillFace)) {
        page.element("p", texts.get("faces"), "class", "quiet");
      }
    }
    page.close("div").open("div", "id", "verdict");
    report.failure().ifPresent(this::failure);
    report.verdict().ifPresent(this::verdict);
    page.close("div").close("section");
    notes();
  }

  private static boolean ofStillFace(Evidence piece) {
    return piece.isShown() && piece.details().containsKey("face") && !piece.regions().isEmpty();
  }

  /** The faces of a still picture, by the numbers that the evidence gives them. */
  private void faces(PagePictures.Shown shown) {
    List<Evidence> faces = report.evidence().stream().filter(FilePage::ofStillFace).toList();
    if (faces.isEmpty()) {
      return;
    }
    page.open(
        "svg",
        "class",
        "over boxes",
        "viewBox",
        "0 0 " + shown.width() + " " + shown.height(),
        "aria-hidden",
        "true");
    int size = Math.max(12, shown.height() / 25);
    for (Evidence piece : faces) {
      Region box = piece.regions().get(0);
      for (String style : List.of("under", "upper")) {
        page.open(
                "rect",
                "class",
                style,
                "vector-effect",
                "non-scaling-stroke",
                "x",
                String.valueOf(box.x()),
                "y",
                String.valueOf(box.y()),
                "width",
                String.valueOf(box.width()),
                "height",
                String.valueOf(box.height()))
            .close("rect");
      }
      page.element(
          "text",
          String.valueOf(piece.details().get("face")),
          "x",
          String.valueOf(box.x() + size / 3),
          "y",
          String.valueOf(box.y() + size),
          "font-size",
          String.valueOf(size));
    }
    page.close("svg");
  }

  private void failure(Report.Failure failure) {
    page.element("h2", texts.get("failed"), "class", "answer").element("p", failure.message());
  }

  private void verdict(Verdict verdict) {
    if (isAudio() && report.evidence().stream().allMatch(piece -> piece.weight() == 0)) {
      page.element("h2", texts.get("label.audio"), "class", "answer");
    } else {
      page.element("h2", texts.get("label." + verdict.label().code(), kind()), "class", "answer")
          .element("p", strength(verdict.logLikelihoodRatio()));
    }
    verdict
        .errorRate()
        .ifPresent(
            rate ->
                page.element(
                    "p",
                    texts.get("wrongly." + rate.wrongly().code(), Numbers.percent(rate.share()))));
    page.element(
        "p",
        texts.get(
            "probability", Numbers.percent(verdict.prior()), probability(verdict.probability())),
        "class",
        "quiet");
    verdict.reasons().stream()
        .filter(reason -> reason.evidence() < 0)
        .forEach(reason -> page.element("p", texts.say(reason.sentence())));
    page.element("h3", texts.get("basis")).open("ul");
    if (verdict.basis().isEmpty()) {
      page.element("li", texts.get("basis.none"));
    }
    verdict.basis().stream()
        .sorted()
        .forEach(basis -> page.element("li", texts.get("basis." + basis.code())));
    page.close("ul");
    list("change", changes(verdict));
    list("notseen", notSeen());
  }

  private String kind() {
    return texts.get(
        "kind." + report.media().map(m -> m.kind().code()).orElse(MediaKind.IMAGE.code()));
  }

  /** Nothing is certain: what rounds to 0 or 100 is given as a bound. */
  private String probability(double value) {
    if (value > 0.999) {
      return texts.get("more", "99.9");
    }
    return value < 0.001 ? texts.get("less", "0.1") : Numbers.percent(value) + " %";
  }

  private String strength(double ratio) {
    if (Math.abs(ratio) < 0.05) {
      return texts.get("strength.none");
    }
    boolean synthetic = ratio > 0;
    return texts.get(
        "strength",
        texts.get("strength.times", Numbers.times(ratio)),
        texts.get(synthetic ? "word.synthetic" : "word.real"),
        texts.get(synthetic ? "word.real" : "word.synthetic"),
        texts.get("support." + Numbers.support(ratio)));
  }

  private List<String> changes(Verdict verdict) {
    List<String> changes = new ArrayList<>();
    changes.add("change.original");
    if (verdict.basis().contains(Verdict.Basis.DECLARED)) {
      changes.add("change.declaration");
    }
    boolean small =
        report
            .media()
            .filter(m -> m.width().isPresent() && m.height().isPresent())
            .filter(m -> Math.min(m.width().getAsInt(), m.height().getAsInt()) < SMALL_SIDE)
            .isPresent();
    if (small) {
      changes.add("change.larger");
    }
    changes.add(isAudio() ? "change.context.audio" : "change.context");
    return changes.stream().map(texts::get).toList();
  }

  private boolean isAudio() {
    return report.media().filter(media -> media.kind() == MediaKind.AUDIO).isPresent();
  }

  private List<String> notSeen() {
    List<String> missing = new ArrayList<>();
    if (isAudio()) {
      missing.add(texts.get("notseen.audio"));
    }
    missing.add(texts.get("notseen.absent"));
    report
        .media()
        .filter(media -> media.kind() == MediaKind.VIDEO)
        .ifPresent(
            media -> {
              media
                  .framesExamined()
                  .ifPresent(count -> missing.add(texts.get("notseen.frames", count)));
              missing.add(texts.get("notseen.motion"));
              missing.add(texts.get("notseen.audio"));
            });
    missing.add(texts.get("notseen.watermark"));
    missing.add(texts.get("notseen.context"));
    return missing;
  }

  private void list(String heading, List<String> entries) {
    page.element("h3", texts.get(heading)).open("ul");
    entries.forEach(entry -> page.element("li", entry));
    page.close("ul");
  }

  private void notes() {
    for (Report.Note note : report.notes()) {
      page.open("p", "class", "card")
          .element("strong", texts.get("notes") + ": ")
          .text(texts.say(note.sentence()))
          .close("p");
    }
    if (!report.warnings().isEmpty()) {
      list("warnings", report.warnings().stream().map(w -> texts.say(w.sentence())).toList());
    }
  }

  private void evidence() {
    if (report.evidence().isEmpty()) {
      return;
    }
    Set<Integer> counted =
        report.verdict().map(Verdict::reasons).orElse(List.of()).stream()
            .map(Verdict.Reason::evidence)
            .collect(Collectors.toSet());
    page.element("h2", texts.get("evidence"));
    for (int i = 0; i < report.evidence().size(); i++) {
      Evidence piece = report.evidence().get(i);
      if (!piece.isShown()) {
        continue;
      }
      page.open("article", "class", "card", "id", "evidence-" + i)
          .element("span", texts.get("kind." + piece.kind().code()), "class", "badge")
          .element(
              "span",
              texts.get(counted.contains(i) ? "evidence.counted" : "evidence.fact"),
              "class",
              "badge")
          .element("p", texts.say(piece.sentence()));
      Object prompt = piece.details().get("prompt");
      if (prompt != null) {
        page.element("h3", texts.get("prompt")).element("pre", String.valueOf(prompt));
      }
      details(piece);
      page.close("article");
    }
  }

  private void details(Evidence piece) {
    Map<String, Object> details = new LinkedHashMap<>(piece.details());
    details.remove("prompt");
    details.remove("manifests");
    details.put("code", piece.code());
    piece
        .logLikelihoodRatio()
        .ifPresent(
            ratio -> details.put("logLikelihoodRatio", String.format(Locale.ROOT, "%.3f", ratio)));
    page.open("details")
        .element("summary", texts.get("evidence.details"))
        .open("table", "class", "facts");
    details.forEach(this::row);
    page.close("table").close("details");
  }

  private void row(String name, Object value) {
    String shown =
        value instanceof Double number
            ? String.format(Locale.ROOT, "%.4f", number)
            : String.valueOf(value);
    page.open("tr").element("th", name, "scope", "row").element("td", shown).close("tr");
  }

  private void provenance() {
    for (Evidence piece : report.evidence()) {
      if (ManifestDetails.in(piece)) {
        ManifestDetails details = ManifestDetails.of(piece);
        page.element("h2", texts.get("provenance"))
            .element("p", texts.get("provenance.state", details.state()))
            .open("div", "class", "tree");
        ManifestTree.write(page, texts, details);
        page.close("div");
      }
    }
  }

  private void heat() {
    if (pictures.attribution().isEmpty()) {
      return;
    }
    PagePictures.Heat heat = pictures.attribution().get();
    PagePictures.Shown first = pictures.frames().get(0);
    page.element("h2", texts.get("heat"))
        .element("p", texts.get("heat.explain", heat.crops()))
        .open("label", "class", "no-print", "for", "heat-strength")
        .text(texts.get("heat.slider"))
        .close("label")
        .open(
            "input",
            "id",
            "heat-strength",
            "class",
            "no-print",
            "type",
            "range",
            "min",
            "0",
            "max",
            "100",
            "value",
            "70",
            "data-over",
            "heat-map")
        .open("figure")
        .open("div", "class", "picture")
        .open(
            "img",
            "src",
            data("image/jpeg", first.jpeg()),
            "alt",
            texts.get("picture"),
            "width",
            String.valueOf(first.width()),
            "height",
            String.valueOf(first.height()))
        .open(
            "img",
            "id",
            "heat-map",
            "class",
            "over",
            "src",
            data("image/png", heat.png()),
            "alt",
            "")
        .close("div")
        .element(
            "figcaption",
            texts.get(
                "heat.range",
                String.format(Locale.ROOT, "%.2f", heat.least()),
                String.format(Locale.ROOT, "%.2f", heat.most())),
            "class",
            "quiet")
        .close("figure");
  }

  private void timeline() {
    List<Evidence> over =
        report.evidence().stream()
            .filter(piece -> piece.isShown() && !piece.timeline().isEmpty())
            .toList();
    if (!over.isEmpty()) {
      page.element("h2", texts.get("timeline"))
          .element("p", texts.get("timeline.explain"), "class", "quiet");
      over.forEach(piece -> Timeline.write(page, texts, piece, pictures.frames()));
    }
    if (pictures.frames().size() > 1) {
      page.element("h2", texts.get("frames")).open("div", "class", "frames");
      for (int i = 0; i < pictures.frames().size(); i++) {
        PagePictures.Shown frame = pictures.frames().get(i);
        String when = texts.get("frame", Numbers.seconds(frame.timeSeconds()));
        page.open("figure", "id", "frame-" + i);
        picture(frame.jpeg(), "image/jpeg", when, frame.width(), frame.height());
        page.element("figcaption", when).close("figure");
      }
      page.close("div");
    }
  }

  private void maps() {
    if (pictures.maps().isEmpty()) {
      return;
    }
    page.element("h2", texts.get("maps")).element("p", texts.get("maps.explain"));
    if (!pictures.part().isEmpty()) {
      page.element("p", texts.get("maps.part", pictures.part()), "class", "quiet");
    }
    page.open("div", "class", "grid");
    for (PagePictures.Map map : pictures.maps()) {
      String name = texts.get("map." + map.name());
      page.open("figure").element("h3", name);
      page.open("img", "src", data("image/jpeg", map.jpeg()), "alt", name)
          .open("figcaption")
          .element("p", map.finding().map(texts::say).orElse(""));
      if (map.name().equals(ForensicMaps.SPECTRUM.code()) && !pictures.fall().isEmpty()) {
        SpectrumChart.write(page, texts, pictures.fall());
      }
      page.element("p", texts.get("map." + map.name() + ".read"), "class", "quiet")
          .close("figcaption")
          .close("figure");
    }
    page.close("div");
  }

  private void appendix() {
    page.element("h2", texts.get("appendix"))
        .element("h3", texts.get("file"))
        .open("table", "class", "facts");
    Report.FileFacts file = report.file();
    row(texts.get("file.path"), file.path());
    file.mediaType().ifPresent(type -> row(texts.get("file.type"), type));
    file.size()
        .ifPresent(
            size ->
                row(
                    texts.get("file.size"),
                    texts.get("file.bytes", String.format(Locale.ROOT, "%,d", size))));
    file.sha256().ifPresent(hash -> row(texts.get("file.hash"), hash));
    report.media().ifPresent(this::media);
    page.close("table");
    models();
    stability();
    page.open("details")
        .element("summary", texts.get("json"))
        .element("pre", ReportJson.indented(report))
        .close("details");
  }

  private void media(Report.MediaFacts media) {
    if (media.width().isPresent() && media.height().isPresent()) {
      row(
          texts.get("file.pixels"),
          media.width().getAsInt() + " \u00d7 " + media.height().getAsInt());
    }
    media
        .durationSeconds()
        .ifPresent(seconds -> row(texts.get("file.duration"), Numbers.seconds(seconds) + " s"));
    media.decoder().ifPresent(decoder -> row(texts.get("file.decoder"), decoder));
  }

  private void models() {
    if (report.tool().models().isEmpty()) {
      return;
    }
    page.element("h3", texts.get("models"));
    report
        .verdict()
        .flatMap(Verdict::measured)
        .ifPresent(
            measured ->
                page.element(
                    "p",
                    texts.get(
                        "models.measured",
                        Numbers.percent(measured.recall()),
                        Numbers.percent(measured.falsePositives()))));
    page.open("table", "class", "facts");
    report
        .tool()
        .models()
        .forEach(model -> row(model.id() + " " + model.version(), model.sha256()));
    page.close("table");
  }

  private void stability() {
    List<Verdict.Copy> copies = report.verdict().map(Verdict::stability).orElse(List.of());
    if (copies.isEmpty()) {
      return;
    }
    page.element("h3", texts.get("stability"))
        .element("p", texts.get("stability.explain"), "class", "quiet")
        .open("table", "class", "facts");
    copies.forEach(
        copy ->
            row(
                texts.get("stability." + copy.change()),
                Numbers.percent(copy.probability()) + " %"));
    page.close("table");
  }

  private void picture(byte[] content, String type, String name, int width, int height) {
    page.open(
        "img",
        "src",
        data(type, content),
        "alt",
        name,
        "width",
        String.valueOf(width),
        "height",
        String.valueOf(height));
  }

  static String data(String type, byte[] content) {
    return "data:" + type + ";base64," + Base64.getEncoder().encodeToString(content);
  }
}
