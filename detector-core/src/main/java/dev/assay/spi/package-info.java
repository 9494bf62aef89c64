/** What one implements to extend Assay, and what one is handed. */
@NullMarked
package dev.assay.spi;

import org.jspecify.annotations.NullMarked;
