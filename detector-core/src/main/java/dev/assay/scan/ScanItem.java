package dev.assay.scan;

import java.nio.file.Path;

/**
 * One file to examine.
 *
 * @param file where it lies
 * @param name what its report calls it: the path as the user gave it, and the rest below it, with
 *     {@code /} between
 * @param explicit whether the user named it, rather than the walk found it
 */
record ScanItem(Path file, String name, boolean explicit) {}
