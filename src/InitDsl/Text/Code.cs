namespace InitDsl;

/// <summary>Writes values as they would stand in code.</summary>
internal static class Code
{
    internal static string Quote(string text) => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    /// <summary>A number of six significant digits, infinite ones by their names.</summary>
    internal static string Number(double value) => value switch
    {
        double.PositiveInfinity => "double.PositiveInfinity",
        double.NegativeInfinity => "double.NegativeInfinity",
        _ => Numbers.Six(value),
    };

    /// <summary>A type's name with its generic arguments, as <c>Module&lt;Tensor, Tensor&gt;</c>.</summary>
    internal static string TypeName(Type type)
    {
        int tick = type.Name.IndexOf('`', StringComparison.Ordinal);
        return tick < 0
            ? type.Name
            : $"{type.Name[..tick]}<{string.Join(", ", type.GetGenericArguments().Select(TypeName))}>";
    }
}
