/** What is examined now, what waits, and what is known already? */
@NullMarked
package dev.assay.server.internal.work;

import org.jspecify.annotations.NullMarked;
