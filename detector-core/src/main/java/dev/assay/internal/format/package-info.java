/** Which format is a file? One table, in which each format names all that belongs to it. */
@NullMarked
package dev.assay.internal.format;

import org.jspecify.annotations.NullMarked;
