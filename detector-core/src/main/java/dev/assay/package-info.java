/**
 * The public API: {@link dev.assay.Detector} takes media and gives a {@link dev.assay.Report}.
 *
 * <p>All that a user of the library imports lies here, and no type of a third-party library appears
 * in it. The packages below this one are internal; they may change between releases without notice.
 */
@NullMarked
package dev.assay;

import org.jspecify.annotations.NullMarked;
