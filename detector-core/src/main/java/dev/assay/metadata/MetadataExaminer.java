package dev.assay.metadata;

import dev.assay.Evidence;
import dev.assay.Examiner;
import dev.assay.Media;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reports what a file says of itself: declarations of generators, camera facts, the presence of a
 * C2PA manifest store. Decodes no pixels. Missing metadata gives no evidence, and damaged metadata
 * a fact.
 *
 * <p>A declaration's details: {@code generator}, {@code model}, {@code prompt} (at most 2,000
 * characters) and {@code parameters} as far as the file names them, {@code where}, {@code strength}
 * ({@code stated} or {@code hint}), {@code effect} ({@code generated} or {@code edited}).
 */
public final class MetadataExaminer implements Examiner {

  private static final String ID = "metadata";
  private static final String CAMERA = "metadata.camera";
  private static final String SOFTWARE = "metadata.software";
  private static final String DAMAGED = "metadata.damaged";
  private static final String C2PA_PRESENT = "provenance.c2pa-present";
  private static final int PROMPT_CHARS = 2_000;
  private static final int NAME_CHARS = 200;

  @Override
  public String id() {
    return ID;
  }

  /** Every code that this examiner can report, with what it means. */
  public static SortedMap<String, String> codes() {
    SortedMap<String, String> codes = new TreeMap<>();
    for (Trace trace : TraceTable.ALL) {
      codes.put(trace.code(), "A field of the file " + trace.meaning() + ".");
    }
    codes.put(CAMERA, "The file names the camera that took it.");
    codes.put(SOFTWARE, "The file names software or dates, and no camera.");
    codes.put(DAMAGED, "A part of the file's metadata is broken or beyond the bounds.");
    codes.put(C2PA_PRESENT, "The file carries a C2PA manifest store, which was not validated.");
    return Collections.unmodifiableSortedMap(codes);
  }

  @Override
  public List<Evidence> examine(Media media) throws IOException {
    DeclaredMetadata metadata = MetadataReader.read(media);
    List<Evidence> evidence = new ArrayList<>();
    for (Trace trace : TraceTable.ALL) {
      trace.matcher().match(metadata).ifPresent(claim -> evidence.add(declaration(trace, claim)));
    }
    metadata.manifestStore().ifPresent(store -> evidence.add(manifestPresent(store)));
    Map<String, Object> camera = CameraFacts.of(metadata);
    if (!camera.isEmpty()) {
      evidence.add(camera(camera));
    }
    for (String sentence : metadata.damage()) {
      evidence.add(fact(DAMAGED, sentence, Map.of()));
    }
    return evidence;
  }

  private static Evidence declaration(Trace trace, Claim claim) {
    Map<String, Object> details = new LinkedHashMap<>();
    String generator = claim.generator().orElse(trace.generator());
    if (!generator.isEmpty()) {
      details.put("generator", cut(generator, NAME_CHARS));
    }
    claim.model().ifPresent(model -> details.put("model", cut(model, NAME_CHARS)));
    claim.prompt().ifPresent(prompt -> details.put("prompt", cut(prompt, PROMPT_CHARS)));
    if (!claim.parameters().isEmpty()) {
      Map<String, Object> parameters = new LinkedHashMap<>();
      claim.parameters().forEach((name, value) -> parameters.put(name, cut(value, PROMPT_CHARS)));
      details.put("parameters", parameters);
    }
    details.put("where", cut(claim.where(), NAME_CHARS));
    details.put("strength", trace.strength().word());
    details.put("effect", trace.effect().word());
    return new Evidence(
        ID,
        Evidence.Kind.DECLARATION,
        trace.code(),
        OptionalDouble.empty(),
        "The " + cut(claim.where(), NAME_CHARS) + " " + trace.meaning() + ".",
        details);
  }

  private static Evidence manifestPresent(ManifestStore store) {
    return fact(
        C2PA_PRESENT,
        "A C2PA manifest is there; it is not validated by this release, and a manifest is not a"
            + " sign of AI.",
        Map.of(
            "where",
            store.carrier(),
            "bytes",
            store.bytes(),
            "aiSourceTypes",
            store.aiSourceTypes().stream().map(DigitalSourceType::term).toList()));
  }

  private static Evidence camera(Map<String, Object> facts) {
    String made = (facts.getOrDefault("make", "") + " " + facts.getOrDefault("model", "")).strip();
    if (made.isEmpty()) {
      return fact(SOFTWARE, "The file names software or dates, and no camera.", facts);
    }
    return fact(CAMERA, "The file names the camera " + made + ".", facts);
  }

  private static Evidence fact(String code, String summary, Map<String, Object> details) {
    return new Evidence(ID, Evidence.Kind.FACT, code, OptionalDouble.empty(), summary, details);
  }

  private static String cut(String text, int chars) {
    return text.length() <= chars ? text : text.substring(0, chars) + "\u2026";
  }
}
