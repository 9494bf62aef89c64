package dev.assay.internal.watermark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.assay.Evidence;
import dev.assay.Evidence.Effect;
import dev.assay.Evidence.Kind;
import dev.assay.MediaException;
import dev.assay.MediaKind;
import dev.assay.Sentence;
import dev.assay.internal.metadata.Carrier;
import dev.assay.internal.metadata.DeclarationWeights;
import dev.assay.internal.metadata.MetadataReader;
import dev.assay.internal.metadata.Strength;
import dev.assay.spi.CodedPicture;
import dev.assay.spi.Examiner;
import dev.assay.spi.ExaminerInfo;
import dev.assay.spi.ExaminerInfo.Need;
import dev.assay.spi.Media;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Looks for published invisible marks in pictures that are coded without loss: text in the last
 * bits, NovelAI's signature, and the wavelet mark of Stable Diffusion and FLUX. A mark that is not
 * found is evidence of nothing.
 */
public final class WatermarkExaminer implements Examiner {

  private static final String ID = "watermark";
  private static final String TEXT = "watermark.stealth-text";
  private static final String SIGNATURE = "watermark.novelai-signature";
  private static final String WAVELET = "watermark.dwt-dct";
  private static final int MAX_PROMPT_CHARS = 2_000;
  private static final Pattern SETTINGS = Pattern.compile("(?:^|\\n)Steps: \\d{1,6}, Sampler: ");
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              com.fasterxml.jackson.core.JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(50).build())
                  .build())
          .build();

  /** What it is. */
  public static final ExaminerInfo INFO =
      new ExaminerInfo(ID, "published invisible marks", Set.of(Need.FRAMES), codes());

  private final NovelAiSignature signature;
  private final DeclarationWeights weights = DeclarationWeights.shipped();

  /** An examiner that knows the published keys. */
  public WatermarkExaminer() {
    this(new NovelAiSignature());
  }

  /** An examiner that checks NovelAI's signature by another key. */
  WatermarkExaminer(NovelAiSignature signature) {
    this.signature = signature;
  }

  @Override
  public ExaminerInfo info() {
    return INFO;
  }

  private static SortedMap<String, String> codes() {
    SortedMap<String, String> codes = new TreeMap<>();
    codes.put(TEXT, "The last bits of the picture's samples spell what a generator writes there.");
    codes.put(SIGNATURE, "NovelAI's signature over the picture and its settings holds.");
    codes.put(
        WAVELET, "The picture carries the invisible mark of Stable Diffusion or FLUX (dwtDct).");
    return codes;
  }

  @Override
  public List<Evidence> examine(Media media) throws IOException, MediaException {
    Optional<CodedPicture> coded =
        media.kind() == MediaKind.IMAGE ? media.coded() : Optional.empty();
    if (coded.isEmpty()) {
      return List.of();
    }
    try (CodedPicture picture = coded.get()) {
      List<Evidence> evidence = new ArrayList<>();
      Optional<StealthText> stealth = StealthText.find(picture, media.budget());
      stealth.map(this::text).ifPresent(evidence::add);
      if (comments(media, stealth).stream()
          .anyMatch(comment -> signature.vouches(picture, comment))) {
        evidence.add(signed());
      }
      WaveletMark.find(picture).map(this::wavelet).ifPresent(evidence::add);
      return evidence;
    }
  }

  /** Where NovelAI's settings may stand: in the hidden text, or in a PNG's comment. */
  private static List<String> comments(Media media, Optional<StealthText> stealth)
      throws IOException {
    List<String> comments = new ArrayList<>();
    stealth
        .map(text -> object(text.text()).path("Comment").asText())
        .filter(comment -> !comment.isEmpty())
        .ifPresent(comments::add);
    MetadataReader.read(media)
        .all(Carrier.PNG_TEXT, "Comment")
        .forEach(field -> comments.add(field.value()));
    return comments;
  }

  private Evidence text(StealthText stealth) {
    JsonNode json = object(stealth.text());
    boolean novelAi =
        json.path("Software").asText().equals("NovelAI")
            || json.path("Source").asText().startsWith("NovelAI");
    boolean settings = SETTINGS.matcher(stealth.text()).find();
    String generator = novelAi ? "NovelAI" : settings ? "Stable Diffusion web UI" : "";
    String prompt = novelAi ? json.path("Description").asText() : stealth.text();
    Map<String, Object> details = new LinkedHashMap<>();
    if (!generator.isEmpty()) {
      details.put("generator", generator);
    }
    if (novelAi && json.path("Source").isTextual()) {
      details.put("model", cut(json.path("Source").asText()));
    }
    details.put("prompt", cut(prompt));
    return mark(
        TEXT,
        Kind.DECLARATION,
        generator.isEmpty() ? Strength.HINT : Strength.STATED,
        generator.isEmpty()
            ? Sentence.of(
                "The last bits of the picture's {0} spell a text.", Sentence.of(stealth.place()))
            : Sentence.of(
                "The last bits of the picture's {0} spell generation settings as {1} hides them.",
                Sentence.of(stealth.place()), generator),
        details);
  }

  private Evidence signed() {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("generator", "NovelAI");
    return mark(
        SIGNATURE,
        Kind.SIGNATURE,
        Strength.AUTHENTICATED,
        Sentence.of("NovelAI signed this very picture and the settings that generated it."),
        details);
  }

  private Evidence wavelet(WaveletMark mark) {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("generator", mark.writer());
    details.put("matchingBits", mark.matching());
    details.put("bits", mark.length());
    return mark(
        WAVELET,
        Kind.DECLARATION,
        mark.sure() ? Strength.STATED : Strength.HINT,
        Sentence.of(
            "The picture carries the invisible mark that programs for {0} write by default ({1} of"
                + " {2} bits).",
            mark.writer(), mark.matching(), mark.length()),
        details);
  }

  private Evidence mark(
      String code, Kind kind, Strength strength, Sentence sentence, Map<String, Object> details) {
    details.put("strength", strength.code());
    return Evidence.of(ID, kind, code, sentence)
        .effect(Effect.GENERATED)
        .logLikelihoodRatio(weights.logLikelihoodRatio(code, strength))
        .details(details)
        .build();
  }

  private static JsonNode object(String text) {
    try {
      return text.startsWith("{") ? MAPPER.readTree(text) : MissingNode.getInstance();
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }

  private static String cut(String text) {
    return text.length() <= MAX_PROMPT_CHARS
        ? text
        : text.substring(0, MAX_PROMPT_CHARS) + "\u2026";
  }
}
