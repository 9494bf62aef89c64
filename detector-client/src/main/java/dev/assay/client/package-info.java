/** Asks a server of Assay over HTTP. */
@NullMarked
package dev.assay.client;

import org.jspecify.annotations.NullMarked;
