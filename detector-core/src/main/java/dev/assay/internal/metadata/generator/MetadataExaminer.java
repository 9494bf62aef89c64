package dev.assay.internal.metadata.generator;

import dev.assay.Evidence;
import dev.assay.Sentence;
import dev.assay.internal.metadata.Carrier;
import dev.assay.internal.metadata.DeclarationWeights;
import dev.assay.internal.metadata.DeclaredMetadata;
import dev.assay.internal.metadata.MetadataReader;
import dev.assay.spi.Budget;
import dev.assay.spi.DamagedException;
import dev.assay.spi.Examiner;
import dev.assay.spi.ExaminerInfo;
import dev.assay.spi.ExaminerInfo.Need;
import dev.assay.spi.Media;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reports what a file says of itself: declarations of generators, camera facts, the address of a
 * C2PA manifest elsewhere. Decodes no pixels. Missing metadata gives no evidence, and damaged
 * metadata a fact.
 *
 * <p>A declaration's details: {@code generator}, {@code model}, {@code prompt} (at most 2,000
 * characters) and {@code parameters} as far as the file names them, {@code where}, {@code strength}
 * ({@code stated} or {@code hint}). Its effect says whether the media was generated, edited with a
 * generative model, or processed; only the first speaks for synthetic media.
 */
public final class MetadataExaminer implements Examiner {

  private static final String ID = "metadata";
  private static final String CAMERA = "metadata.camera";
  private static final String SOFTWARE = "metadata.software";
  private static final String DAMAGED = "metadata.damaged";
  private static final String C2PA_REMOTE = "provenance.c2pa-remote";
  private static final int MAX_PROMPT_CHARS = 2_000;
  private static final int MAX_NAME_CHARS = 200;

  /** What it is. */
  public static final ExaminerInfo INFO =
      new ExaminerInfo(
          ID, "what the file declares, and which generator wrote it", Set.of(Need.BYTES), codes());

  private final DeclarationWeights weights = DeclarationWeights.shipped();

  @Override
  public ExaminerInfo info() {
    return INFO;
  }

  private static SortedMap<String, String> codes() {
    SortedMap<String, String> codes = new TreeMap<>();
    for (GeneratorRule rule : GeneratorRules.ALL) {
      codes.put(rule.code(), "A field of the file " + rule.said() + ".");
    }
    codes.put(CAMERA, "The file names the camera that took it.");
    codes.put(SOFTWARE, "The file names software or dates, and no camera.");
    codes.put(DAMAGED, "A part of the file's metadata is broken or beyond the bounds.");
    codes.put(
        C2PA_REMOTE,
        "The file points to a C2PA manifest elsewhere, which is fetched only where that is asked for.");
    return Collections.unmodifiableSortedMap(codes);
  }

  @Override
  public List<Evidence> examine(Media media) throws IOException {
    DeclaredMetadata metadata = MetadataReader.read(media);
    List<Evidence> evidence = new ArrayList<>();
    Map<String, Object> camera = CameraFacts.of(metadata);
    String made = camera(text(camera, "make"), text(camera, "model"));
    evidence.addAll(declarations(media.budget(), metadata, made));
    remoteManifest(metadata).ifPresent(evidence::add);
    if (!camera.isEmpty()) {
      evidence.add(camera(camera));
    }
    for (Sentence sentence : metadata.damage()) {
      evidence.add(fact(DAMAGED, sentence, Map.of()));
    }
    return evidence;
  }

  /** What the rules find; each reads all fields, as long as there is time. */
  private List<Evidence> declarations(Budget budget, DeclaredMetadata metadata, String camera) {
    long characters = metadata.fields().stream().mapToLong(field -> field.value().length()).sum();
    List<Evidence> evidence = new ArrayList<>();
    try {
      for (GeneratorRule rule : GeneratorRules.ALL) {
        budget.handOut(characters);
        rule.finder()
            .find(metadata)
            .ifPresent(found -> evidence.add(declaration(rule, found, camera)));
      }
    } catch (DamagedException e) {
      // Time has run out; the budget knows that the examination was cut short.
    }
    return evidence;
  }

