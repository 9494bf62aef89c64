package dev.assay.internal.model;

import dev.assay.known.Embedding;
import dev.assay.spi.Frame;

/**
 * Where a frame lies among other pictures.
 *
 * @param frame the frame
 * @param embedding where it lies
 * @param x left edge of what is no margin, in pixels of the frame
 * @param y top edge of it
 * @param width of it
 * @param height of it
 */
public record EmbeddedFrame(
    Frame frame, Embedding embedding, int x, int y, int width, int height) {}
