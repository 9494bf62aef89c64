/** What was sent, bounded and hashed while it arrives? */
@NullMarked
package dev.assay.server.internal.intake;

import org.jspecify.annotations.NullMarked;
