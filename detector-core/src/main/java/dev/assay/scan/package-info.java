/** How is a folder of anything worked through? Walking, workers, and reports in order. */
@NullMarked
package dev.assay.scan;

import org.jspecify.annotations.NullMarked;
