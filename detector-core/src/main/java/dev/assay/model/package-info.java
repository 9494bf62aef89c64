/**
 * What do the trained classifiers say? The catalogue of models, their cards, pre-processing and
 * inference.
 *
 * <p>Deep Java Library and ONNX Runtime stay behind this room's door.
 */
@NullMarked
package dev.assay.model;

import org.jspecify.annotations.NullMarked;
