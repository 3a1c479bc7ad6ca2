window.onload = () =>
  SwaggerUIBundle({
    urls: [
      { name: "TMF621 v5", url: "/tmf-api/docs/v5/openapi.json" },
      { name: "TMF621 v4", url: "/tmf-api/docs/v4/openapi.json" },
    ],
    dom_id: "#api",
    presets: [SwaggerUIBundle.presets.apis, SwaggerUIStandalonePreset],
    layout: "StandaloneLayout",
    validatorUrl: null,
  });
