/** Measures a detector on labelled media, and says how far the figures can be trusted. */
@NullMarked
package dev.assay.evaluation;

import org.jspecify.annotations.NullMarked;
