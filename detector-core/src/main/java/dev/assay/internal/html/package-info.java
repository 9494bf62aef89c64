/** HTML that holds what came from files, and cannot be changed by it. */
@NullMarked
package dev.assay.internal.html;

import org.jspecify.annotations.NullMarked;
