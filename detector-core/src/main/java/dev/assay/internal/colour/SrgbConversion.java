package dev.assay.internal.colour;

import java.awt.color.CMMException;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.ColorConvertOp;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The conversion from the space of an ICC profile to sRGB, by the JDK's Little CMS. Immutable and
 * thread-safe.
 */
public final class SrgbConversion {

  /** Samples that differ by no more than this are the same to the eye. */
  private static final int VISIBLE = 3;

  private static final int STEPS = 5;

  private static final int MAX_KEPT = 32;
  private static final int MAX_KEPT_BYTES = 1 << 16;

  /**
   * Those of the profiles met last: few profiles are in most pictures, and reading one takes 9 ms.
   */
  private static final Map<ByteBuffer, Optional<SrgbConversion>> KEPT =
      new LinkedHashMap<>(MAX_KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(
            Map.Entry<ByteBuffer, Optional<SrgbConversion>> eldest) {
          return size() > MAX_KEPT;
        }
      };

  private final ICC_Profile profile;
  private final int channels;
  private final boolean identity;
  private final boolean exchangesChannels;

  private SrgbConversion(ICC_Profile profile, int channels) {
    this.profile = profile;
    this.channels = channels;
    byte[] samples = grid(channels);
    byte[] shown = converted(samples);
    this.identity = channels < 4 && same(samples, shown, channels);
    this.exchangesChannels =
        channels == 3 && exchanges(converted(new byte[] {-1, 0, 0, 0, -1, 0, 0, 0, -1}));
  }

  /**
   * The conversion that a profile asks for.
   *
   * @param icc the profile
   * @return empty where it is damaged, or neither of grey, RGB nor CMYK samples
   */
  public static Optional<SrgbConversion> of(byte[] icc) {
    if (icc.length > MAX_KEPT_BYTES) {
      return read(icc);
    }
    ByteBuffer key = ByteBuffer.wrap(icc.clone());
    synchronized (KEPT) {
      Optional<SrgbConversion> known = KEPT.get(key);
      if (known == null) {
        known = read(icc);
        KEPT.put(key, known);
      }
      return known;
    }
  }

  private static Optional<SrgbConversion> read(byte[] icc) {
    try {
      ICC_Profile profile = ICC_Profile.getInstance(icc);
      int channels =
          switch (profile.getColorSpaceType()) {
            case ColorSpace.TYPE_GRAY -> 1;
            case ColorSpace.TYPE_RGB -> 3;
            case ColorSpace.TYPE_CMYK -> 4;
            default -> 0;
          };
      return channels == 0 ? Optional.empty() : Optional.of(new SrgbConversion(profile, channels));
    } catch (IllegalArgumentException | CMMException | ArrayIndexOutOfBoundsException e) {
      // What the JDK throws at a profile that is no profile.
      return Optional.empty();
    }
  }

  /** Samples of a pixel: 1 for grey, 3 for RGB, 4 for CMYK. */
  public int channels() {
    return channels;
  }

  /** Whether it changes nothing that could be seen, sRGB's own profile above all. */
  public boolean isIdentity() {
    return identity;
  }

  /** Whether it shows one primary as another, which no camera's or screen's does. */
  public boolean exchangesChannels() {
    return exchangesChannels;
  }

  /**
   * Converts pixels.
   *
   * @param samples {@link #channels} bytes a pixel, red or cyan first; full ink is 255
   * @return three bytes a pixel, red first
   */
  public byte[] converted(byte[] samples) {
    int pixels = samples.length / channels;
    byte[] rgb = new byte[3 * pixels];
    ColorConvertOp conversion =
        new ColorConvertOp(
            new ICC_Profile[] {
              profile, ((ICC_ColorSpace) ColorSpace.getInstance(ColorSpace.CS_sRGB)).getProfile()
            },
            null);
    conversion.filter(raster(samples, pixels, channels), raster(rgb, pixels, 3));
    return rgb;
  }

  private static WritableRaster raster(byte[] samples, int pixels, int channels) {
    int[] offsets = new int[channels];
    for (int c = 0; c < channels; c++) {
      offsets[c] = c;
    }
    DataBuffer buffer = new DataBufferByte(samples, samples.length);
    return Raster.createInterleavedRaster(
        buffer, pixels, 1, channels * pixels, channels, offsets, null);
  }

  /** Every combination of a few values of each channel. */
  private static byte[] grid(int channels) {
    int pixels = (int) Math.pow(STEPS, channels);
    byte[] samples = new byte[channels * pixels];
    for (int i = 0; i < samples.length; i++) {
      int digit = i / channels / (int) Math.pow(STEPS, i % channels) % STEPS;
      samples[i] = (byte) (255 * digit / (STEPS - 1));
    }
    return samples;
  }

  private static boolean same(byte[] samples, byte[] shown, int channels) {
    for (int i = 0; i < shown.length; i++) {
      int before = samples[channels == 1 ? i / 3 : i] & 0xff;
      if (Math.abs(before - (shown[i] & 0xff)) > VISIBLE) {
        return false;
      }
    }
    return true;
  }

  /** Whether a primary comes out strongest in another channel. */
  private static boolean exchanges(byte[] shown) {
    for (int primary = 0; primary < 3; primary++) {
      int own = shown[4 * primary] & 0xff;
      for (int channel = 0; channel < 3; channel++) {
        if ((shown[3 * primary + channel] & 0xff) > own) {
          return true;
        }
      }
    }
    return false;
  }
}
