/**
 * What is cryptographically signed: C2PA manifests, found in every container that has a place for
 * them, and validated by the C2PA specification 2.2.
 */
@NullMarked
package dev.assay.internal.provenance;

import org.jspecify.annotations.NullMarked;
