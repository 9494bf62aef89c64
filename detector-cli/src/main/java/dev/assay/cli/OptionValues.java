package dev.assay.cli;

import dev.assay.Language;
import dev.assay.Profile;
import dev.assay.Verdict.Label;
import dev.assay.internal.report.ReportFormats;
import dev.assay.scan.ScanOptions.Rescan;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.apache.commons.cli.Option;

/** What can follow an option, for completions. */
final class OptionValues {

  private static final Set<String> FILES = Set.of("FILE", "LIST", "PAGE", "PEM", "OUT.png");
  private static final Set<String> FOLDERS = Set.of("DIR", "FOLDER");

  private OptionValues() {}

  /** The words that an option takes; empty if others may follow, or none. */
  static List<String> of(Option option) {
    return switch (option.getLongOpt()) {
      case ScanRequest.FORMAT -> ReportFormats.ids();
      case "profile" -> codes(Profile.values(), Profile::code);
      case "lang" -> Language.CODES;
      case "rescan" -> codes(Rescan.values(), value -> value.name().toLowerCase(Locale.ROOT));
      case "fail-on" -> List.of(Label.SYNTHETIC.code(), Label.INCONCLUSIVE.code());
      case DetectorOptions.ONLY -> DetectorOptions.examiners();
      default -> List.of();
    };
  }

  private static <T> List<String> codes(T[] values, Function<T, String> code) {
    return Arrays.stream(values).map(code).toList();
  }

  /** Whether a file follows. */
  static boolean file(Option option) {
    return option.hasArg() && FILES.contains(option.getArgName());
  }

  /** Whether a folder follows. */
  static boolean folder(Option option) {
    return option.hasArg() && FOLDERS.contains(option.getArgName());
  }
}
