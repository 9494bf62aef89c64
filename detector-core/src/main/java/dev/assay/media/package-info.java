/**
 * What is this file, and what are its pixels, frames, samples? Recognising, limits, decoding and
 * frame sampling.
 *
 * <p>OpenCV and FFmpeg stay behind this room's door.
 */
@NullMarked
package dev.assay.media;

import org.jspecify.annotations.NullMarked;
