/** Whether what a file declares fits together, and fits the file. */
@NullMarked
package dev.assay.internal.metadata.consistency;

import org.jspecify.annotations.NullMarked;
