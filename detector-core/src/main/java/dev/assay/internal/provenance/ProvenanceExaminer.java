package dev.assay.internal.provenance;

import dev.assay.Evidence;
import dev.assay.Evidence.Effect;
import dev.assay.Evidence.Kind;
import dev.assay.Sentence;
import dev.assay.internal.metadata.DeclarationWeights;
import dev.assay.internal.metadata.DigitalSourceType;
import dev.assay.internal.metadata.Strength;
import dev.assay.internal.provenance.check.Integrity;
import dev.assay.internal.provenance.check.Provenance;
import dev.assay.internal.provenance.check.Provenance.State;
import dev.assay.internal.provenance.check.SignedManifest;
import dev.assay.internal.provenance.read.SignedText;
import dev.assay.internal.provenance.status.ValidationStatus;
import dev.assay.internal.provenance.trust.SignerTrust;
import dev.assay.internal.provenance.trust.SigningTime;
import dev.assay.spi.Examiner;
import dev.assay.spi.ExaminerInfo;
import dev.assay.spi.ExaminerInfo.Need;
import dev.assay.spi.Media;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reports what is signed in a file, whether it holds, and what it says of generative models.
 * Decodes no pixels, and asks no network unless it is told to. A manifest is no sign of AI, and
 * none is evidence of nothing.
 */
public final class ProvenanceExaminer implements Examiner {

  /** Beginning of the codes of what is reported of a manifest store. */
  public static final String CODE_STORE = "provenance.c2pa-";

  private static final String ID = "provenance";
  private static final String EXPIRED = "expired";
  private static final String INACCESSIBLE = CODE_STORE + "inaccessible";
  private static final String GENERATED = "declared.c2pa-ai-source-type";
  private static final String EDITED = "declared.c2pa-ai-edit-source-type";

  /** What it is. */
  public static final ExaminerInfo INFO =
      new ExaminerInfo(
          ID, "what is signed (C2PA), and whether it holds", Set.of(Need.BYTES), codes());

  private final ProvenanceReader reader;
  private final DeclarationWeights weights = DeclarationWeights.shipped();

  /** An examiner that reads with this reader. */
  public ProvenanceExaminer(ProvenanceReader reader) {
    this.reader = reader;
  }

  @Override
  public ExaminerInfo info() {
    return INFO;
  }

  private static SortedMap<String, String> codes() {
    SortedMap<String, String> codes = new TreeMap<>();
    codes.put(
        CODE_STORE + State.TRUSTED.code(),
        "The file's C2PA manifest is intact, and its signer is on a trust list.");
    codes.put(
        CODE_STORE + State.VALID.code(),
        "The file's C2PA manifest is intact; its signer is on no trust list.");
    codes.put(
        CODE_STORE + EXPIRED,
        "The file is as its C2PA manifest was signed, but the certificate has expired, and no"
            + " trusted time-stamp shows that the signature is from before. C2PA calls that"
            + " invalid.");
    codes.put(
        CODE_STORE + State.WELL_FORMED.code(),
        "The file's C2PA manifest could not be held against its content.");
    codes.put(
        CODE_STORE + State.INVALID.code(),
        "The file's C2PA manifest is not valid: it, or the file, was changed, or is broken.");
    codes.put(
        INACCESSIBLE,
        "The file points to a C2PA manifest elsewhere, which was asked for and could not be had.");
    codes.put(
        GENERATED,
        "A C2PA manifest of the file, or of what it was made from, says that a trained model"
            + " generated it.");
    codes.put(
        EDITED,
        "A C2PA manifest of the file, or of something in it, says that a trained model changed it,"
            + " or made a part of it, or what a program was given as input.");
    return Collections.unmodifiableSortedMap(codes);
  }

  @Override
  public List<Evidence> examine(Media media) throws IOException {
    Optional<Provenance> found;
    try {
      found = reader.read(media);
    } catch (RemoteManifest.Refusal e) {
      return List.of(inaccessible(ProvenanceReader.address(media), e));
    }
    if (found.isEmpty()) {
      return List.of();
    }
    List<Evidence> evidence = new ArrayList<>();
    AiOrigin.of(found.get()).forEach(origin -> evidence.add(declaration(origin)));
    evidence.add(store(found.get(), old(found.get())));
    return evidence;
  }

  private Evidence declaration(AiOrigin origin) {
    boolean generated = origin.effect() == Effect.GENERATED;
    Map<String, Object> details = new LinkedHashMap<>();
    StoreFacts.put(details, "generator", origin.software());
    StoreFacts.put(details, "signer", origin.signer());
    origin.type().map(DigitalSourceType::term).ifPresent(term -> details.put("sourceType", term));
    details.put(
        "where",
        origin.place().map(place -> "C2PA manifest store: " + place).orElse("C2PA manifest store"));
    details.put("strength", origin.strength().code());
    Evidence.Builder evidence =
        Evidence.of(
                ID,
                origin.strength() == Strength.AUTHENTICATED ? Kind.SIGNATURE : Kind.DECLARATION,
                generated ? GENERATED : EDITED,
                sentence(origin))
            .effect(origin.effect())
            .details(details);
    if (generated) {
      evidence.logLikelihoodRatio(weights.logLikelihoodRatio(GENERATED, origin.strength()));
    }
    return evidence.build();
  }

