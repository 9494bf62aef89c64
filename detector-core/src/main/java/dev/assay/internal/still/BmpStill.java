package dev.assay.internal.still;

import dev.assay.MediaException;
import dev.assay.internal.container.ByteReader;
import dev.assay.spi.DamagedException;
import java.io.IOException;

/** BMP, of OS/2 and of Windows. */
public final class BmpStill implements StillFormat {

  @Override
  public ImageHeader header(ByteReader bytes) throws MediaException, IOException, DamagedException {
    if (bytes.u32LittleEndian(14) == 12) {
      return ImageHeader.of(LittleEndian.u16(bytes, 18), LittleEndian.u16(bytes, 20));
    }
    return ImageHeader.of(
        Math.abs((long) (int) bytes.u32LittleEndian(18)),
        Math.abs((long) (int) bytes.u32LittleEndian(22)));
  }

  @Override
  public boolean lossless(ByteReader bytes) {
    return true;
  }
}
