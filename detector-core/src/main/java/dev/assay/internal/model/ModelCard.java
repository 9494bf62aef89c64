package dev.assay.internal.model;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.assay.MediaKind;
import dev.assay.internal.fusion.FusionParameters.Bounds;
import dev.assay.internal.sound.WindowCutter;
import dev.assay.spi.Sound;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a model of pictures or of sound is and how it is to be used: the part of {@code card.json}
 * that inference needs.
 *
 * <p>The card also tells people what the model was trained on and how well it does; those parts are
 * documented in {@code docs/model-folder.md} and not read here.
 *
 * @param format form of the card, 1
 * @param id the model's id, also its folder's name
 * @param version the model's version
 * @param name what people call it
 * @param description one sentence on what it looks at
 * @param task what it was trained to tell, {@code image-synthesis}, {@code face-manipulation},
 *     {@code speech-synthesis} or {@code music-synthesis}
 * @param licence under which the weights may be used
 * @param file name of the ONNX file beside the card
 * @param sha256 hash of that file, lower-case hexadecimal
 * @param input what the network reads
 * @param views which parts of a picture or of a sound are looked at
 * @param output how the tensor that comes out is read
 * @param calibration how a score becomes a log-likelihood ratio
 * @param abstains when the model has no say
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ModelCard(
    int format,
    String id,
    String version,
    String name,
    String description,
    String task,
    String licence,
    String file,
    String sha256,
    Input input,
    Views views,
    Output output,
    Calibration calibration,
    Abstention abstains)
    implements Card {

  /** The task of a model that tells synthetic pictures from real ones. */
  static final String TASK = "image-synthesis";

  /** The task of a model that tells manipulated and synthetic faces from real ones. */
  static final String FACE_TASK = "face-manipulation";

  /** The task of a model that tells synthetic speech from real speech. */
  static final String SPEECH_TASK = "speech-synthesis";

  /** The task of a model that tells synthetic music and singing from real ones. */
  static final String MUSIC_TASK = "music-synthesis";

  /** The largest side of a model's input, in pixels. */
  private static final int MAX_INPUT_SIDE = 2048;

  /** The largest number of views that a model may ask for. */
  private static final int MAX_VIEWS = 64;

  /** What the network reads: pixels, samples, or the features that a backbone made of these. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.DEDUCTION)
  @JsonSubTypes({
    @JsonSubTypes.Type(Pixels.class),
    @JsonSubTypes.Type(Samples.class),
    @JsonSubTypes.Type(Features.class)
  })
  public sealed interface Input permits Pixels, Samples, Features {}

  /**
   * How pixels become a tensor of 32-bit floats: {@code (value * scale - mean) / std} per channel.
   *
   * @param name name of the model's input
   * @param layout order of the axes, {@code NCHW}
   * @param colour order of the channels, {@code RGB}
   * @param scale factor on values of 0 to 255
   * @param mean subtracted per channel, three values
   * @param std divided by per channel, three positive values
   * @param side width and height of the input, in pixels
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Pixels(
      String name,
      String layout,
      String colour,
      double scale,
      List<Double> mean,
      List<Double> std,
      int side)
      implements Input {
    public Pixels {
      Card.require("NCHW".equals(layout), "input.layout must be NCHW: " + layout);
      Card.require("RGB".equals(colour), "input.colour must be RGB: " + colour);
      mean = List.copyOf(mean);
      std = List.copyOf(std);
      Card.require(
          mean.size() == 3 && std.size() == 3, "input.mean and input.std need three values");
      Card.require(std.stream().allMatch(value -> value > 0), "input.std must be positive: " + std);
      Card.require(
          side > 0 && side <= MAX_INPUT_SIDE, "input.side must lie in 1.." + MAX_INPUT_SIDE);
    }

    /** The float that each value of 0 to 255 becomes. */
    float[] normalisedValues(int channel) {
      float[] values = new float[256];
      for (int value = 0; value < values.length; value++) {
        values[value] = (float) ((value * scale - mean.get(channel)) / std.get(channel));
      }
      return values;
    }
  }

  /**
   * Samples of one channel of sound, as a tensor {@code [1, n]} of 32-bit floats, the largest of
   * them 1.
   *
   * @param name name of the model's input
   * @param rate samples a second, {@value Sound#RATE}
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Samples(String name, int rate) implements Input {
    public Samples {
      Card.require(rate == Sound.RATE, "input.rate must be " + Sound.RATE + ": " + rate);
    }
  }

  /**
   * Features of a backbone; the model's inputs bear the names of those outputs of the backbone that
   * it reads.
   *
   * @param backbone id of the backbone
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Features(String backbone) implements Input {}

  /** Which parts of a picture or of a sound are looked at. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Whole.class, name = "whole"),
    @JsonSubTypes.Type(value = Native.class, name = "native"),
    @JsonSubTypes.Type(value = NativeGrid.class, name = "native-grid"),
    @JsonSubTypes.Type(value = Faces.class, name = "faces"),
    @JsonSubTypes.Type(value = Windows.class, name = "windows")
  })
  public sealed interface Views permits Whole, Native, NativeGrid, Faces, Windows {}

  /**
   * The whole picture made small, as squares along its longer side.
   *
   * @param most squares, at least 1
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Whole(int most) implements Views {
    public Whole {
      requireViews(most);
    }
  }

  /**
   * Crops at the picture's own resolution: the centre, then the busiest places.
   *
   * @param most crops, at least 1
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Native(int most) implements Views {
    public Native {
      requireViews(most);
    }
  }

  /**
   * Crops at the picture's own resolution, spread evenly.
   *
   * @param columns crops side by side in a landscape picture; rows in a portrait one
   * @param rows crops above one another in a landscape picture; columns in a portrait one
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record NativeGrid(int columns, int rows) implements Views {
    public NativeGrid {
      Card.require(columns > 0 && rows > 0, "views.columns and views.rows must be positive");
      requireViews(columns * rows);
    }
  }

  /**
   * The square around each face, made as large as the input.
   *
   * @param most faces of one picture or frame, the largest first, at least 1
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Faces(int most) implements Views {
    public Faces {
      requireViews(most);
    }
  }

  /**
   * Windows of sound of {@value WindowCutter#LENGTH} samples, or the whole of a shorter one.
   *
   * @param most windows of a file, spread evenly, at least 1
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Windows(int most) implements Views {
    public Windows {
      Card.require(most > 0, "views.most must be positive: " + most);
    }
  }

  /**
   * How the output is read: one logit per view, positive for synthetic.
   *
   * @param name name of the model's output
   * @param pooling {@code mean}: a picture's score is the mean of its views' logits
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Output(String name, String pooling) {
    public Output {
      Card.require("mean".equals(pooling), "output.pooling must be mean: " + pooling);
    }
  }

  /**
   * How scores become log-likelihood ratios: Platt scaling, fitted on sources left out of training.
   *
   * @param lines by kind of media, {@code image}, {@code video} or {@code audio}; the model
   *     abstains on a kind that has none. A clip's score is the mean of its frames' scores, that of
   *     sound the mean of its windows'; the sound of a video goes by the line for audio
   * @param bound largest log-likelihood ratio, in either direction, that the data behind the fit
   *     carries
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Calibration(Map<String, Line> lines, double bound) {

    /**
     * A straight line: {@code slope * score + intercept}.
     *
     * @param slope positive
     * @param intercept any finite value
     */
    public record Line(double slope, double intercept) {
      public Line {
        Card.require(slope > 0 && Double.isFinite(slope), "a calibration's slope must be positive");
        Card.require(Double.isFinite(intercept), "a calibration's intercept must be finite");
      }
    }

    public Calibration {
      lines = Map.copyOf(lines);
      Card.require(
          bound > 0 && Double.isFinite(bound), "calibration.bound must be positive: " + bound);
    }

    /** The line for a kind of media, if the model judges it. */
    Optional<Line> of(MediaKind kind) {
      return Optional.ofNullable(lines.get(kind.code()));
    }

    /** What a score says, as a natural log-likelihood ratio that approaches the bound smoothly. */
    double logLikelihoodRatio(Line line, double score) {
      return new Bounds(bound, bound).apply(unbounded(line, score));
    }

    /** The same without the bound: compares parts of one file, and is no evidence by itself. */
    double unbounded(Line line, double score) {
      return line.slope() * score + line.intercept();
    }
  }

  /** When the model has no say. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.DEDUCTION)
  @JsonSubTypes({@JsonSubTypes.Type(Small.class), @JsonSubTypes.Type(Narrow.class)})
  public sealed interface Abstention permits Small, Narrow {}

  /**
   * Of a model of pictures.
   *
   * @param belowSide pictures whose shorter side has fewer pixels than this get no score; for views
   *     of faces, squares around a face
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Small(int belowSide) implements Abstention {}

  /**
   * Of a model of sound.
   *
   * @param belowSeconds sound with less of what the model judges, speech or music, gets no score
   * @param belowHertz sound that fills less of the spectrum gets no score
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Narrow(double belowSeconds, int belowHertz) implements Abstention {}

  public ModelCard {
    Card.requireForm(format, id, file, sha256);
    List<String> tasks =
        views instanceof Windows
            ? List.of(SPEECH_TASK, MUSIC_TASK)
            : List.of(views instanceof Faces ? FACE_TASK : TASK);
    Card.require(
        tasks.contains(task),
        "task must be " + String.join(" or ", tasks) + " for views of this kind: " + task);
    Card.require(
        views instanceof Windows
            ? !(input instanceof Pixels) && abstains instanceof Narrow
            : !(input instanceof Samples) && abstains instanceof Small,
        "a model of sound reads samples, one of pictures pixels, or features of these, and abstains"
            + " below lengths and frequencies or below a side");
  }

  /** Of a model of pictures: the side below which it has no say, in pixels. */
  int belowSide() {
    return abstains instanceof Small small ? small.belowSide() : 0;
  }

  /** Whether it judges sound. */
  boolean hears() {
    return views instanceof Windows;
  }

  private static void requireViews(int count) {
    Card.require(
        count > 0 && count <= MAX_VIEWS, "views: the number of views must lie in 1.." + MAX_VIEWS);
  }
}
