package dev.assay.known;

import dev.assay.spi.Frame;

/**
 * A frame of a file, and what is known that it shows.
 *
 * @param frame valid until the file is closed
 * @param match the known picture
 */
public record KnownFrame(Frame frame, KnownMatch match) {}
