/**
 * Maps of what the pixels' statistics say, to be looked at by people. None of them is evidence
 * here: each shows where a picture differs from itself, which has many causes.
 */
@NullMarked
package dev.assay.forensics;

import org.jspecify.annotations.NullMarked;
