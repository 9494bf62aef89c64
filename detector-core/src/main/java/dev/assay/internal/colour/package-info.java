/** In which colours are its samples meant, and how do they become those of an ordinary screen? */
@NullMarked
package dev.assay.internal.colour;

import org.jspecify.annotations.NullMarked;
