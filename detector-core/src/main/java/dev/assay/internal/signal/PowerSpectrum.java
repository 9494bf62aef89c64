package dev.assay.internal.signal;

/** Power by frequency of short pieces of sound, under Hann's window. Not thread-safe. */
public final class PowerSpectrum {

  private final int size;
  private final double[] hann;
  private final double[] re;
  private final double[] im;

  /**
   * For pieces of one length.
   *
   * @param size samples of a piece, a power of two
   */
  public PowerSpectrum(int size) {
    this.size = size;
    this.hann = new double[size];
    this.re = new double[size];
    this.im = new double[size];
    for (int i = 0; i < size; i++) {
      hann[i] = 0.5 - 0.5 * Math.cos(2 * Math.PI * i / size);
    }
  }

  /** How many values {@link #add} takes: frequencies from 0 to half the rate. */
  public int bins() {
    return size / 2 + 1;
  }

  /**
   * Adds the power of a piece.
   *
   * @param samples the sound
   * @param from where the piece begins in it
   * @param into takes the power at each frequency on top of what it holds
   */
  public void add(float[] samples, int from, double[] into) {
    for (int i = 0; i < size; i++) {
      re[i] = samples[from + i] * hann[i];
      im[i] = 0;
    }
    Fourier.transform(re, im);
    for (int i = 0; i < bins(); i++) {
      into[i] += re[i] * re[i] + im[i] * im[i];
    }
  }
}
