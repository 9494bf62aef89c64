package dev.assay.internal.container;

/**
 * The ways in which formats lay out their blocks; what is read of a file hangs on its container.
 */
public enum Container {
  JPEG,
  PNG,
  GIF,
  TIFF,
  /** RIFF, RF64 and IFF. */
  RIFF,
  /** ISO base media and QuickTime. */
  ISO,
  EBML,
  /** MPEG audio and AAC, whose metadata is an ID3 tag before them. */
  ID3,
  FLAC,
  OGG,
  ASF,
  FLV,
  /** Text, of which nothing is read but a manifest. */
  SVG,
  /** Documents, of which nothing is read but a manifest. */
  PDF,
  /** No blocks are read. */
  NONE
}
