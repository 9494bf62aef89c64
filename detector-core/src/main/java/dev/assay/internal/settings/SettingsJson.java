package dev.assay.internal.settings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.ChangedCopies;
import dev.assay.DetectorSettings;
import dev.assay.Limits;
import dev.assay.Profile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/** The settings of a detector as a JSON object; the one list of their names. */
public final class SettingsJson {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /** One setting: how it is put into the object, and how it is taken out. */
  private record Setting<T>(
      Function<T, Object> written, BiFunction<T, JsonNode, T> read, String wanted) {}

  private static final Map<String, Setting<DetectorSettings>> SETTINGS = settings();
  private static final Map<String, Setting<Limits>> LIMITS = limits();

  private SettingsJson() {}

  /** The settings, each by its name, on one line. */
  public static String write(DetectorSettings settings) {
    return written(settings, SETTINGS).toString();
  }

  /**
   * Reads settings; those that are not named have their defaults.
   *
   * @throws IllegalArgumentException if it is no JSON object, names what is no setting, or gives
   *     one a value that it cannot have; the message is a sentence
   */
  public static DetectorSettings read(String json) {
    try {
      return read(DetectorSettings.defaults(), JSON.readTree(json), SETTINGS, "");
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "The settings are no JSON: " + e.getOriginalMessage() + ".", e);
    }
  }

  private static Map<String, Setting<DetectorSettings>> settings() {
    Map<String, Setting<DetectorSettings>> all = new LinkedHashMap<>();
    all.put(
        "profile",
        new Setting<>(
            s -> s.profile().code(),
            (s, v) -> s.withProfile(constant(Profile.values(), v)),
            "fast, balanced or thorough"));
    all.put(
        "copies",
        new Setting<>(
            s -> s.copies().name().toLowerCase(Locale.ROOT),
            (s, v) -> s.withCopies(constant(ChangedCopies.values(), v)),
            "none, shown or decisive"));
    all.put(
        "maps",
        new Setting<>(DetectorSettings::maps, (s, v) -> s.withMaps(flag(v)), "true or false"));
    all.put(
        "models",
        new Setting<>(
            DetectorSettings::modelFolder, (s, v) -> s.withModels(path(v)), "a folder of models"));
    all.put(
        "profileDir",
        new Setting<>(
            DetectorSettings::profileFolder,
            (s, v) -> s.withProfileFolder(path(v)),
            "a folder that assay adapt or calibrate wrote"));
    all.put(
        "known",
        new Setting<>(
            DetectorSettings::knownIndex,
            (s, v) -> s.withKnown(path(v)),
            "an index of known media"));
    all.put(
        "trustList",
        new Setting<>(
            DetectorSettings::trustList,
            (s, v) -> s.withTrustList(path(v)),
            "a file of certificates"));
    all.put(
        "fetchManifests",
        new Setting<>(
            DetectorSettings::fetching,
            (s, v) -> s.withFetchedManifests(flag(v)),
            "true or false"));
    all.put(
        "only",
        new Setting<>(
            DetectorSettings::only, (s, v) -> s.withOnly(texts(v)), "a list of examiners' names"));
    all.put(
        "redact",
        new Setting<>(
            DetectorSettings::redacted,
            (s, v) -> flag(v) ? s.withRedaction() : s,
            "true or false"));
    all.put(
        "prior",
        new Setting<>(
            DetectorSettings::prior,
            (s, v) -> s.withPrior(number(v)),
            "a number between 0 and 1, exclusive"));
    all.put(
        "threads",
        new Setting<>(
            DetectorSettings::threads,
            (s, v) -> s.withThreads(Math.toIntExact(whole(v))),
            "a whole number of at least 1"));
    all.put(
        "limits",
        new Setting<>(
            s -> written(s.limits(), LIMITS),
            (s, v) -> s.withLimits(read(s.limits(), v, LIMITS, "limits.")),
            "an object of limits"));
    return all;
  }

  private static Map<String, Setting<Limits>> limits() {
    String count = "a whole number of at least 1";
    String time = "a positive number of seconds";
    Map<String, Setting<Limits>> all = new LinkedHashMap<>();
    all.put("bytes", new Setting<>(Limits::bytes, (l, v) -> l.withBytes(whole(v)), count));
    all.put("pixels", new Setting<>(Limits::pixels, (l, v) -> l.withPixels(whole(v)), count));
    all.put(
        "frames",
        new Setting<>(Limits::frames, (l, v) -> l.withFrames(Math.toIntExact(whole(v))), count));
    all.put(
        "durationSeconds",
        new Setting<>(
            l -> l.duration().toMillis() / 1000.0, (l, v) -> l.withDuration(seconds(v)), time));
    all.put(
        "decodedBytes",
        new Setting<>(Limits::decodedBytes, (l, v) -> l.withDecodedBytes(whole(v)), count));
    all.put(
        "timeSeconds",
        new Setting<>(l -> l.time().toMillis() / 1000.0, (l, v) -> l.withTime(seconds(v)), time));
    all.put(
        "exactFrames",
        new Setting<>(Limits::exactFrames, (l, v) -> l.withExactFrames(flag(v)), "true or false"));
    return all;
  }

  private static <T> ObjectNode written(T values, Map<String, Setting<T>> settings) {
    ObjectNode object = JSON.createObjectNode();
    settings.forEach(
        (name, setting) -> {
          Object value = setting.written().apply(values);
          if (value != null) {
            object.set(name, JSON.valueToTree(value));
          }
        });
    return object;
  }

  private static <T> T read(
      T defaults, JsonNode object, Map<String, Setting<T>> settings, String within) {
    if (!object.isObject()) {
      throw new IllegalArgumentException(
          within.isEmpty() ? "The settings are no JSON object." : "no object");
    }
    T values = defaults;
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      String name = within + field.getKey();
      Setting<T> setting = settings.get(field.getKey());
      if (setting == null) {
        throw new SettingException(
            "There is no setting '" + name + "'; there are " + names(settings, within) + ".");
      }
      try {
        values = setting.read().apply(values, field.getValue());
      } catch (SettingException e) {
        throw e;
      } catch (IllegalArgumentException | ArithmeticException e) {
        throw new SettingException(
            "The setting '"
                + name
                + "' takes "
                + setting.wanted()
                + ", not "
                + field.getValue()
                + ".");
      }
    }
    return values;
  }

  private static String names(Map<String, ?> settings, String within) {
    return String.join(", ", settings.keySet().stream().map(name -> within + name).toList());
  }

  /** Its message is a sentence that names the setting. */
  private static final class SettingException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    SettingException(String message) {
      super(message);
    }
  }

  private static <E extends Enum<E>> E constant(E[] values, JsonNode value) {
    return Arrays.stream(values)
        .filter(e -> e.name().toLowerCase(Locale.ROOT).equals(value.textValue()))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no such value"));
  }

  private static String text(JsonNode value) {
    if (!value.isTextual()) {
      throw new IllegalArgumentException("no text");
    }
    return value.textValue();
  }

  private static Path path(JsonNode value) {
    return Path.of(text(value));
  }

  private static List<String> texts(JsonNode value) {
    if (!value.isArray()) {
      throw new IllegalArgumentException("no list");
    }
    List<String> texts = new ArrayList<>();
    value.forEach(element -> texts.add(text(element)));
    return texts;
  }

  private static boolean flag(JsonNode value) {
    if (!value.isBoolean()) {
      throw new IllegalArgumentException("neither true nor false");
    }
    return value.booleanValue();
  }

  private static double number(JsonNode value) {
    if (!value.isNumber()) {
      throw new IllegalArgumentException("no number");
    }
    return value.doubleValue();
  }

  private static long whole(JsonNode value) {
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw new IllegalArgumentException("no whole number");
    }
    return value.longValue();
  }

  private static Duration seconds(JsonNode value) {
    double seconds = number(value);
    if (!(seconds >= 0.001 && seconds <= 1e9)) {
      throw new IllegalArgumentException("no such time");
    }
    return Duration.ofMillis(Math.round(seconds * 1000));
  }
}
