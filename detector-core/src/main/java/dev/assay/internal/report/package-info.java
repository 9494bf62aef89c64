/**
 * How is it written down? Reports as JSON and CSV, in the form of {@code docs/report.schema.json}.
 */
@NullMarked
package dev.assay.internal.report;

import org.jspecify.annotations.NullMarked;
