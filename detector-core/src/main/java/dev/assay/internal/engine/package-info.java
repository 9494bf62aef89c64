/** The straight way of a file: opened, hashed, examined, judged, reported. */
@NullMarked
package dev.assay.internal.engine;

import org.jspecify.annotations.NullMarked;
