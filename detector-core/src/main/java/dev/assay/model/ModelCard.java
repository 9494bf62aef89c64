package dev.assay.model;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.List;

/**
 * What a model is and how it is to be used: the part of {@code card.json} that inference needs.
 *
 * <p>The card also tells people what the model was trained on and how well it does; those parts are
 * documented in {@code docs/model-folder.md} and not read here.
 *
 * @param format form of the card, 1
 * @param id the model's id, also its folder's name
 * @param version the model's version
 * @param name what people call it
 * @param description one sentence on what it looks at
 * @param task what it was trained to tell, {@code image-synthesis}
 * @param licence under which the weights may be used
 * @param file name of the ONNX file beside the card
 * @param sha256 hash of that file, lower-case hexadecimal
 * @param input how pixels become a tensor
 * @param crops which parts of a picture are looked at
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
    Crops crops,
    Output output,
    Calibration calibration,
    Abstention abstains) {

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .build();

  /** The largest side of a model's input, in pixels. */
  private static final int MAX_INPUT_SIDE = 2048;

  /** The largest number of crops a model may ask for. */
  private static final int MAX_CROPS = 64;

  /**
   * How pixels become a tensor of 32-bit floats: {@code (value * scale - mean) / std} per channel.
   *
   * @param name name of the model's input
   * @param layout order of the axes, {@code NCHW}
   * @param colour order of the channels, {@code RGB}
   * @param scale factor on values of 0 to 255
   * @param mean subtracted per channel, three values
   * @param std divided by per channel, three positive values
   * @param width of the input, in pixels
   * @param height of the input, in pixels
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Input(
      String name,
      String layout,
      String colour,
      double scale,
      List<Double> mean,
      List<Double> std,
      int width,
      int height) {
    public Input {
      require("NCHW".equals(layout), "input.layout must be NCHW: " + layout);
      require("RGB".equals(colour), "input.colour must be RGB: " + colour);
      mean = List.copyOf(mean);
      std = List.copyOf(std);
      require(mean.size() == 3 && std.size() == 3, "input.mean and input.std need three values");
      require(std.stream().allMatch(value -> value > 0), "input.std must be positive: " + std);
      require(
          width > 0 && height > 0 && width <= MAX_INPUT_SIDE && height <= MAX_INPUT_SIDE,
          "input.width and input.height must lie in 1.." + MAX_INPUT_SIDE);
    }
  }

  /**
   * Which parts of a picture are looked at.
   *
   * @param view {@code native-grid}: crops at the picture's own resolution, spread evenly
   * @param columns crops side by side in a landscape picture; rows in a portrait one
   * @param rows crops above one another in a landscape picture; columns in a portrait one
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Crops(String view, int columns, int rows) {
    public Crops {
      require("native-grid".equals(view), "crops.view must be native-grid: " + view);
      require(
          columns > 0 && rows > 0 && columns * rows <= MAX_CROPS,
          "crops.columns times crops.rows must lie in 1.." + MAX_CROPS);
    }
  }

  /**
   * How the output is read: one logit a crop, positive for synthetic.
   *
   * @param name name of the model's output
   * @param pooling {@code mean}: a picture's score is the mean of its crops' logits
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Output(String name, String pooling) {
    public Output {
      require("mean".equals(pooling), "output.pooling must be mean: " + pooling);
    }
  }

  /**
   * How scores become log-likelihood ratios: Platt scaling, fitted on sources left out of training.
   *
   * @param image for still pictures
   * @param video for clips, whose score is the mean of their frames' scores
   * @param bound largest log-likelihood ratio, in either direction, that the data behind the fit
   *     carries
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Calibration(Line image, Line video, double bound) {

    /**
     * A straight line: {@code slope * score + intercept}.
     *
     * @param slope positive
     * @param intercept any finite value
     */
    public record Line(double slope, double intercept) {
      public Line {
        require(slope > 0 && Double.isFinite(slope), "a calibration's slope must be positive");
        require(Double.isFinite(intercept), "a calibration's intercept must be finite");
      }
    }

    public Calibration {
      require(bound > 0 && Double.isFinite(bound), "calibration.bound must be positive: " + bound);
    }

    /** What a score says, as a natural log-likelihood ratio within the bound. */
    double logLikelihoodRatio(Line line, double score) {
      return Math.max(-bound, Math.min(bound, line.slope() * score + line.intercept()));
    }
  }

  /**
   * When the model has no say.
   *
   * @param belowSide pictures whose shorter side has fewer pixels than this get no score
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Abstention(int belowSide) {}

  public ModelCard {
    require(format == 1, "format must be 1: " + format);
    require(id.matches("[a-z0-9][a-z0-9-]{0,63}"), "id must be of a-z, 0-9 and hyphens: " + id);
    require(file.matches("[A-Za-z0-9._-]+") && !file.startsWith("."), "file must be a plain name");
    require(sha256.matches("[0-9a-f]{64}"), "sha256 must be 64 lower-case hexadecimal digits");
    require("image-synthesis".equals(task), "task must be image-synthesis: " + task);
  }

  /**
   * Reads a card.
   *
   * @param json the content of {@code card.json}
   * @throws IOException if it is no card; the message says what is wrong with it
   */
  public static ModelCard parse(byte[] json) throws IOException {
    return JSON.readValue(json, ModelCard.class);
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
