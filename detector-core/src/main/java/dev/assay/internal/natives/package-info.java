/**
 * Native libraries: OpenCV, FFmpeg and ONNX Runtime, unpacked once per user and loaded when first
 * needed; one type of failure.
 */
@NullMarked
package dev.assay.internal.natives;

import org.jspecify.annotations.NullMarked;