  private static Sentence sentence(AiOrigin origin) {
    boolean unsigned = origin.place().filter(AiOrigin.UNSIGNED::equals).isPresent();
    Sentence signer = named(origin.signer());
    Sentence who =
        switch (origin.strength()) {
          case AUTHENTICATED -> Sentence.of("A C2PA manifest signed by {0} says", signer);
          case STATED ->
              Sentence.of("A C2PA manifest signed by {0} (on no trust list) says", signer);
          case HINT ->
              unsigned
                  ? Sentence.of(
                      "A C2PA manifest of {0}, in a part that is not signed, says", signer)
                  : Sentence.of("A C2PA manifest that is not valid, or not any more, says");
        };
    String what =
        switch (origin.effect()) {
          case GENERATED -> "that a trained model generated the media";
          case EDITED -> "that a trained model changed the media or made a part of it";
          case PROCESSED -> "that a trained model made it, which is not part of the media";
        };
    Optional<Sentence> place = origin.place().filter(where -> !unsigned);
    Sentence subject = place.map(where -> Sentence.of("{0}, {1},", who, where)).orElse(who);
    return origin.software().isEmpty()
        ? Sentence.of("{0} {1}.", subject, Sentence.of(what))
        : Sentence.of(
            "{0} {1}: {2}.", subject, Sentence.of(what), SignedText.shown(origin.software()));
  }

  private static Sentence named(String signer) {
    return signer.isEmpty() ? Sentence.of("somebody") : Sentence.verbatim(SignedText.shown(signer));
  }

  private static Evidence inaccessible(String address, RemoteManifest.Refusal refusal) {
    String shown = SignedText.shown(address);
    return Evidence.of(
            ID,
            Kind.FACT,
            INACCESSIBLE,
            Sentence.of(
                "The C2PA manifest of the file was not to be had from {0}: {1}.",
                shown, refusal.reason()))
        .details(Map.of("address", shown))
        .build();
  }

  /** Lists are only spoken of where a newer one could say more. */
  private Optional<Sentence> old(Provenance provenance) {
    boolean vouched =
        provenance.trust() != SignerTrust.UNLISTED && provenance.time() == SigningTime.PROVED;
    return vouched
        ? Optional.empty()
        : reader
            .oldLists()
            .map(
                date ->
                    Sentence.of(
                        "The lists of trusted signers and time-stamps are of {0}; 'assay trust"
                            + " update' fetches newer ones, which may vouch for more.",
                        date));
  }

  private static Evidence store(Provenance provenance, Optional<Sentence> old) {
    List<Sentence> sentences = new ArrayList<>(List.of(summary(provenance)));
    if (provenance.holds() || provenance.integrity() == Integrity.UNCHECKED) {
      sentences.addAll(provenance.leftOut());
    }
    old.ifPresent(sentences::add);
    return Evidence.of(ID, Kind.FACT, CODE_STORE + code(provenance), Sentence.all(sentences))
        .details(StoreFacts.of(provenance))
        .build();
  }

  private static String code(Provenance provenance) {
    return expired(provenance) ? EXPIRED : provenance.state().code();
  }

  private static boolean expired(Provenance provenance) {
    return provenance.state() == State.INVALID && provenance.holds();
  }

  private static Sentence summary(Provenance provenance) {
    Sentence signer =
        named(
            provenance
                .active()
                .flatMap(SignedManifest::signer)
                .map(s -> s.organisation().isEmpty() ? s.name() : s.organisation())
                .orElse(""));
    if (expired(provenance)) {
      return Sentence.of(
          "The file is as {0} signed it (C2PA); the certificate has expired since, and no trusted"
              + " time-stamp shows that the signature is older. A manifest is not a sign of AI.",
          signer);
    }
    return switch (provenance.state()) {
      case TRUSTED ->
          Sentence.of(
              "The file is as {0} signed it (C2PA); the signer is on a trust list. A manifest is"
                  + " not a sign of AI.",
              signer);
      case VALID ->
          Sentence.of(
              "The file is as {0} signed it (C2PA); the signer is on no trust list. A manifest is"
                  + " not a sign of AI.",
              signer);
      case WELL_FORMED ->
          Sentence.of(
              "The file carries a C2PA manifest signed by {0}, which could not be checked "
                  + "against its content.",
              signer);
      case INVALID ->
          provenance.integrity() == Integrity.INTACT
              ? Sentence.of(
                  "The file is as {0} signed it (C2PA), but the signature does not count: {1}",
                  signer, provenance.failures().get(0).explanation())
              : Sentence.of(
                  "The C2PA manifest of the file is not valid: {0}", first(provenance.failures()));
    };
  }

  /** The first failure of integrity, which says more than that a certificate has expired. */
  private static Sentence first(List<ValidationStatus> failures) {
    return failures.stream()
        .filter(failure -> failure.code().breaksIntegrity())
        .findFirst()
        .orElse(failures.get(0))
        .explanation();
  }
}
