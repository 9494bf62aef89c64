package dev.assay.known;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How one picture lies in another: a shift, a turn and another size that lay points of the one on
 * points of the other that look alike. Pictures of unlike things have some points that look alike
 * by chance; that eight of them, in six places, lie as in a copy hardly ever happens by chance.
 *
 * @param points how many points of the known picture, in different places, lie on points of the
 *     other
 * @param scale size of the known picture in the other, both at {@link Keypoints#SIDE}
 * @param turn in radians
 * @param shiftX of the known picture's corner, in pixels of the other at {@link Keypoints#SIDE}
 * @param shiftY the same, downwards
 * @param seen share of the known picture that the other shows, 0 to 1
 * @param covered share of the other that shows the known picture, 0 to 1
 */
public record Alignment(
    int points,
    double scale,
    double turn,
    double shiftX,
    double shiftY,
    double seen,
    double covered) {

  /** Points in different places that make a copy. */
  public static final int ENOUGH = 6;

  /** Points that make a copy, those of the same place at other sizes included. */
  private static final int ENOUGH_LAID = 8;

  /** Points that make a copy that is turned, which is rare. */
  private static final int ENOUGH_TURNED = 14;

  /** The cosine of 10 degrees: less is not turned. */
  private static final double MOST_COSINE = 0.985;

  /** Points nearer to one another than this are one, in pixels. */
  private static final double BESIDE = 8;

  /** Bits in which two points that look alike differ at most. */
  private static final int ALIKE = 64;

  /** The nearest point must be nearer than this share of the distance to the next. */
  private static final double RATIO = 0.85;

  /** Pixels by which points may lie beside one another. */
  private static final double TOLERANCE = 6;

  private static final double SMALLEST = 0.2;
  private static final double LARGEST = 5;

  /** Points nearer to one another than this say nothing of turn and size, in pixels. */
  private static final double APART = 16;

  /** Pairs of points that are tried at most. */
  private static final int MAX_TRIED = 4000;

  /** Of the places in a picture at which it is asked whether the other shows them, along a side. */
  private static final int GRID = 100;

  private record Pair(int known, int other, int distance) {}

  private record Placed(double x, double y, double ofX, double ofY) {

    /** Whether both points lie where those of another pair do. */
    boolean isBeside(Placed pair) {
      return Math.hypot(x - pair.x, y - pair.y) < BESIDE
          || Math.hypot(ofX - pair.ofX, ofY - pair.ofY) < BESIDE;
    }
  }

  /**
   * Looks how a known picture lies in another.
   *
   * @param known its points, as an index keeps them
   * @param other points of the other
   * @return empty where it does not lie in it
   */
  public static Optional<Alignment> of(Keypoints known, Keypoints other) {
    List<Placed> pairs = new ArrayList<>();
    for (Pair pair : alike(known, other)) {
      pairs.add(
          new Placed(
              known.x(pair.known()),
              known.y(pair.known()),
              other.x(pair.other()),
              other.y(pair.other())));
    }
    Motion best = best(pairs);
    if (best.points < ENOUGH_LAID) {
      return Optional.empty();
    }
    Motion fitted = fitted(pairs, best);
    Motion motion = fitted.points >= best.points ? fitted : best;
    int apart = apart(pairs.stream().filter(motion::lays).toList());
    boolean upright = Math.hypot(motion.a, motion.b) * MOST_COSINE <= motion.a;
    return apart >= (upright ? ENOUGH : ENOUGH_TURNED)
        ? Optional.of(motion.between(known, other, apart))
        : Optional.empty();
  }

  /** How many pairs lie in different places: the same corner is found at several sizes. */
  private static int apart(List<Placed> pairs) {
    List<Placed> counted = new ArrayList<>();
    for (Placed pair : pairs) {
      if (counted.stream().noneMatch(pair::isBeside)) {
        counted.add(pair);
      }
    }
    return counted.size();
  }

  /** Points that look alike, each in one pair only, the likest. */
  private static List<Pair> alike(Keypoints known, Keypoints other) {
    Pair[] taken = new Pair[other.count()];
    for (int i = 0; i < known.count(); i++) {
      int nearest = Integer.MAX_VALUE;
      int next = Integer.MAX_VALUE;
      int at = -1;
      for (int j = 0; j < other.count(); j++) {
        int distance = known.distance(i, other, j);
        if (distance < nearest) {
          next = nearest;
          nearest = distance;
          at = j;
        } else if (distance < next) {
          next = distance;
        }
      }
      boolean tells = nearest < ALIKE && nearest < RATIO * next;
      if (tells && (taken[at] == null || nearest < taken[at].distance())) {
        taken[at] = new Pair(i, at, nearest);
      }
    }
    List<Pair> pairs = new ArrayList<>();
    for (Pair pair : taken) {
      if (pair != null) {
        pairs.add(pair);
      }
    }
    return pairs;
  }

  /** x' = a x - b y + c, y' = b x + a y + d. */
  private record Motion(double a, double b, double c, double d, int points) {

    static final Motion NONE = new Motion(1, 0, 0, 0, 0);

    /** By two points; empty where they are too near, or the size would be far off. */
    static Optional<Motion> by(Placed one, Placed two) {
      double x = two.x() - one.x();
      double y = two.y() - one.y();
      double ofX = two.ofX() - one.ofX();
      double ofY = two.ofY() - one.ofY();
      double length = x * x + y * y;
      if (length < APART * APART) {
        return Optional.empty();
      }
      double a = (x * ofX + y * ofY) / length;
      double b = (x * ofY - y * ofX) / length;
      double scale = Math.hypot(a, b);
      if (scale < SMALLEST || scale > LARGEST) {
        return Optional.empty();
      }
      double c = one.ofX() - a * one.x() + b * one.y();
      double d = one.ofY() - b * one.x() - a * one.y();
      return Optional.of(new Motion(a, b, c, d, 0));
    }

    boolean lays(Placed pair) {
      double x = a * pair.x() - b * pair.y() + c - pair.ofX();
      double y = b * pair.x() + a * pair.y() + d - pair.ofY();
      return x * x + y * y <= TOLERANCE * TOLERANCE;
    }

    Motion counted(List<Placed> pairs) {
      int count = 0;
      for (Placed pair : pairs) {
        count += lays(pair) ? 1 : 0;
      }
      return new Motion(a, b, c, d, count);
    }

    Alignment between(Keypoints known, Keypoints other, int apart) {
      double scale = Math.hypot(a, b);
      double seen = seen(known, other);
      double area = (double) known.width() * known.height() * scale * scale * seen;
      double covered = Math.min(1, area / ((double) other.width() * other.height()));
      return new Alignment(apart, scale, Math.atan2(b, a), c, d, seen, covered);
    }

    /** The share of a grid over the known picture that lies within the other. */
    private double seen(Keypoints known, Keypoints other) {
      int within = 0;
      for (int row = 0; row < GRID; row++) {
        for (int column = 0; column < GRID; column++) {
          double x = (column + 0.5) * known.width() / GRID;
          double y = (row + 0.5) * known.height() / GRID;
          double ofX = a * x - b * y + c;
          double ofY = b * x + a * y + d;
          within += ofX >= 0 && ofY >= 0 && ofX <= other.width() && ofY <= other.height() ? 1 : 0;
        }
      }
      return (double) within / (GRID * GRID);
    }
  }

  /** The motion by two pairs that lays most pairs on one another. */
  private static Motion best(List<Placed> pairs) {
    Motion best = Motion.NONE;
    int count = pairs.size();
    // All pairs of two where there are few; where there are many, steps spread over them.
    int step = Math.max(1, count * (count - 1) / 2 / MAX_TRIED);
    int at = 0;
    for (int i = 0; i < count && count >= ENOUGH_LAID; i++) {
      for (int j = i + 1; j < count; j++) {
        if (at++ % step == 0) {
          Motion motion =
              Motion.by(pairs.get(i), pairs.get(j)).map(m -> m.counted(pairs)).orElse(best);
          best = motion.points > best.points ? motion : best;
        }
      }
    }
    return best;
  }

  /** The motion that fits the pairs which a first one lays on one another, by least squares. */
  private static Motion fitted(List<Placed> pairs, Motion first) {
    List<Placed> laid = pairs.stream().filter(first::lays).toList();
    double x = laid.stream().mapToDouble(Placed::x).average().orElse(0);
    double y = laid.stream().mapToDouble(Placed::y).average().orElse(0);
    double ofX = laid.stream().mapToDouble(Placed::ofX).average().orElse(0);
    double ofY = laid.stream().mapToDouble(Placed::ofY).average().orElse(0);
    double along = 0;
    double across = 0;
    double length = 0;
    for (Placed pair : laid) {
      double px = pair.x() - x;
      double py = pair.y() - y;
      double qx = pair.ofX() - ofX;
      double qy = pair.ofY() - ofY;
      along += px * qx + py * qy;
      across += px * qy - py * qx;
      length += px * px + py * py;
    }
    if (length == 0) {
      return first;
    }
    double a = along / length;
    double b = across / length;
    return new Motion(a, b, ofX - a * x + b * y, ofY - b * x - a * y, 0).counted(pairs);
  }
}
