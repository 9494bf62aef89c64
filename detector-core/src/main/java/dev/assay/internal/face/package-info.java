/**
 * Where are faces, and which is which over time?
 *
 * <p>What a face says of its origin is told by models, which see it through a square around it.
 */
@NullMarked
package dev.assay.internal.face;

import org.jspecify.annotations.NullMarked;
