package dev.assay.cli;

import dev.assay.FailureCode;
import dev.assay.Language;
import dev.assay.Limits;
import dev.assay.MediaException;
import dev.assay.MediaKind;
import dev.assay.Sentence;
import dev.assay.forensics.ForensicMap;
import dev.assay.forensics.ForensicMaps;
import dev.assay.forensics.Spectrogram;
import dev.assay.internal.media.MediaOpener;
import dev.assay.internal.media.OpenedMedia;
import dev.assay.internal.media.Source;
import dev.assay.spi.Sound;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/** {@code assay map}: one forensic map of a picture or of a sound, as a PNG file. */
final class MapCommand implements Command {

  /** The map of sound, beside those of pictures. */
  private static final String SPECTROGRAM = "spectrogram";

  /** The map that a model draws. */
  private static final String EDITS = "edits";

  @Override
  public String name() {
    return "map";
  }

  @Override
  public String arguments() {
    return String.join("|", words()) + " FILE -o OUT.png";
  }

  @Override
  public List<String> words() {
    return Stream.concat(
            Arrays.stream(ForensicMaps.values()).map(ForensicMaps::code),
            Stream.of(EDITS, SPECTROGRAM))
        .toList();
  }

  @Override
  public String summary() {
    return "Draw what the statistics of pixels or of sound say, or where a model sees changed parts, as a"
        + " PNG for people to look at.";
  }

  @Override
  public Options options() {
    Options options = new Options();
    options.addOption(
        Option.builder("o")
            .longOpt("output")
            .hasArg()
            .argName("OUT.png")
            .desc("the PNG file to write; - is standard output")
            .get());
    options.addOption(Languages.option());
    return options;
  }

  @Override
  public Map<Integer, String> outcomes() {
    return Map.of(ExitCode.SOME_FAILED, "the file could not be decoded");
  }

  @Override
  public int run(CommandLine line, Terminal terminal) throws UsageException, IOException {
    if (line.getArgList().size() != 2 || !line.hasOption("output")) {
      throw new UsageException("map takes a name, a file, and -o with the file to write.");
    }
    String name = line.getArgList().get(0);
    if (!words().contains(name)) {
      throw new UsageException(
          "map draws one of "
              + String.join(", ", words())
              + "; not '"
              + Terminal.safe(name)
              + "'.");
    }
    Path file = DetectorOptions.path(line.getArgList().get(1));
    Language language = Languages.of(line);
    try (OpenedMedia media =
        MediaOpener.open(Source.of(file, file.toString()), Limits.defaults())) {
      ForensicMap drawn = name.equals(EDITS) ? EditsMap.of(file) : drawn(name, media);
      if (line.getOptionValue("output").equals("-")) {
        terminal.out().write(drawn.png());
        return ExitCode.DONE;
      }
      Path output = DetectorOptions.output(line.getOptionValue("output"), "-o");
      if (Files.exists(output) && Files.isSameFile(file, output)) {
        throw new UsageException("-o names the file itself.");
      }
      Files.write(output, drawn.png());
      drawn.finding().ifPresent(finding -> terminal.out().println(finding.in(language)));
      return ExitCode.DONE;
    } catch (MediaException e) {
      Sentence sentence = Sentence.of("{0}: {1} {2}", file, e.sentence(), Sentence.of(e.remedy()));
      terminal.err().println("assay: " + terminal.in(language).say(sentence));
      return ExitCode.SOME_FAILED;
    }
  }

  private static ForensicMap drawn(String name, OpenedMedia media) throws MediaException {
    if (name.equals(SPECTROGRAM)) {
      return spectrogram(media);
    }
    if (media.kind() == MediaKind.AUDIO) {
      throw new MediaException(FailureCode.UNSUPPORTED_FORMAT, "It is audio without pictures.")
          .withRemedy("Of sound there is one map: spectrogram.");
    }
    return ForensicMaps.named(name).orElseThrow().of(media.frames().get(0).picture());
  }

  private static ForensicMap spectrogram(OpenedMedia media) throws MediaException {
    try (Sound sound = media.sound().orElseThrow(MapCommand::silent)) {
      return Spectrogram.of(sound).map();
    }
  }

  private static MediaException silent() {
    return new MediaException(FailureCode.UNSUPPORTED_FORMAT, "It holds no sound.")
        .withRemedy("The spectrogram shows sound; all other maps show pictures.");
  }
}
