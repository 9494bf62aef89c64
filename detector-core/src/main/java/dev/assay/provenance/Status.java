package dev.assay.provenance;

/**
 * The result of one step of validation.
 *
 * @param code what came out
 * @param url JUMBF URI of what was looked at
 * @param explanation one plain sentence
 */
public record Status(StatusCode code, String url, String explanation) {}
