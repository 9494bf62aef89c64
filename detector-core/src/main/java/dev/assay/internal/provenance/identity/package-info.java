/** Who says in person that a manifest is theirs: identity assertions of the CAWG. */
@NullMarked
package dev.assay.internal.provenance.identity;

import org.jspecify.annotations.NullMarked;
