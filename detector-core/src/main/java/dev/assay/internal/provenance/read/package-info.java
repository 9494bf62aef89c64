/** What stands in C2PA manifests: JUMBF boxes, CBOR, COSE, and where a file keeps them. */
@NullMarked
package dev.assay.internal.provenance.read;

import org.jspecify.annotations.NullMarked;
