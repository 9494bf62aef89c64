/**
 * What do the trained classifiers say? The catalogue of models, their cards, views and
 * pre-processing, scores.
 */
@NullMarked
package dev.assay.internal.model;

import org.jspecify.annotations.NullMarked;
