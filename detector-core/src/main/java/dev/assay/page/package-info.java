/**
 * Pages that people read: what a report says, and the pictures that show it, as HTML that needs
 * nothing else.
 */
@NullMarked
package dev.assay.page;

import org.jspecify.annotations.NullMarked;
