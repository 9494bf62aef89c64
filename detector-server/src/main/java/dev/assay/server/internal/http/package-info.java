/** Which address answers what? */
@NullMarked
package dev.assay.server.internal.http;

import org.jspecify.annotations.NullMarked;
