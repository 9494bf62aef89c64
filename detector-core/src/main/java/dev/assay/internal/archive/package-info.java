/** What files are in an archive? Zip, 7z and tar, read within bounds. */
@NullMarked
package dev.assay.internal.archive;

import org.jspecify.annotations.NullMarked;
