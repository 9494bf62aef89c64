/**
 * What does the file declare? EXIF, XMP, IPTC, text chunks and container tags, read by {@link
 * dev.assay.metadata.MetadataReader} into {@link dev.assay.metadata.DeclaredMetadata}.
 */
@NullMarked
package dev.assay.metadata;

import org.jspecify.annotations.NullMarked;
