namespace InitDsl;

/// <summary>The fans of a step as a plan shows them: marked where the layer's own and PyTorch's are not the same.</summary>
internal static class FanNotes
{
    private const string Own = " *";
    private const string Torch = " †";

    /// <summary>Fan-in → fan-out. A bias carries its weight's, which are marked there.</summary>
    internal static string Of(ParamSpec spec, double? shownIn, double? shownOut)
    {
        if ((shownIn, shownOut) is not ({ } fanIn, { } fanOut))
        {
            return "";
        }

        string mark = spec is not { LayerFans: { } own, TorchFans: { } torch } || own == torch || spec.Role == ParamRole.Bias ? ""
            : new FanCount(fanIn, fanOut) == torch ? Torch
            : Own;
        return $"{Numbers.Plain(fanIn)} → {Numbers.Plain(fanOut)}{mark}";
    }

    /// <summary>What the marks in these cells mean.</summary>
    internal static IEnumerable<string> Legend(IEnumerable<string> cells)
    {
        string[] marked = [.. cells.Distinct()];
        if (Array.Exists(marked, cell => cell.EndsWith(Own, StringComparison.Ordinal)))
        {
            yield return "* the layer's own fans; PyTorch counts others from the shape, which .WithFans(Fans.Torch) takes";
        }

        if (Array.Exists(marked, cell => cell.EndsWith(Torch, StringComparison.Ordinal)))
        {
            yield return "† fans as PyTorch counts them from the shape; the layer's own are others";
        }
    }
}
