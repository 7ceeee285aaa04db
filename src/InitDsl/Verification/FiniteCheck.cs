namespace InitDsl;

/// <summary>What is said of values that are no finite numbers.</summary>
internal static class FiniteCheck
{
    internal static (string Property, string What) Failure(long values) =>
        ("finite", values == 1 ? "1 value is NaN or infinite" : $"{Numbers.Count(values)} values are NaN or infinite");
}
