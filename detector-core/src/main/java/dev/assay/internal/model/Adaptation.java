package dev.assay.internal.model;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.assay.ContentFeatures;
import dev.assay.MediaKind;
import dev.assay.ModelException;
import dev.assay.Report;
import dev.assay.internal.fusion.StreamFit;
import dev.assay.internal.resource.Sha256;
import dev.assay.internal.resource.ShippedData;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a user fitted to media of their own, apart from what ships: a folder with {@code
 * profile.json}, its card, and a file of coefficients for each head.
 *
 * @param card the card
 * @param sha256 of the card
 * @param heads those that the card names
 */
public record Adaptation(Card card, String sha256, List<AdaptedHead> heads) {

  /** The name of the card's file. */
  public static final String FILE = "profile.json";

  private static final long MAX_HEAD_BYTES = 4L << 20;
  private static final int FORMAT = 1;
  private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");

  /**
   * The form of {@code profile.json}. What it says of how it came about is for people.
   *
   * @param format 1
   * @param id of {@code a-z}, {@code 0-9} and hyphens
   * @param version when it was last changed
   * @param release of Assay that wrote it
   * @param profile how much work the content is worth; other profiles ask other models
   * @param backbone SHA-256 of the backbone that heads read; those of sound read another one, which
   *     their coefficients name
   * @param prior share of synthetic media in the stream; null where it says nothing of it
   * @param fits by kind of media
   * @param heads each with how it was fitted
   * @param history what was fitted when, on what, with which figures and warnings
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Card(
      int format,
      String id,
      String version,
      String release,
      String profile,
      String backbone,
      @Nullable Double prior,
      Map<String, StreamFit> fits,
      List<Head> heads,
      List<Map<String, Object>> history) {
    public Card {
      if (format != FORMAT) {
        throw new IllegalArgumentException("this release reads format 1, not " + format);
      }
      requireId(id);
      Objects.requireNonNull(version, "version is missing");
      Objects.requireNonNull(profile, "profile is missing");
      Objects.requireNonNull(backbone, "backbone is missing");
      if (prior != null && !(prior > 0 && prior < 1)) {
        throw new IllegalArgumentException("the prior lies between 0 and 1: " + prior);
      }
      fits = fits == null ? Map.of() : Map.copyOf(fits);
      heads = heads == null ? List.of() : List.copyOf(heads);
      history = history == null ? List.of() : List.copyOf(history);
    }
  }

  /**
   * A head as the card names it, see {@link AdaptedHead}.
   *
   * @param file of its coefficients, beside the card
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Head(
      String id,
      String version,
      String system,
      String kind,
      String file,
      String sha256,
      double share,
      double slope,
      double intercept,
      double bound) {
    public Head {
      requireId(id);
      Objects.requireNonNull(version, "version of a head is missing");
      Objects.requireNonNull(system, "system of a head is missing");
      if (!Objects.requireNonNull(file, "file of a head is missing").equals(id + ".head")) {
        throw new IllegalArgumentException("the file of the head " + id + " is " + id + ".head");
      }
    }
  }

  private static void requireId(String id) {
    if (id == null || !ID.matcher(id).matches()) {
      throw new IllegalArgumentException("an id is of a-z, 0-9 and hyphens: " + id);
    }
  }

  /**
   * Reads a folder.
   *
   * @throws ModelException if it holds no profile, or a broken one
   */
  public static Adaptation read(Path folder) {
    Path file = folder.resolve(FILE);
    try {
      byte[] json = ModelFolder.readBounded(file, ModelFolder.MAX_CARD_BYTES);
      Card card = ShippedData.parse(json, Card.class);
      List<AdaptedHead> heads = new ArrayList<>();
      for (Head head : card.heads()) {
        heads.add(head(folder, card, head));
      }
      card.fits().keySet().forEach(Adaptation::kind);
      return new Adaptation(card, Sha256.hexadecimal(json), List.copyOf(heads));
    } catch (IOException | IllegalArgumentException e) {
      throw new ModelException(
          file
              + " is no profile of 'assay calibrate' or 'assay adapt': "
              + ModelFolder.firstLine(e),
          e);
    }
  }

  /** The prior that a folder names, if it does. */
  public static Optional<Double> priorOf(Path folder) {
    return Optional.ofNullable(read(folder).card().prior());
  }

  private static AdaptedHead head(Path folder, Card card, Head head) throws IOException {
    byte[] bytes = ModelFolder.readBounded(folder.resolve(head.file()), MAX_HEAD_BYTES);
    if (!Sha256.hexadecimal(bytes).equals(head.sha256())) {
      throw new IOException("the head " + head.id() + " is not the one that the card names.");
    }
    ContentFeatures coefficients = ContentFeatures.read(bytes);
    if (kind(head.kind()) != MediaKind.AUDIO && !coefficients.backbone().equals(card.backbone())) {
      throw new IOException("the head " + head.id() + " reads another backbone than its profile.");
    }
    return new AdaptedHead(
        head.id(),
        head.version(),
        head.system(),
        kind(head.kind()),
        head.sha256(),
        head.share(),
        head.slope(),
        head.intercept(),
        head.bound(),
        coefficients);
  }

  private static MediaKind kind(String code) {
    for (MediaKind kind : MediaKind.values()) {
      if (kind.code().equals(code)) {
        return kind;
      }
    }
    throw new IllegalArgumentException("there is no kind of media " + code);
  }

  /** The profile and its heads, as they stand in reports. */
  public List<Report.ModelReference> references() {
    List<Report.ModelReference> all = new ArrayList<>();
    all.add(new Report.ModelReference("profile-" + card.id(), card.version(), sha256));
    heads.forEach(
        head -> all.add(new Report.ModelReference(head.id(), head.version(), head.sha256())));
    return all;
  }

  /** What was fitted, by kind of media. */
  public Map<MediaKind, StreamFit> fits() {
    Map<MediaKind, StreamFit> fits = new EnumMap<>(MediaKind.class);
    card.fits().forEach((code, fit) -> fits.put(kind(code), fit));
    return fits;
  }
}
