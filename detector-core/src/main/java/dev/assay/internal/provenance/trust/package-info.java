/** Whom to believe: lists of certificates, time-stamps and answers on revocation. */
@NullMarked
package dev.assay.internal.provenance.trust;

import org.jspecify.annotations.NullMarked;
