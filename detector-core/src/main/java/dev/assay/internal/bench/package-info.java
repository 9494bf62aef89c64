/** How fast is it here, and where does the time go? */
@NullMarked
package dev.assay.internal.bench;

import org.jspecify.annotations.NullMarked;
