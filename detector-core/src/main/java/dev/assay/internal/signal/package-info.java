/** Transforms of signals, of pictures and of sound alike. */
@NullMarked
package dev.assay.internal.signal;

import org.jspecify.annotations.NullMarked;
