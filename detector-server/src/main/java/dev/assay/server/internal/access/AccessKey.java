package dev.assay.server.internal.access;

import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A key, by what is kept of it.
 *
 * @param name of whoever uses it, for logs and metrics
 * @param sha256 of the key, hexadecimal
 * @param bytes largest body that it may send
 * @param perMinute how many requests it may make within a minute
 */
public record AccessKey(String name, String sha256, OptionalLong bytes, OptionalInt perMinute) {}
