/** Assay over HTTP: examinations for pipelines that are not written in Java. */
@NullMarked
package dev.assay.server;

import org.jspecify.annotations.NullMarked;