  /**
   * Only what says that the media was generated speaks for synthetic media, and less so where the
   * same file names the camera that took it.
   */
  private Evidence declaration(GeneratorRule rule, Declaration found, String camera) {
    Map<String, Object> details = new LinkedHashMap<>();
    String generator = found.generator().orElse(rule.generator());
    if (!generator.isEmpty()) {
      details.put("generator", cut(generator, MAX_NAME_CHARS));
    }
    found.model().ifPresent(model -> details.put("model", cut(model, MAX_NAME_CHARS)));
    found.prompt().ifPresent(prompt -> details.put("prompt", cut(prompt, MAX_PROMPT_CHARS)));
    if (!found.parameters().isEmpty()) {
      Map<String, Object> parameters = new LinkedHashMap<>();
      found
          .parameters()
          .forEach((name, value) -> parameters.put(name, cut(value, MAX_PROMPT_CHARS)));
      details.put("parameters", parameters);
    }
    details.put("where", cut(found.where().text(), MAX_NAME_CHARS));
    details.put("strength", rule.strength().code());
    Evidence.Builder evidence =
        Evidence.of(ID, Evidence.Kind.DECLARATION, rule.code(), sentence(rule, found, camera))
            .from(Evidence.Source.rule(rule.name()))
            .effect(rule.effect())
            .details(details);
    if (rule.effect() == Evidence.Effect.GENERATED) {
      double declared = weights.logLikelihoodRatio(rule.name(), rule.strength());
      double against = camera.isEmpty() ? 0 : weights.cameraLogLikelihoodRatio();
      // A camera's data are as easily written as a generator's: they never speak for real media.
      evidence.logLikelihoodRatio(Math.max(0, declared + against));
    }
    return evidence.build();
  }

  private static Sentence sentence(GeneratorRule rule, Declaration found, String camera) {
    List<Sentence> sentences = new ArrayList<>();
    Sentence where =
        found.where().text().length() > MAX_NAME_CHARS
            ? Sentence.verbatim(cut(found.where().text(), MAX_NAME_CHARS))
            : found.where();
    sentences.add(Sentence.of("The {0} {1}.", where, rule.said()));
    found.remark().ifPresent(sentences::add);
    if (!camera.isEmpty() && rule.effect() == Evidence.Effect.GENERATED) {
      sentences.add(
          Sentence.of("The same file names the camera {0}, which weighs against.", camera));
    }
    return Sentence.all(sentences);
  }

  private static Evidence camera(Map<String, Object> facts) {
    String made = camera(text(facts, "make"), text(facts, "model"));
    if (made.isEmpty()) {
      return fact(SOFTWARE, Sentence.of("The file names software or dates, and no camera."), facts);
    }
    return fact(CAMERA, Sentence.of("The file names the camera {0}.", made), facts);
  }

  private static String text(Map<String, Object> facts, String name) {
    return String.valueOf(facts.getOrDefault(name, ""));
  }

  /** Most makers repeat their name in that of the model. */
  private static String camera(String make, String model) {
    boolean repeated = model.toLowerCase(Locale.ROOT).startsWith(make.toLowerCase(Locale.ROOT));
    return repeated ? model : (make + " " + model).strip();
  }

  /**
   * XMP part 3, 1.1.5, as C2PA 2.1, 11.5 uses it: where a manifest lies that is not in the file.
   */
  private static Optional<Evidence> remoteManifest(DeclaredMetadata metadata) {
    String address = metadata.text(Carrier.XMP, "dcterms:provenance");
    if (!address.startsWith("https://") && !address.startsWith("http://")) {
      return Optional.empty();
    }
    return Optional.of(
        fact(
            C2PA_REMOTE,
            Sentence.of(
                "The file points to a C2PA manifest at {0}, which is fetched only where that is asked for.",
                cut(address, MAX_NAME_CHARS)),
            Map.of("address", cut(address, MAX_NAME_CHARS))));
  }

  private static Evidence fact(String code, Sentence sentence, Map<String, Object> details) {
    return Evidence.of(ID, Evidence.Kind.FACT, code, sentence).details(details).build();
  }

  private static String cut(String text, int chars) {
    return text.length() <= chars ? text : text.substring(0, chars) + "\u2026";
  }
}
