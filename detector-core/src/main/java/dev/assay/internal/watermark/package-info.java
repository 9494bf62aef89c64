/**
 * Published invisible marks in the samples of a picture. A mark that is found is evidence; that
 * none is found is none.
 */
@NullMarked
package dev.assay.internal.watermark;

import org.jspecify.annotations.NullMarked;
