package dev.assay.internal.metadata;

/** The place in a file that carries a declared field. */
public enum Carrier {
  PNG_TEXT("PNG text chunk"),
  EXIF("EXIF field"),
  XMP("XMP property"),
  IPTC("IPTC field"),
  JPEG_COMMENT("JPEG comment"),
  JPEG_SEGMENT("JPEG segment"),
  SAMSUNG_RECORD("Samsung trailer record"),
  GIF_COMMENT("GIF comment"),
  MP4_TAG("MP4 metadata item"),
  MATROSKA_TAG("Matroska tag"),
  RIFF_CHUNK("RIFF chunk"),
  ID3_FRAME("ID3 frame"),
  VORBIS_COMMENT("Vorbis comment"),
  ASF_ATTRIBUTE("ASF attribute"),
  FLV_PROPERTY("FLV property");

  private final String label;

  Carrier(String label) {
    this.label = label;
  }

  /** The carrier's name within a sentence. */
  public String label() {
    return label;
  }
}
