package dev.assay.cli;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.apache.commons.cli.help.FilterHelpAppendable;
import org.apache.commons.cli.help.TableDefinition;

/** Help as a manual page: the macros of man(7). */
final class RoffHelp extends FilterHelpAppendable {

  private static final int SECTION = 1;

  RoffHelp(Appendable out) {
    super(out);
  }

  @Override
  public void appendTitle(CharSequence title) throws IOException {
    append(".TH ").append(title).append("\n");
  }

  @Override
  public void appendHeader(int level, CharSequence text) throws IOException {
    String heading = escaped(text);
    append(level == SECTION ? ".SH " + heading.toUpperCase(Locale.ROOT) : ".SS " + heading);
    append("\n");
  }

  @Override
  public void appendParagraph(CharSequence text) throws IOException {
    append(".PP\n").append(line(text)).append("\n");
  }

  @Override
  public void appendList(boolean ordered, Collection<CharSequence> items) throws IOException {
    for (CharSequence item : items) {
      append(".IP \\(bu 2\n").append(line(item)).append("\n");
    }
  }

  @Override
  public void appendTable(TableDefinition table) throws IOException {
    for (List<String> row : table.rows()) {
      append(".TP\n.B ").append(escaped(row.get(0))).append("\n");
      append(line(row.get(1))).append("\n");
    }
  }

  /** Text that begins a line, where a dot or an apostrophe would begin a request. */
  private static String line(CharSequence text) {
    String escaped = escaped(text);
    return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
  }

  private static String escaped(CharSequence text) {
    return text.toString().replace("\\", "\\e").replace("-", "\\-");
  }
}
