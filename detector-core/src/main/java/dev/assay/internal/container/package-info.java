/**
 * What format is a file, and where are its blocks? One table of formats, and one bounded, lazy
 * walker per container; nobody else recognises or walks.
 */
@NullMarked
package dev.assay.internal.container;

import org.jspecify.annotations.NullMarked;
