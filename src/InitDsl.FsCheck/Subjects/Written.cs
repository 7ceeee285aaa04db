using System.Globalization;

namespace InitDsl;

/// <summary>
/// What a check was given, as it is written in code that runs: by its words where they say everything, otherwise by the name of
/// the check's parameter. Words leave out functions and given values, and the seventh digit of numbers.
/// </summary>
internal static class Written
{
    internal static string Of(RuleSet rules, string name) =>
        rules.Rules.All(rule => rule.StateDict is null && rule.Preset is null && IsWhole(rule.Term)) ? rules.ToString().ReplaceLineEndings(" ") : name;

    internal static string Of(Init init, string name) => IsWhole(init.Term) ? init.ToString() : name;

    /// <summary>Which parameter to look at then, as a comment.</summary>
    internal static string Look(string path) => path.Length == 0 ? "" : $"  // {path}";

    private static bool IsWhole(Term term) => term.Chain.All(word => (word.Arguments ?? []).All(IsWhole));

    private static bool IsWhole(object argument) => argument switch
    {
        double number => !double.IsFinite(number) || double.Parse(Code.Number(number), CultureInfo.InvariantCulture).Equals(number),
        Delegate or GivenValues => false,
        NamedArgument named => IsWhole(named.Value),
        _ => Term.Of(argument) is not { } term || IsWhole(term),
    };
}
