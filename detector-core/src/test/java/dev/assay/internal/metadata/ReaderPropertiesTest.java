package dev.assay.internal.metadata;

import static dev.assay.internal.metadata.Containers.box;
import static dev.assay.internal.metadata.Containers.join;
import static dev.assay.internal.metadata.Containers.latin1;
import static dev.assay.internal.metadata.Containers.u32;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.internal.container.ByteReader;
import dev.assay.internal.container.TiffDirectory;
import dev.assay.internal.metadata.generator.MetadataExaminer;
import dev.assay.spi.Budget;
import dev.assay.spi.DamagedException;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

/** Directories and items of any content: what is inside the file, or damage, and nothing else. */
class ReaderPropertiesTest {

  private static final Set<String> CODES = MetadataExaminer.INFO.codes().keySet();

  @Property
  void tiffEntriesLieWithinTheFile(
      @ForAll @Size(min = 0, max = 120) byte[] content, @ForAll boolean little) throws IOException {
    byte[] file = join(latin1(little ? "II*\0\10\0\0\0" : "MM\0*\0\0\0\10"), content);
    ByteReader bytes = new ByteReader(file, new Budget(Duration.ofMinutes(1)));
    try {
      TiffDirectory.Structure tiff = TiffDirectory.Structure.at(bytes, 0);
      TiffDirectory directory = tiff.first();
      for (TiffDirectory.Entry entry : directory.entries()) {
        assertTrue(entry.offset() >= 0 && entry.length() >= 0, entry::toString);
        assertTrue(entry.offset() + entry.length() <= file.length, entry::toString);
      }
    } catch (DamagedException e) {
      // The directory itself lies beyond the end.
    }
  }

  @Property
  void heifItemsOfAnyPlaceAreReadOrDamage(
      @ForAll @Size(max = 60) byte[] information, @ForAll @Size(max = 120) byte[] locations) {
    byte[] file =
        join(
            box("ftyp", latin1("heic"), u32(0)),
            box(
                "meta",
                u32(0),
                box("hdlr", u32(0), u32(0), latin1("pict"), new byte[13]),
                box(
                    "iinf",
                    u32(0),
                    Containers.u16(1),
                    box("infe", u32(0x02000000), Containers.u16(1), new byte[2], latin1("mime")),
                    information),
                box("iloc", u32(0), latin1("\u0088\0\0\1\0\1\0\0\0\1"), locations)));
    assertTrue(CODES.containsAll(BytesMedia.codes(file)));
  }
}
