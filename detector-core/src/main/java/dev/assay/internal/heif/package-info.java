/** The items and properties of HEIF and AVIF files (ISO/IEC 23008-12). */
@NullMarked
package dev.assay.internal.heif;

import org.jspecify.annotations.NullMarked;
