package dev.assay.internal.signal;

/** Cooley and Tukey's fast Fourier transform. */
public final class Fourier {

  private Fourier() {}

  /**
   * Transforms in place.
   *
   * @param re real parts, as many as a power of two
   * @param im imaginary parts, as many
   */
  public static void transform(double[] re, double[] im) {
    int n = re.length;
    double[] cosines = new double[n / 2];
    double[] sines = new double[n / 2];
    for (int i = 0; i < n / 2; i++) {
      cosines[i] = Math.cos(-2 * Math.PI * i / n);
      sines[i] = Math.sin(-2 * Math.PI * i / n);
    }
    int bits = Integer.numberOfTrailingZeros(n);
    for (int i = 0; i < n; i++) {
      int j = Integer.reverse(i) >>> (32 - bits);
      if (j > i) {
        double keptReal = re[i];
        re[i] = re[j];
        re[j] = keptReal;
        double keptImaginary = im[i];
        im[i] = im[j];
        im[j] = keptImaginary;
      }
    }
    for (int length = 2; length <= n; length *= 2) {
      int step = n / length;
      for (int start = 0; start < n; start += length) {
        for (int k = 0; k < length / 2; k++) {
          double cos = cosines[k * step];
          double sin = sines[k * step];
          int a = start + k;
          int b = a + length / 2;
          double x = re[b] * cos - im[b] * sin;
          double y = re[b] * sin + im[b] * cos;
          re[b] = re[a] - x;
          im[b] = im[a] - y;
          re[a] += x;
          im[a] += y;
        }
      }
    }
  }
}
