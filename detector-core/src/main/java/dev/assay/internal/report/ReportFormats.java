package dev.assay.internal.report;

import dev.assay.InstallationException;
import dev.assay.spi.ReportFormat;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.regex.Pattern;

/** The forms of output on the class path. */
public final class ReportFormats {

  private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{0,39}");

  private ReportFormats() {}

  /**
   * All of them, by id.
   *
   * @throws InstallationException if one cannot be loaded or has no proper id, or two have the same
   */
  public static List<ReportFormat> all() {
    List<ReportFormat> all = new ArrayList<>();
    try {
      ServiceLoader.load(ReportFormat.class).forEach(all::add);
    } catch (ServiceConfigurationError e) {
      throw new InstallationException(
          "A form of output cannot be loaded: " + e.getMessage() + ".", e);
    }
    return sound(all);
  }

  /** The same, by id, if each can be told from the others and named on a command line. */
  static List<ReportFormat> sound(List<ReportFormat> found) {
    List<ReportFormat> all = new ArrayList<>(found);
    for (ReportFormat format : all) {
      if (!ID.matcher(format.id()).matches()) {
        throw new InstallationException(
            "The form of output "
                + format.getClass().getName()
                + " has the id '"
                + format.id()
                + "'; an id is made of lower-case letters, digits and hyphens.");
      }
    }
    all.sort(Comparator.comparing(ReportFormat::id));
    for (int i = 1; i < all.size(); i++) {
      if (all.get(i).id().equals(all.get(i - 1).id())) {
        throw new InstallationException(
            "Two forms of output are called "
                + all.get(i).id()
                + ": "
                + all.get(i - 1).getClass().getName()
                + " and "
                + all.get(i).getClass().getName()
                + ".");
      }
    }
    return all;
  }

  /** The ids of all. */
  public static List<String> ids() {
    return all().stream().map(ReportFormat::id).toList();
  }

  /** The form with this id. */
  public static Optional<ReportFormat> of(String id) {
    return all().stream().filter(format -> format.id().equals(id)).findFirst();
  }
}
