/** Whether a picture, or a copy of it, was seen before. */
@NullMarked
package dev.assay.known;

import org.jspecify.annotations.NullMarked;
