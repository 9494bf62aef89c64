/** The {@code assay} command: arguments in, reports and exit codes out. */
@NullMarked
package dev.assay.cli;

import org.jspecify.annotations.NullMarked;
