package dev.assay.cli;

import dev.assay.DetectorSettings;
import dev.assay.Verdict.Label;
import dev.assay.internal.report.ReportFormats;
import dev.assay.internal.report.ReportJsonLines;
import dev.assay.isolation.WorkerLimits;
import dev.assay.scan.Journal;
import dev.assay.scan.ScanOptions;
import dev.assay.scan.ScanOptions.Rescan;
import dev.assay.spi.ReportFormat;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.PatternSyntaxException;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/**
 * What a scan was asked to do.
 *
 * @param paths files and folders
 * @param list a file of further paths, or {@code -} for standard input
 * @param nul whether these end in NUL
 * @param settings of the detector
 * @param workers how many files are examined at a time
 * @param isolation what a worker process may cost; empty where all is done in this process
 * @param options what is looked at, and how
 * @param output where reports go; empty for standard output
 * @param format in what form
 * @param journal how they are kept
 * @param resume whether the scan goes on from an earlier one
 * @param prune whether reports of files that are no longer there are left out
 * @param force whether an output that exists may be replaced
 * @param quarantine a folder that takes what is synthetic
 * @param index of known media, to which what is examined is added
 * @param failOn the label that makes for another exit code
 */
record ScanRequest(
    List<Path> paths,
    Optional<String> list,
    boolean nul,
    DetectorSettings settings,
    int workers,
    Optional<WorkerLimits> isolation,
    ScanOptions options,
    Optional<Path> output,
    ReportFormat format,
    Journal.Settings journal,
    boolean resume,
    boolean prune,
    boolean force,
    Optional<Path> quarantine,
    Optional<Path> index,
    Optional<Label> failOn) {

  /** The option that names a form. */
  static final String FORMAT = "format";

  private static final int CORES = Runtime.getRuntime().availableProcessors();

  /** Whether the reports stay in the form in which a journal keeps them. */
  boolean keepsLines() {
    return format.id().equals(ReportJsonLines.ID);
  }

  /** The options of the command. */
  static Options lineOptions() {
    Options options = new Options();
    options.addOption(
        Option.builder("o")
            .longOpt("output")
            .hasArg()
            .argName("FILE")
            .desc("write reports to this file; - is standard output (-)")
            .get());
    options.addOption(
        option(
            FORMAT,
            "FORM",
            "a form of output from the list below (text on a terminal without -o, else jsonl)"));
    options.addOption(Languages.option());
    options.addOption(flag("resume", "continue the scan that wrote this output"));
    options.addOption(
        option(
            "rescan",
            "WHAT",
            "with --resume, examine again what is outdated (judged by another release or other"
                + " models) or failed; may be repeated"));
    options.addOption(flag("dedupe", "examine files of equal content once"));
    options.addOption(
        flag("ordered", "write reports in the order of the folders, not as files finish"));
    options.addOption(
        flag("chain", "add to each report the hash of the previous one; see 'assay verify'"));
    options.addOption(
        option("rotate", "SIZE", "start another output file at this size: NAME-0001 and so on"));
    options.addOption(flag("force", "replace an output that exists"));
    options.addOption(flag("prune", "with --resume, drop reports of files that no longer exist"));
    options.addOption(
        option("quarantine", "DIR", "link or copy files with the label synthetic to this folder"));
    options.addOption(
        option("index", "INDEX", "add what is examined to this index of known media"));
    options.addOption(
        option(
            "files-from",
            "LIST",
            "also scan the paths in this file, one per line; - is standard input"));
    options.addOption(
        Option.builder("0").longOpt("null").desc("paths in the list are separated by NUL").get());
    options.addOption(
        option(
            "include",
            "GLOB",
            "in folders, take only files of this name or path; may be repeated"));
    options.addOption(
        option(
            "exclude",
            "GLOB",
            "leave out files and folders of this name or path; may be repeated"));
    options.addOption(flag("follow-links", "follow links inside folders"));
    options.addOption(
        flag("no-archives", "do not look into archives and documents that hold files"));
    options.addOption(
        option(
            "zip-names",
            "CHARSET",
            "character set of file names in zip archives that do not name one, for example CP932"));
    options.addOption(option("workers", "N", "number of files examined at a time (one per core)"));
    options.addOption(
        flag("no-isolate", "examine in this process; a file that crashes it ends the scan"));
    options.addOption(
        option("worker-memory", "SIZE", "memory of a worker process, at least 1G (4G)"));
    options.addOption(
        option(
            "scratch", "SIZE", "space for unpacked archives, at most half of the free space (8G)"));
    options.addOption(
        option(
            "fail-on",
            "LABEL",
            "end with exit code 10 if a file has this label: synthetic, altered or inconclusive"));
    DetectorOptions.addTo(options);
    return options;
  }

  /** Reads a line of arguments. */
  static ScanRequest of(CommandLine line, Terminal terminal) throws UsageException {
    List<Path> paths = new ArrayList<>();
    for (String argument : line.getArgList()) {
      paths.add(DetectorOptions.path(argument));
    }
    Optional<String> list = Optional.ofNullable(line.getOptionValue("files-from"));
    if (paths.isEmpty() && list.isEmpty()) {
      throw new UsageException("scan needs a file or a folder to look at.");
    }
    Optional<Path> output = output(line);
    requireOutput(line, output);
    Optional<Path> quarantine = quarantine(line);
    Optional<Path> index = index(line);
    ScanOptions options = options(line, written(output, quarantine, index));
    boolean single = list.isEmpty() && paths.size() == 1 && single(paths.get(0), options);
    DetectorSettings settings = DetectorOptions.settings(line);
    return new ScanRequest(
        paths,
        list,
        line.hasOption("null"),
        // A single file has all cores to itself.
        single ? settings.withThreads(CORES) : settings,
        DetectorOptions.count(line, "workers", single ? 1 : CORES),
        isolation(line),
        options,
        output,
        format(line.getOptionValue(FORMAT, usualForm(line, terminal))),
        new Journal.Settings(
            line.hasOption("chain"),
            line.hasOption("rotate") ? DetectorOptions.bytes(line, "rotate") : 0),
        line.hasOption("resume"),
        line.hasOption("prune"),
        line.hasOption("force"),
        quarantine,
        index,
        failOn(line));
  }

  private static String usualForm(CommandLine line, Terminal terminal) {
    return terminal.shown() && !line.hasOption("output") ? ReportLine.ID : ReportJsonLines.ID;
  }

  private static ReportFormat format(String id) throws UsageException {
    Optional<ReportFormat> format = ReportFormats.of(id.toLowerCase(Locale.ROOT));
    return format.orElseThrow(
        () ->
            new UsageException(
                "--format takes one of "
                    + String.join(", ", ReportFormats.ids())
                    + ", not '"
                    + id
                    + "'."));
  }

  private static boolean single(Path path, ScanOptions options) {
    return Files.isRegularFile(path) && !options.looksInto(path);
  }

  private static Optional<Path> output(CommandLine line) throws UsageException {
    String name = line.getOptionValue("output", "-");
    if (name.equals("-")) {
      return Optional.empty();
    }
    if (name.endsWith(".part")) {
      throw new UsageException("The ending .part is for outputs that are not complete.");
    }
    return Optional.of(DetectorOptions.path(name));
  }

  /** What needs an earlier output, or reads it, cannot do with standard output. */
  private static void requireOutput(CommandLine line, Optional<Path> output) throws UsageException {
    for (String name : List.of("resume", "dedupe", "chain", "rotate")) {
      if (line.hasOption(name) && output.isEmpty()) {
        throw new UsageException("--" + name + " needs a file to write to; add --output FILE.");
      }
    }
    if (line.hasOption("rescan") && !line.hasOption("resume")) {
      throw new UsageException("--rescan goes with --resume.");
    }
    if (line.hasOption("prune") && !line.hasOption("resume")) {
      throw new UsageException("--prune goes with --resume.");
    }
    boolean lines =
        line.getOptionValue(FORMAT, ReportJsonLines.ID).equalsIgnoreCase(ReportJsonLines.ID);
    if (line.hasOption("chain") && !lines) {
      throw new UsageException("--chain goes with --format jsonl only.");
    }
  }

  private static Optional<Path> quarantine(CommandLine line) throws UsageException {
    String name = line.getOptionValue("quarantine");
    if (name == null) {
      return Optional.empty();
    }
    Path folder = DetectorOptions.path(name);
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new UsageException("--quarantine takes a folder; " + folder + " is none.");
    }
    return Optional.of(folder);
  }

  private static Optional<Path> index(CommandLine line) throws UsageException {
    if (!line.hasOption("index")) {
      return Optional.empty();
    }
    if (line.hasOption("redact")) {
      throw new UsageException(
          "--index keeps small pictures and hashes, which --redact leaves out; use one of them.");
    }
    return Optional.of(DetectorOptions.output(line.getOptionValue("index"), "--index"));
  }

  private static Optional<WorkerLimits> isolation(CommandLine line) throws UsageException {
    if (line.hasOption("no-isolate")) {
      if (line.hasOption("worker-memory")) {
        throw new UsageException("--worker-memory does not go with --no-isolate.");
      }
      return Optional.empty();
    }
    WorkerLimits limits =
        WorkerLimits.defaults().withShowErrors(Boolean.getBoolean(Main.DEBUG_PROPERTY));
    if (line.hasOption("worker-memory")) {
      long bytes = DetectorOptions.bytes(line, "worker-memory");
      if (bytes < WorkerLimits.MIN_MEMORY_BYTES) {
        throw new UsageException("--worker-memory takes at least 1G.");
      }
      limits = limits.withMemoryBytes(bytes);
    }
    return Optional.of(limits);
  }

  /** What the scan itself writes, and renames while it looks around. */
  private static Set<Path> written(
      Optional<Path> output, Optional<Path> quarantine, Optional<Path> index) {
    Set<Path> written = new HashSet<>();
    quarantine.ifPresent(written::add);
    index.ifPresent(written::add);
    for (String ending : List.of("", ".part", ".jsonl", ".jsonl.part")) {
      output.ifPresent(file -> written.add(Path.of(file + ending)));
    }
    return written;
  }

  private static ScanOptions options(CommandLine line, Set<Path> written) throws UsageException {
    try {
      ScanOptions options =
          ScanOptions.defaults()
              .withFollowLinks(line.hasOption("follow-links"))
              .withArchives(!line.hasOption("no-archives"))
              .withOrdered(line.hasOption("ordered"))
              .withDedupe(line.hasOption("dedupe"))
              .withRescan(rescan(line))
              .withInclude(values(line, "include"))
              .withExclude(values(line, "exclude"))
              .withLeaveOut(written);
      if (line.hasOption("scratch")) {
        options = options.withScratchBytes(DetectorOptions.bytes(line, "scratch"));
      }
      return line.hasOption("zip-names")
          ? options.withArchiveNames(charset(line.getOptionValue("zip-names")))
          : options;
    } catch (PatternSyntaxException e) {
      throw new UsageException(
          "--include and --exclude take a glob, not '" + e.getPattern() + "'.");
    }
  }

  private static Charset charset(String name) throws UsageException {
    try {
      // Japanese Windows calls it by this name, Java by another.
      return Charset.forName(name.equalsIgnoreCase("CP932") ? "windows-31j" : name);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--zip-names: the characters " + name + " are not known here.");
    }
  }

  private static Set<Rescan> rescan(CommandLine line) throws UsageException {
    Set<Rescan> rescan = EnumSet.noneOf(Rescan.class);
    for (String value : values(line, "rescan")) {
      switch (value) {
        case "outdated" -> rescan.add(Rescan.OUTDATED);
        case "failed" -> rescan.add(Rescan.FAILED);
        default ->
            throw new UsageException("--rescan takes outdated or failed, not '" + value + "'.");
      }
    }
    return rescan;
  }

  private static List<String> values(CommandLine line, String name) {
    String[] values = line.getOptionValues(name);
    return values == null ? List.of() : List.of(values);
  }

  private static Optional<Label> failOn(CommandLine line) throws UsageException {
    String value = line.getOptionValue("fail-on");
    if (value == null) {
      return Optional.empty();
    }
    for (Label label : List.of(Label.SYNTHETIC, Label.ALTERED, Label.INCONCLUSIVE)) {
      if (label.code().equals(value)) {
        return Optional.of(label);
      }
    }
    throw new UsageException(
        "--fail-on takes synthetic, altered or inconclusive, not '" + value + "'.");
  }

  private static Option option(String name, String argument, String description) {
    return DetectorOptions.option(name, argument, description);
  }

  private static Option flag(String name, String description) {
    return Option.builder().longOpt(name).desc(description).get();
  }
}
