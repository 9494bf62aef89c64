/**
 * Which generator or editor wrote the file? One rule per generator, matched against what {@link
 * dev.assay.internal.metadata.MetadataReader} read; {@link
 * dev.assay.internal.metadata.generator.MetadataExaminer} words the matches as evidence. All that
 * is read here is unsigned and easily forged.
 */
@NullMarked
package dev.assay.internal.metadata.generator;

import org.jspecify.annotations.NullMarked;
