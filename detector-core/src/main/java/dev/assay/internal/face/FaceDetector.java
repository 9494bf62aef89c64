package dev.assay.internal.face;

import dev.assay.ModelException;
import dev.assay.internal.face.Face.Marks;
import dev.assay.internal.face.Face.Point;
import dev.assay.internal.inference.InferenceException;
import dev.assay.internal.inference.OnnxNetwork;
import dev.assay.internal.inference.Tensor;
import dev.assay.spi.Picture;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Finds faces with CenterFace (Xu et al., arXiv 1911.03599): a network that marks the centre of
 * each face in a map of a quarter of the picture's size, with its size and five landmarks.
 *
 * <p>The picture is looked at with its longer side at {@value #LONGEST} pixels, so that faces below
 * some 12 pixels of that copy are not found; and only where a look at {@value #GLANCE} pixels does
 * not rule faces out. Owns its network; thread-safe.
 */
public final class FaceDetector implements AutoCloseable {

  /** Longer side of the copy that is looked at, in pixels. */
  static final int LONGEST = 640;

  /** Longer side of a first look, which tells whether there may be faces: a quarter of the work. */
  static final int GLANCE = 320;

  /** What the map of the first look has to reach somewhere for a second. */
  private static final double SUSPECTED = 0.15;

  /** The most faces of one picture, the most confident first. */
  private static final int MAX_FACES = 64;

  private static final int MULTIPLE = 32;
  private static final int STRIDE = 4;
  private static final double CONFIDENT = 0.5;

  /** Intersection over union from which two boxes are one face. */
  private static final double SAME = 0.3;

  private final OnnxNetwork network;

  /** Takes the ownership of a network. */
  public FaceDetector(OnnxNetwork network) {
    this.network = network;
  }

  /**
   * Finds the faces of a picture.
   *
   * @return the most confident first
   * @throws ModelException if the network is none of this kind
   */
  public List<Face> find(Picture picture) {
    if (Math.max(picture.width(), picture.height()) > GLANCE
        && look(picture, GLANCE).strongest() < SUSPECTED) {
      return List.of();
    }
    List<Face> found = look(picture, LONGEST).faces(picture.width(), picture.height());
    found.sort(Comparator.comparingDouble(face -> -face.confidence()));
    List<Face> kept = new ArrayList<>();
    for (Face face : found) {
      if (kept.size() < MAX_FACES && kept.stream().allMatch(other -> face.overlap(other) < SAME)) {
        kept.add(face);
      }
    }
    return kept;
  }

  /** The network's maps of the picture at no more than this longer side. */
  private Maps look(Picture picture, int longest) {
    double scale = Math.min(1.0, (double) longest / Math.max(picture.width(), picture.height()));
    int width = multiple(picture.width() * scale);
    int height = multiple(picture.height() * scale);
    Tensor pixels =
        planes(picture.rgb(0, 0, picture.width(), picture.height(), width, height), width, height);
    return new Maps(network.run(Map.of("pixels", pixels)));
  }

  private static int multiple(double length) {
    return (int) Math.max(MULTIPLE, Math.rint(length / MULTIPLE) * MULTIPLE);
  }

  /** The network reads values of 0 to 255 as they are. */
  private static Tensor planes(byte[] rgb, int width, int height) {
    FloatBuffer values = FloatBuffer.allocate(rgb.length);
    for (int channel = 0; channel < 3; channel++) {
      for (int i = channel; i < rgb.length; i += 3) {
        values.put(rgb[i] & 0xFF);
      }
    }
    return new Tensor(values.flip(), List.of(1L, 3L, (long) height, (long) width));
  }

  @Override
  public void close() {
    network.close();
  }

  /** The network's outputs, maps of a quarter of the picture's size; pairs hold rows first. */
  private static final class Maps {

    /** No face is larger than what is looked at. */
    private static final double LARGEST_LOG = Math.log(2.0 * LONGEST / STRIDE);

    private static final int LEFT_EYE = 0;
    private static final int RIGHT_EYE = 1;
    private static final int LEFT_MOUTH = 3;
    private static final int RIGHT_MOUTH = 4;

    private final FloatBuffer heat;
    private final FloatBuffer sizes;
    private final FloatBuffer offsets;
    private final FloatBuffer landmarks;
    private final int columns;
    private final int cells;

    Maps(Map<String, Tensor> outputs) {
      Tensor map = outputs.get("heat");
      if (map == null || map.shape().size() != 4) {
        throw new InferenceException("the face detector gave no map of faces");
      }
      this.columns = map.size(3);
      this.cells = map.size(2) * columns;
      this.heat = values(outputs, "heat", 1);
      this.sizes = values(outputs, "sizes", 2);
      this.offsets = values(outputs, "offsets", 2);
      this.landmarks = values(outputs, "landmarks", 10);
    }

    private FloatBuffer values(Map<String, Tensor> outputs, String name, int planes) {
      Tensor tensor = outputs.get(name);
      if (tensor == null || tensor.values().remaining() != planes * cells) {
        throw new InferenceException("the face detector gave no " + name + " for each place");
      }
      return tensor.values();
    }

    /** How sure the network is of the face that it is surest of, 0 to 1. */
    double strongest() {
      double strongest = 0;
      for (int cell = 0; cell < cells; cell++) {
        strongest = Math.max(strongest, heat.get(cell));
      }
      return strongest;
    }

    /** The faces, in pixels of a picture of this size. */
    List<Face> faces(int width, int height) {
      double ratioX = (double) width / (columns * STRIDE);
      double ratioY = (double) height / ((double) cells / columns * STRIDE);
      List<Face> faces = new ArrayList<>();
      for (int cell = 0; cell < cells; cell++) {
        if (heat.get(cell) > CONFIDENT && sizes.get(cell) < LARGEST_LOG) {
          faces.add(face(cell, ratioX, ratioY));
        }
      }
      return faces;
    }

    private Face face(int cell, double ratioX, double ratioY) {
      double height = Math.exp(sizes.get(cell)) * STRIDE;
      double width = Math.exp(sizes.get(cells + cell)) * STRIDE;
      int row = cell / columns;
      double top = (row + offsets.get(cell) + 0.5) * STRIDE - height / 2;
      double left = (cell % columns + offsets.get(cells + cell) + 0.5) * STRIDE - width / 2;
      Point[] marks = new Point[5];
      for (int i = 0; i < marks.length; i++) {
        double y = top + landmarks.get(2 * i * cells + cell) * height;
        double x = left + landmarks.get((2 * i + 1) * cells + cell) * width;
        marks[i] = new Point(x * ratioX, y * ratioY);
      }
      return new Face(
          left * ratioX,
          top * ratioY,
          (left + width) * ratioX,
          (top + height) * ratioY,
          heat.get(cell),
          new Marks(marks[LEFT_EYE], marks[RIGHT_EYE], marks[LEFT_MOUTH], marks[RIGHT_MOUTH]));
    }
  }
}
