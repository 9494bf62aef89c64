package dev.assay.page;

import dev.assay.forensics.Spectrum;
import dev.assay.internal.html.Markup;
import java.util.List;
import java.util.Locale;

/** How the power of a picture falls, over the band in which photographs of cameras lie. */
final class SpectrumChart {

  private static final int WIDTH = 320;
  private static final int HEIGHT = 180;
  private static final double TOP = 5;
  private static final double BOTTOM = -14;

  private SpectrumChart() {}

  static void write(Markup page, PageTexts texts, List<Double> fall) {
    StringBuilder band = new StringBuilder();
    List<Double> low = Spectrum.OF_CAMERAS.get(0);
    List<Double> high = Spectrum.OF_CAMERAS.get(Spectrum.OF_CAMERAS.size() - 1);
    for (int i = 0; i < high.size(); i++) {
      point(band, i, high.get(i));
    }
    for (int i = low.size() - 1; i >= 0; i--) {
      point(band, i, low.get(i));
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
            texts.get("spectrum.chart"))
        .open("polygon", "class", "band", "points", band.toString())
        .close("polygon");
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < fall.size(); i++) {
      point(line, i, fall.get(i));
    }
    page.open("polyline", "class", "curve", "points", line.toString())
        .close("polyline")
        .close("svg")
        .element("p", texts.get("spectrum.chart"), "class", "quiet");
  }

  private static void point(StringBuilder points, int band, double value) {
    double held = Math.max(BOTTOM, Math.min(TOP, value));
    points.append(
        String.format(
            Locale.ROOT,
            "%.1f,%.1f ",
            (band + 0.5) * WIDTH / Spectrum.OF_CAMERAS.get(0).size(),
            HEIGHT * (TOP - held) / (TOP - BOTTOM)));
  }
}
