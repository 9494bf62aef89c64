package dev.assay.page;

import dev.assay.internal.html.Markup;
import java.util.Locale;

/** Rows of a name and a value. */
final class FactTable {

  private FactTable() {}

  static void row(Markup page, String name, Object value) {
    String shown =
        value instanceof Double number
            ? String.format(Locale.ROOT, "%.4f", number)
            : String.valueOf(value);
    page.open("tr").element("th", name, "scope", "row").element("td", shown).close("tr");
  }
}
