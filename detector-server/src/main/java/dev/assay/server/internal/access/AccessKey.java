package dev.assay.server.internal.access;

/**
 * A key, by what is kept of it.
 *
 * @param name of whoever uses it, for logs and metrics
 * @param sha256 of the key, hexadecimal
 * @param limits what it may ask for at most
 */
public record AccessKey(String name, String sha256, KeyLimits limits) {}
