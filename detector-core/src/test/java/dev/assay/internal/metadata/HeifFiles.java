package dev.assay.internal.metadata;

import static dev.assay.internal.metadata.Containers.box;
import static dev.assay.internal.metadata.Containers.join;
import static dev.assay.internal.metadata.Containers.latin1;
import static dev.assay.internal.metadata.Containers.u16;
import static dev.assay.internal.metadata.Containers.u32;
import static dev.assay.internal.metadata.Containers.utf8;

/** Writes a HEIF file with an EXIF and an XMP item and no picture. */
public final class HeifFiles {

  private HeifFiles() {}

  public static byte[] heic(byte[] exif, String xmp) {
    byte[] exifItem = join(u32(0), exif);
    byte[] xmpItem = utf8(xmp);
    byte[] head = box("ftyp", latin1("heic"), u32(0));
    int metaLength = meta(0, exifItem.length, xmpItem.length).length;
    byte[] meta = meta(head.length + metaLength + 8, exifItem.length, xmpItem.length);
    return join(head, meta, box("mdat", exifItem, xmpItem));
  }

  private static byte[] meta(int dataStart, int exifLength, int xmpLength) {
    byte[] information =
        box(
            "iinf",
            u32(0),
            u16(2),
            box("infe", u32(0x02000000), u16(1), u16(0), latin1("Exif"), new byte[1]),
            box(
                "infe",
                u32(0x02000000),
                u16(2),
                u16(0),
                latin1("mime"),
                new byte[1],
                latin1("application/rdf+xml\0")));
    byte[] locations =
        box(
            "iloc",
            u32(0),
            u16(0x4400),
            u16(2),
            join(u16(1), u16(0), u16(1), u32(dataStart), u32(exifLength)),
            join(u16(2), u16(0), u16(1), u32(dataStart + exifLength), u32(xmpLength)));
    return box(
        "meta",
        u32(0),
        box("hdlr", u32(0), u32(0), latin1("pict"), new byte[13]),
        information,
        locations);
  }
}
