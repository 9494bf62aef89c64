/** What does it all add up to? Likelihood ratios in, a calibrated verdict with reasons out. */
@NullMarked
package dev.assay.internal.fusion;

import org.jspecify.annotations.NullMarked;
