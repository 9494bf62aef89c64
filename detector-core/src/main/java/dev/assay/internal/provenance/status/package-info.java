/** The status codes of the C2PA specification, and what is found under them. */
@NullMarked
package dev.assay.internal.provenance.status;

import org.jspecify.annotations.NullMarked;
