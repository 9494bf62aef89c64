/**
 * What are its frames? Limits, decoding and frame sampling.
 *
 * <p>OpenCV and FFmpeg are used in this package only.
 */
@NullMarked
package dev.assay.internal.media;

import org.jspecify.annotations.NullMarked;
