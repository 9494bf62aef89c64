/**
 * Where are the blocks of a file? One bounded, lazy walker per container; nobody else walks. Bytes
 * of a file are read through {@code ByteReader} alone.
 */
@NullMarked
package dev.assay.internal.container;

import org.jspecify.annotations.NullMarked;
