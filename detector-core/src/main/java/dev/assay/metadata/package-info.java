/**
 * What the file says of itself: EXIF, XMP, IPTC, text chunks and container tags, and the traces of
 * generators in them.
 *
 * <p>{@link dev.assay.metadata.MetadataReader} reads a file into {@link
 * dev.assay.metadata.DeclaredMetadata}; the table of {@link dev.assay.metadata.Trace}s is matched
 * against that; {@link dev.assay.metadata.MetadataExaminer} words the matches as evidence. All that
 * is read here is unsigned and easily forged.
 */
@NullMarked
package dev.assay.metadata;

import org.jspecify.annotations.NullMarked;
