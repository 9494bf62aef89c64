/** Whether what a manifest says holds: hashes, signatures, certificates, time-stamps, trust. */
@NullMarked
package dev.assay.internal.provenance.check;

import org.jspecify.annotations.NullMarked;
