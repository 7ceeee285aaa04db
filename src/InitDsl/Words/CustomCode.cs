namespace InitDsl;

/// <summary>What takes functions of the user's: code, which no text holds.</summary>
internal static class CustomCode
{
    private static readonly string[] Words =
        [nameof(Dsl.Where), nameof(Dsl.From), nameof(Init.MaskBy), nameof(Activation.Of)];

    internal static bool Has(string word) => Words.Contains(word);

    /// <summary>Whether a word, which text has without this, takes a function by that name.</summary>
    internal static bool Has(string word, string parameter) => (word, parameter) is (nameof(Dsl.FromStateDict), "map");
}
