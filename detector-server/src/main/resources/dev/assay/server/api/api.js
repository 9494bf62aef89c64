// Swagger UI on this server's own description; nothing is asked of any other.
SwaggerUIBundle({
  url: "../openapi.json",
  domNode: document.getElementById("ui"),
  validatorUrl: null,
  tryItOutEnabled: true,
  syntaxHighlight: false,
});
