package dev.assay.page;

import dev.assay.Report;
import dev.assay.Sentence;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reports as they are shown to others: a page that is passed on must not tell the names of folders
 * and users of the machine that it was made on.
 */
public final class SharedReport {

  private SharedReport() {}

  /** The same with a file called by its name alone. */
  public static Report byNameAlone(Report report) {
    String path = report.file().path();
    return isAbsolute(path) ? named(report, path.substring(lastSeparator(path) + 1)) : report;
  }

  /**
   * The same with a file called by its path below a folder.
   *
   * @param folder what {@link Folder} found
   */
  public static Report below(String folder, Report report) {
    String path = report.file().path();
    return !folder.isEmpty() && path.startsWith(folder)
        ? named(report, path.substring(folder.length()))
        : report;
  }

  private static Report named(Report report, String name) {
    Report.FileFacts facts = report.file();
    Report renamed =
        report.withFile(facts.named(name, facts.sameContentAs().map(SharedReport::lastName)));
    return report
        .failure()
        .map(
            failure ->
                renamed.withFailure(
                    new Report.Failure(
                        failure.code(), named(failure.sentence(), facts.path(), name))))
        .orElse(renamed);
  }

  private static Sentence named(Sentence sentence, String path, String name) {
    List<Object> values = new ArrayList<>(sentence.values());
    if (!values.isEmpty() && values.get(0).equals(path)) {
      values.set(0, name);
      return new Sentence(sentence.pattern(), values);
    }
    String before = path + ": ";
    return sentence.text().startsWith(before)
        ? Sentence.of(name + ": " + sentence.text().substring(before.length()))
        : sentence;
  }

  private static String lastName(String path) {
    return path.substring(lastSeparator(path) + 1);
  }

  private static int lastSeparator(String path) {
    return Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'));
  }

  private static boolean isAbsolute(String path) {
    try {
      return Path.of(path).isAbsolute();
    } catch (InvalidPathException e) {
      return path.startsWith("/");
    }
  }

  /** Finds the folder that holds all files of absolute paths. */
  public static final class Folder {

    private @Nullable String common;

    /** Takes the path of a further file into account. */
    public void add(String path) {
      String folder = isAbsolute(path) ? path.substring(0, lastSeparator(path) + 1) : "";
      if (common == null) {
        common = folder;
        return;
      }
      while (!folder.startsWith(common)) {
        common = common.substring(0, lastSeparator(common.substring(0, common.length() - 1)) + 1);
      }
    }

    /** The folder with a separator at its end; empty where there is none. */
    public String path() {
      return common == null ? "" : common;
    }
  }
}
