package dev.assay.internal.provenance;

import dev.assay.Evidence.Effect;
import dev.assay.Sentence;
import dev.assay.internal.metadata.DigitalSourceType;
import dev.assay.internal.metadata.Strength;
import dev.assay.internal.provenance.check.Provenance;
import dev.assay.internal.provenance.check.SignedManifest;
import dev.assay.internal.provenance.read.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a manifest store says of generative models.
 *
 * <p>Media was generated where an action of the active manifest or of an ancestor created it by a
 * trained model. Where a model changed it, or made a part that was placed into it, it was edited.
 *
 * @param effect generated or edited
 * @param strength how sure it is
 * @param type the digital source type; empty where another mark says so
 * @param software that is said to have done it; empty where none is named
 * @param signer who signed the manifest that says so; empty where that cannot be read
 * @param place where the term stands, where that is not the source type of an action: a phrase
 */
record AiOrigin(
    Effect effect,
    Strength strength,
    Optional<DigitalSourceType> type,
    String software,
    String signer,
    Optional<Sentence> place) {

  /** Assertions that only generators of sound or pictures write. */
  private static final Set<String> MARKS = Set.of("com.suno.provenance");

  /** The place of a term that the claim does not cover, or that is not read. */
  static final Sentence UNSIGNED = Sentence.of("in a part that is not signed");

  /** The strongest of each effect. */
  static List<AiOrigin> of(Provenance provenance) {
    List<AiOrigin> all = new ArrayList<>();
    List<SignedManifest> lineage = provenance.lineage();
    for (SignedManifest manifest : provenance.manifests()) {
      boolean whole = lineage.contains(manifest);
      for (Action action : manifest.actions()) {
        DigitalSourceType.of(action.sourceType())
            .map(type -> origin(provenance, manifest, action, type, whole))
            .ifPresent(all::add);
      }
      if (whole && manifest.assertions().stream().anyMatch(MARKS::contains)) {
        all.add(
            new AiOrigin(
                Effect.GENERATED,
                strength(provenance, manifest),
                Optional.empty(),
                manifest.generator(),
                signer(manifest),
                Optional.empty()));
      }
      manifest.mentions().forEach(mention -> all.add(of(provenance, manifest, mention, whole)));
    }
    if (all.isEmpty()) {
      provenance.mentioned().forEach(type -> all.add(mentioned(provenance, type)));
    }
    List<AiOrigin> strongest = new ArrayList<>();
    for (Effect effect : List.of(Effect.GENERATED, Effect.EDITED, Effect.PROCESSED)) {
      all.stream()
          .filter(origin -> origin.effect() == effect)
          .min((a, b) -> a.strength().compareTo(b.strength()))
          .ifPresent(strongest::add);
    }
    return strongest;
  }

  private static AiOrigin origin(
      Provenance provenance,
      SignedManifest manifest,
      Action action,
      DigitalSourceType type,
      boolean whole) {
    boolean generated = whole && action.creates() && type.effect() == Effect.GENERATED;
    return new AiOrigin(
        generated ? Effect.GENERATED : part(provenance, manifest, whole),
        strength(provenance, manifest),
        Optional.of(type),
        action.software().isEmpty() ? manifest.generator() : action.software(),
        signer(manifest),
        whole ? Optional.empty() : Optional.of(joined(provenance, manifest)));
  }

  /** What is only given to a program as input is no part of what came out. */
  private static Effect part(Provenance provenance, SignedManifest manifest, boolean whole) {
    return whole || !onlyInput(provenance, manifest) ? Effect.EDITED : Effect.PROCESSED;
  }

  private static Sentence joined(Provenance provenance, SignedManifest manifest) {
    return Sentence.of(
        onlyInput(provenance, manifest)
            ? "of something that a program was given as input"
            : "of something that was placed into it");
  }

  /** Whether those that took a manifest in say that it was input, and nothing else. */
  private static boolean onlyInput(Provenance provenance, SignedManifest manifest) {
    List<String> relations =
        provenance.manifests().stream()
            .flatMap(holder -> holder.ingredients().stream())
            .filter(origin -> origin.manifest().filter(manifest.label()::equals).isPresent())
            .map(SignedManifest.Origin::relationship)
            .toList();
    return !relations.isEmpty() && relations.stream().allMatch("inputTo"::equals);
  }

  private static AiOrigin of(
      Provenance provenance,
      SignedManifest manifest,
      SignedManifest.Mention mention,
      boolean whole) {
    Effect own = mention.effect();
    return new AiOrigin(
        whole || own == Effect.PROCESSED ? own : part(provenance, manifest, false),
        strength(provenance, manifest),
        DigitalSourceType.of(mention.term()),
        mention.software(),
        signer(manifest),
        Optional.of(mention.place()));
  }

  private static AiOrigin mentioned(Provenance provenance, DigitalSourceType type) {
    String signer = provenance.active().map(AiOrigin::signer).orElse("");
    return new AiOrigin(
        type.effect(),
        Strength.HINT,
        Optional.of(type),
        "",
        signer,
        provenance.holds() ? Optional.of(UNSIGNED) : Optional.empty());
  }

  private static Strength strength(Provenance provenance, SignedManifest manifest) {
    boolean holds = provenance.holds() || provenance.state() == Provenance.State.WELL_FORMED;
    if (!holds || !manifest.signed() || provenance.leavesMediaOut()) {
      return Strength.HINT;
    }
    return provenance.state() == Provenance.State.TRUSTED && manifest.trusted()
        ? Strength.AUTHENTICATED
        : Strength.STATED;
  }

  private static String signer(SignedManifest manifest) {
    return manifest
        .signer()
        .map(s -> s.organisation().isEmpty() ? s.name() : s.organisation())
        .orElse("");
  }
}
