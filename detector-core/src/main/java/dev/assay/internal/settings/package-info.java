/** How the settings of a detector are written and read. */
@NullMarked
package dev.assay.internal.settings;

import org.jspecify.annotations.NullMarked;
