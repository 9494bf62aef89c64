package dev.assay.cli;

import java.io.IOException;
import java.util.List;
import java.util.Queue;
import org.apache.commons.cli.help.TableDefinition;
import org.apache.commons.cli.help.TextHelpAppendable;

/** Help at a terminal: plain headings, and tables of a name and a text without column titles. */
final class TerminalHelp extends TextHelpAppendable {

  private static final int LINE_LENGTH = 96;

  TerminalHelp(Appendable out) {
    super(out);
    setMaxWidth(LINE_LENGTH);
    setLeftPad(0);
    setIndent(0);
  }

  @Override
  public void appendHeader(int level, CharSequence text) throws IOException {
    append(text).append("\n");
  }

  @Override
  public void appendTable(TableDefinition table) throws IOException {
    int nameColumns = table.columnTextStyles().get(0).getMinWidth() + 2;
    for (List<String> row : table.rows()) {
      Queue<String> text = makeColumnQueue(row.get(1), table.columnTextStyles().get(1));
      String lead = "  " + row.get(0);
      if (lead.length() >= nameColumns) {
        append(lead).append("\n");
        lead = "";
      }
      for (String line : text) {
        append(lead).append(" ".repeat(nameColumns - lead.length()));
        append(line.stripTrailing()).append("\n");
        lead = "";
      }
    }
    append("\n");
  }
}
