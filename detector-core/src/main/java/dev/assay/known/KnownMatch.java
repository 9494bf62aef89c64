package dev.assay.known;

/**
 * A known picture that a picture may be a copy of.
 *
 * @param file what is known of it
 * @param hash of the known picture
 * @param distance in how many bits the hashes differ, 0 to {@link PdqHash#BITS}
 * @param mirrored whether left and right are exchanged
 */
public record KnownMatch(KnownFile file, PdqHash hash, int distance, boolean mirrored) {}
