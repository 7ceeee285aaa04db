namespace InitDsl;

/// <summary>Writes the record of a plan as JSON text, a parameter a line.</summary>
internal static class PlanWriter
{
    internal static string Write(PlanRecord record)
    {
        string parameters = string.Join(",", record.Parameters.Select(parameter => $"\n    {Parameter(parameter)}"));
        return $$"""
            {
              "initdslPlan": {{PlanReader.Version}},
              "fingerprint": {{Json.String(record.Fingerprint)}},
              "model": {{Json.String(record.Model)}},
              "source": {{Json.String(record.Source)}},
              "seed": {{FormattableString.Invariant($"{record.Seed}")}},
              "parameters": [{{parameters}}{{(parameters.Length == 0 ? "" : "\n  ")}}]
            }

            """.ReplaceLineEndings("\n");
    }

    /// <summary>One parameter as a JSON object.</summary>
    internal static string Parameter(ParameterRecord parameter) => Json.Object(
    [
        ("path", Json.String(parameter.Path)),
        ("shape", Json.String(parameter.Shape)),
        ("dtype", Json.String(parameter.DType)),
        ("rule", Text(parameter.Rule)),
        ("law", Text(parameter.Law)),
        ("mean", Number(parameter.Mean)),
        ("std", Number(parameter.Std)),
        ("min", Number(parameter.Min)),
        ("max", Number(parameter.Max)),
        ("stream", Text(parameter.Stream)),
    ]);

    private static string? Text(string? text) => text is null ? null : Json.String(text);

    private static string? Number(double value) => double.IsNaN(value) ? null : Json.Number(value);
}
