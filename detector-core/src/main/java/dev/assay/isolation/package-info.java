/** What if the file breaks the process that looks at it? Examination in worker processes. */
@NullMarked
package dev.assay.isolation;

import org.jspecify.annotations.NullMarked;
