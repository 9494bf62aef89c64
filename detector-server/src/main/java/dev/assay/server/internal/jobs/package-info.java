/** What was sent to be examined later, and what came of it, across restarts? */
@NullMarked
package dev.assay.server.internal.jobs;

import org.jspecify.annotations.NullMarked;
