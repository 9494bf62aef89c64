/** What an index of known media says of a file. */
@NullMarked
package dev.assay.internal.known;

import org.jspecify.annotations.NullMarked;
