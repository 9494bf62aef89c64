package dev.assay.known;

import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * Where a picture lies among others, so that its copies lie near it: a vector of length 1 in
 * {@value #DIMENSIONS} dimensions, each in a byte. Which network computed it is part of it: those
 * of different networks cannot be compared.
 */
public final class Embedding {

  /** How many values there are. */
  public static final int DIMENSIONS = 256;

  /** Steps of a byte in a length of 1. */
  private static final int STEPS = 254;

  private final long network;
  private final byte[] values;

  private Embedding(long network, byte[] values) {
    this.network = network;
    this.values = values;
  }

  /**
   * Rounds a vector.
   *
   * @param network which computed it, not 0
   * @param vector {@value #DIMENSIONS} values, of length 1
   */
  public static Embedding of(long network, FloatBuffer vector) {
    if (network == 0 || vector.remaining() != DIMENSIONS) {
      throw new IllegalArgumentException(
          "an embedding has a network and " + DIMENSIONS + " values: " + vector.remaining());
    }
    byte[] values = new byte[DIMENSIONS];
    for (int i = 0; i < DIMENSIONS; i++) {
      float value = vector.get(vector.position() + i) * STEPS;
      values[i] = (byte) Math.max(-Byte.MAX_VALUE, Math.min(Byte.MAX_VALUE, Math.round(value)));
    }
    return new Embedding(network, values);
  }

  /**
   * Takes what {@link #bytes} gave.
   *
   * @param bytes {@value #DIMENSIONS} of them
   */
  public static Embedding of(long network, byte[] bytes) {
    if (network == 0 || bytes.length != DIMENSIONS) {
      throw new IllegalArgumentException("an embedding of " + bytes.length + " bytes");
    }
    return new Embedding(network, bytes.clone());
  }

  /** Which network computed it. */
  public long network() {
    return network;
  }

  /** A copy of its values. */
  public byte[] bytes() {
    return values.clone();
  }

  byte at(int dimension) {
    return values[dimension];
  }

  /** Whether values are positive, lowest first: a first look at where it lies. */
  long signs(int limb) {
    long signs = 0;
    for (int bit = 0; bit < Long.SIZE; bit++) {
      signs |= values[limb * Long.SIZE + bit] > 0 ? 1L << bit : 0;
    }
    return signs;
  }

  /** The cosine of the angle between a sum of products of values and none. */
  static double similarity(int products) {
    return (double) products / (STEPS * STEPS);
  }

  /**
   * How near two pictures lie: the cosine of the angle between them, 1 of the same.
   *
   * @throws IllegalArgumentException if different networks computed them
   */
  public double similarity(Embedding other) {
    if (network != other.network) {
      throw new IllegalArgumentException("embeddings of different networks");
    }
    int sum = 0;
    for (int i = 0; i < DIMENSIONS; i++) {
      sum += values[i] * other.values[i];
    }
    return similarity(sum);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Embedding embedding
        && network == embedding.network
        && Arrays.equals(values, embedding.values);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(network) * 31 + Arrays.hashCode(values);
  }
}
