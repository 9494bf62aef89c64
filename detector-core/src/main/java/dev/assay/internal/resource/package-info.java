/** The data files that ship beside the models, read from the class path. */
@NullMarked
package dev.assay.internal.resource;

import org.jspecify.annotations.NullMarked;
