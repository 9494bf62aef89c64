/** Examines millions of files on Apache Spark. */
@NullMarked
package dev.assay.spark;

import org.jspecify.annotations.NullMarked;
