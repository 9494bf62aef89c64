/**
 * How is a network run? Loading ONNX files and running them.
 *
 * <p>Deep Java Library and ONNX Runtime are used in this package only.
 */
@NullMarked
package dev.assay.internal.inference;

import org.jspecify.annotations.NullMarked;
