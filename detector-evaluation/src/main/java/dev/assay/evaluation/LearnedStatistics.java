package dev.assay.evaluation;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.assay.ContentFeatures;
import dev.assay.InstallationException;
import dev.assay.internal.resource.ShippedData;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the shipped models learned from, as far as fitting a further head needs it: a basis of the
 * features, and files in it with what the shipped sum says of them by heads that never saw their
 * source. Written by {@code models/training/assay_training/statistics.py}.
 */
final class LearnedStatistics {

  private static final String FOLDER = "/dev/assay/models/statistics/";
  private static final int FORMAT = 1;

  /** The beginning of the file. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Header(
      int format,
      String backbone,
      List<String> kinds,
      int features,
      int components,
      int steps,
      int rows,
      List<List<String>> units) {}

  /**
   * A picture, clip or voice that was learned from.
   *
   * @param synthetic whether it is
   * @param unit its generator, or the source of a real one
   * @param page files of one page belong together
   * @param ratio log-likelihood ratio of the shipped sum, by heads that never saw its source
   * @param components its features in the basis
   */
  record Row(boolean synthetic, String unit, String page, double ratio, Components components) {}

  /** The basis of one kind of view. */
  private record Basis(
      FloatBuffer mean, FloatBuffer deviation, FloatBuffer scale, ByteBuffer directions) {}

  private final Subject subject;
  private final Header header;
  private final Map<String, Basis> bases = new LinkedHashMap<>();
  private final List<Row> rows = new ArrayList<>();

  private LearnedStatistics(Subject subject, Header header, ByteBuffer rest) {
    this.subject = subject;
    this.header = header;
    for (String kind : header.kinds()) {
      bases.put(
          kind,
          new Basis(
              floats(rest, header.features()),
              floats(rest, header.components()),
              floats(rest, header.components()),
              bytes(rest, header.components() * header.features())));
    }
    for (int i = 0; i < header.rows(); i++) {
      rows.add(row(rest));
    }
  }

  private Row row(ByteBuffer rest) {
    double ratio = rest.getFloat();
    List<String> unit = header.units().get(Short.toUnsignedInt(rest.getShort()));
    int page = Short.toUnsignedInt(rest.getShort());
    double[] values = new double[header.kinds().size() * header.components()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (double) rest.get() / header.steps();
    }
    return new Row(
        unit.get(0).equals("synthetic"),
        unit.get(1),
        "learned " + page,
        ratio,
        new Components(values));
  }

  private static FloatBuffer floats(ByteBuffer from, int count) {
    return bytes(from, count * Float.BYTES).asFloatBuffer();
  }

  private static ByteBuffer bytes(ByteBuffer from, int count) {
    ByteBuffer part = from.slice(from.position(), count);
    from.position(from.position() + count);
    return part;
  }

  /** Those of the shipped models. */
  static LearnedStatistics shipped(Subject subject) {
    return read(subject, ShippedData.bytes(FOLDER + subject.kind().code() + ".bin"));
  }

  /** Reads them in the form that the recipe writes. */
  static LearnedStatistics read(Subject subject, byte[] content) {
    ByteBuffer bytes = ByteBuffer.wrap(content);
    try {
      byte[] json = new byte[bytes.getInt()];
      bytes.get(json);
      Header header = ShippedData.parse(json, Header.class);
      if (header.format() != FORMAT) {
        throw new IOException("form " + header.format());
      }
      return new LearnedStatistics(subject, header, bytes);
    } catch (IOException | BufferUnderflowException | IndexOutOfBoundsException e) {
      throw new InstallationException(
          "The statistics of what was learned from are damaged: " + e, e);
    }
  }

  /** SHA-256 of the backbone that the features are of. */
  String backbone() {
    return header.backbone();
  }

  List<Row> rows() {
    return List.copyOf(rows);
  }

  /** Features in the basis; empty where a kind of view is missing. */
  Optional<Components> components(ContentFeatures features) {
    double[] all = new double[header.kinds().size() * header.components()];
    int at = 0;
    for (Map.Entry<String, Basis> entry : bases.entrySet()) {
      FloatBuffer values = features.views().get(entry.getKey());
      if (values == null || values.limit() != header.features()) {
        return Optional.empty();
      }
      Basis basis = entry.getValue();
      for (int c = 0; c < header.components(); c++) {
        double sum = 0;
        int from = c * header.features();
        for (int f = 0; f < header.features(); f++) {
          sum += basis.directions().get(from + f) * (values.get(f) - basis.mean().get(f));
        }
        all[at++] = sum * basis.scale().get(c) / basis.deviation().get(c);
      }
    }
    return Optional.of(new Components(all));
  }

  /**
   * A head in the basis, as one on the features themselves.
   *
   * @return its coefficients, and what has to be added to its intercept
   */
  OnFeatures onFeatures(LinearHead head) {
    Map<String, FloatBuffer> views = new LinkedHashMap<>();
    double shift = 0;
    int at = 0;
    for (Map.Entry<String, Basis> entry : bases.entrySet()) {
      Basis basis = entry.getValue();
      double[] coefficients = new double[header.features()];
      for (int c = 0; c < header.components(); c++, at++) {
        double weight = head.weight(at) * basis.scale().get(c) / basis.deviation().get(c);
        for (int f = 0; f < header.features(); f++) {
          coefficients[f] += weight * basis.directions().get(c * header.features() + f);
        }
      }
      FloatBuffer floats = FloatBuffer.allocate(header.features());
      for (int f = 0; f < header.features(); f++) {
        floats.put((float) coefficients[f]);
        shift -= coefficients[f] * basis.mean().get(f);
      }
      views.put(entry.getKey(), floats.flip());
    }
    return new OnFeatures(
        new ContentFeatures(subject.kind(), header.backbone(), views), head.intercept() + shift);
  }

  /**
   * A head on features.
   *
   * @param coefficients by kind of view
   * @param intercept added to their sum
   */
  record OnFeatures(ContentFeatures coefficients, double intercept) {}
}
