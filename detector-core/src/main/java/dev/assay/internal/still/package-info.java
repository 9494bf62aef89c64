/**
 * What is to be known of each still format to decode it as people see it: header, colours,
 * orientation, what the decoder gets.
 */
@NullMarked
package dev.assay.internal.still;

import org.jspecify.annotations.NullMarked;
