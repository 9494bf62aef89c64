package dev.assay.internal.heif;

import static dev.assay.internal.metadata.Containers.box;
import static dev.assay.internal.metadata.Containers.join;
import static dev.assay.internal.metadata.Containers.latin1;
import static dev.assay.internal.metadata.Containers.u16;
import static dev.assay.internal.metadata.Containers.u32;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.assay.internal.container.ByteReader;
import dev.assay.spi.Budget;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HeifPicturesTest {

  @Test
  void countsPicturesAndNeitherTilesNorThumbnailsNorHiddenOnes() throws IOException {
    byte[] items =
        box(
            "iinf",
            u32(0),
            u16(6),
            item(1, "grid", 0),
            item(2, "hvc1", 1),
            item(3, "hvc1", 0),
            item(4, "hvc1", 0),
            item(5, "hvc1", 0),
            item(6, "Exif", 0));
    byte[] references =
        box(
            "iref",
            u32(0),
            box("dimg", u16(1), u16(2), u16(2), u16(3)),
            box("thmb", u16(4), u16(1), u16(1)));
    assertEquals(2, count(items, references), "the grid and item 5");
    assertEquals(4, count(items, new byte[0]), "without references all that is shown");
    assertEquals(1, count(new byte[0], new byte[0]));
  }

  private static byte[] item(int id, String type, int flags) {
    return box("infe", u32(0x02000000 | flags), u16(id), u16(0), latin1(type), new byte[1]);
  }

  private static int count(byte[] items, byte[] references) throws IOException {
    byte[] file =
        join(box("ftyp", latin1("heic"), u32(0)), box("meta", join(u32(0), items, references)));
    return HeifPictures.count(new ByteReader(file, new Budget(Duration.ofMinutes(1))));
  }
}
