package dev.assay.known;

/**
 * A picture in an index.
 *
 * @param fingerprint by which it is found
 * @param file what is known of it
 */
public record KnownEntry(Fingerprint fingerprint, KnownFile file) {}
