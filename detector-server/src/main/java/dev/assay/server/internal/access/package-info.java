/** Who may ask, and from where? */
@NullMarked
package dev.assay.server.internal.access;

import org.jspecify.annotations.NullMarked;
