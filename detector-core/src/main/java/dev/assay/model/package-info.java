/**
 * What do the trained classifiers say? The catalogue of models, their cards, pre-processing and
 * inference.
 *
 * <p>Deep Java Library and ONNX Runtime are used in this package only.
 */
@NullMarked
package dev.assay.model;

import org.jspecify.annotations.NullMarked;
