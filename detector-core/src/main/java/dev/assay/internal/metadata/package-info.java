/**
 * What does the file declare? EXIF, XMP, IPTC, text chunks and container tags, read by {@link
 * dev.assay.internal.metadata.MetadataReader} into {@link
 * dev.assay.internal.metadata.DeclaredMetadata}.
 */
@NullMarked
package dev.assay.internal.metadata;

import org.jspecify.annotations.NullMarked;
