namespace InitDsl;

/// <summary>The words that take functions or types of the user's: code, which no text holds.</summary>
internal static class CustomCode
{
    private static readonly string[] Words =
        [nameof(Dsl.Where), nameof(Dsl.From), nameof(Init.MaskBy), nameof(Activation.Of)];

    internal static bool Has(string word) => Words.Contains(word);
}
