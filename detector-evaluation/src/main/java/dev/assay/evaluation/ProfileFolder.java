package dev.assay.evaluation;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.assay.Detector;
import dev.assay.ModelException;
import dev.assay.internal.fusion.StreamFit;
import dev.assay.internal.model.Adaptation;
import dev.assay.internal.resource.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The folder of a profile: what was fitted to a user's media, apart from what ships. Each change is
 * written whole or not at all.
 */
public final class ProfileFolder {

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
  private static final int FORMAT = 1;
  private static final int MOST_ID = 60;

  /** What the history calls a calibration. */
  static final String CALIBRATE = "calibrate";

  private final Path folder;
  private final Clock clock;

  /** A folder that may not be there yet. */
  public ProfileFolder(Path folder) {
    this(folder, Clock.systemUTC());
  }

  ProfileFolder(Path folder, Clock clock) {
    this.folder = folder;
    this.clock = clock;
  }

  /** Where it lies. */
  public Path path() {
    return folder;
  }

  /**
   * What was fitted so far.
   *
   * @throws ModelException if there is a profile, and it is broken
   */
  public Optional<Adaptation> read() {
    return Files.exists(folder.resolve(Adaptation.FILE))
        ? Optional.of(Adaptation.read(folder))
        : Optional.empty();
  }

  /** The time as it stands in the card. */
  String now() {
    return Instant.now(clock).truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** Adds what was fitted to one kind of media, in place of what was fitted to it before. */
  void addFit(
      String kind,
      StreamFit fit,
      @Nullable Double prior,
      String profile,
      String backbone,
      Map<String, Object> history)
      throws IOException {
    Adaptation.Card card = card(profile, backbone);
    Map<String, StreamFit> fits = new TreeMap<>(card.fits());
    fits.put(kind, fit);
    write(card, prior == null ? card.prior() : prior, fits, card.heads(), history);
  }

  /** Adds a head, in place of one of the same id, and the fit that goes with it. */
  void addHead(
      Adaptation.Head head,
      byte[] coefficients,
      StreamFit fit,
      String profile,
      String backbone,
      Map<String, Object> history)
      throws IOException {
    Adaptation.Card card = card(profile, backbone);
    List<Adaptation.Head> heads = new ArrayList<>(card.heads());
    heads.removeIf(each -> each.id().equals(head.id()));
    heads.add(head);
    Map<String, StreamFit> fits = new TreeMap<>(card.fits());
    fits.put(head.kind(), fit);
    Files.createDirectories(folder);
    replace(folder.resolve(head.file()), coefficients);
    write(card, card.prior(), fits, heads, history);
  }

  /**
   * Removes a head.
   *
   * @return whether it was there
   */
  public boolean remove(String id) throws IOException {
    Adaptation.Card card = Adaptation.read(folder).card();
    List<Adaptation.Head> heads =
        card.heads().stream().filter(each -> !each.id().equals(id)).toList();
    if (heads.size() == card.heads().size()) {
      return false;
    }
    write(
        card,
        card.prior(),
        withoutHeads(card, heads),
        heads,
        Map.of("what", "removed", "head", id, "when", now()));
    Files.deleteIfExists(folder.resolve(id + ".head"));
    return true;
  }

  /** The fits without those that only came with heads of which none is left. */
  private static Map<String, StreamFit> withoutHeads(
      Adaptation.Card card, List<Adaptation.Head> left) {
    Map<String, StreamFit> fits = new TreeMap<>(card.fits());
    fits.keySet()
        .removeIf(
            kind ->
                left.stream().noneMatch(head -> head.kind().equals(kind))
                    && card.history().stream()
                        .noneMatch(
                            entry ->
                                CALIBRATE.equals(entry.get("what"))
                                    && kind.equals(entry.get("kind"))));
    return fits;
  }

  private static List<Map<String, Object>> with(
      List<Map<String, Object>> history, Map<String, Object> entry) {
    List<Map<String, Object>> all = new ArrayList<>(history);
    all.add(entry);
    return all;
  }

  private Adaptation.Card card(String profile, String backbone) {
    Optional<Adaptation> known = read();
    if (known.isPresent()) {
      Adaptation.Card card = known.get().card();
      boolean fits = card.profile().equals(profile) && card.backbone().equals(backbone);
      if (!fits) {
        throw new ModelException(
            folder
                + " was fitted to --profile "
                + card.profile()
                + " or to the models of another release. Name another folder.");
      }
      return card;
    }
    return new Adaptation.Card(
        FORMAT,
        id(),
        now(),
        Detector.VERSION,
        profile,
        backbone,
        null,
        Map.of(),
        List.of(),
        List.of());
  }

  /** The folder's name, in the letters of an id. */
  private String id() {
    return idOf(String.valueOf(folder.toAbsolutePath().normalize().getFileName()));
  }

  /** A name in the letters of an id. */
  static String idOf(String name) {
    String id =
        name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
    return id.isEmpty() ? "own" : id.substring(0, Math.min(MOST_ID, id.length()));
  }

  /** Writes a card as it was but for these. */
  private void write(
      Adaptation.Card card,
      @Nullable Double prior,
      Map<String, StreamFit> fits,
      List<Adaptation.Head> heads,
      Map<String, Object> history)
      throws IOException {
    Files.createDirectories(folder);
    Adaptation.Card changed =
        new Adaptation.Card(
            FORMAT,
            card.id(),
            now(),
            Detector.VERSION,
            card.profile(),
            card.backbone(),
            prior,
            fits,
            heads,
            with(card.history(), history));
    replace(folder.resolve(Adaptation.FILE), JSON.writeValueAsBytes(changed));
  }

  private static void replace(Path file, byte[] content) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    Files.write(part, content);
    Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  /** The SHA-256 of what is written. */
  static String sha256(byte[] content) {
    return Sha256.hexadecimal(content);
  }
}
