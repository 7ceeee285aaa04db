using System.Globalization;

namespace InitDsl;

/// <summary>Writes terms as they stand in code.</summary>
internal sealed class TermCode
{
    private readonly bool exact;

    private TermCode(bool exact) => this.exact = exact;

    /// <summary>For people: six digits.</summary>
    internal static TermCode Short { get; } = new(exact: false);

    /// <summary>For comparing: every digit, of given values a digest, of files the name without the folder.</summary>
    internal static TermCode Exact { get; } = new(exact: true);

    internal string Of(Term term) => string.Join('.', term.Chain.Select(Word));

    private string Word(Term term)
    {
        string types = term.Types.Count == 0 ? "" : $"<{string.Join(", ", term.Types)}>";
        return term.Arguments is { } arguments ? $"{term.Word}{types}({string.Join(", ", arguments.Select(Argument))})" : term.Word;
    }

    private string Argument(object argument) => argument switch
    {
        double number => Number(number),
        long count => count.ToString(CultureInfo.InvariantCulture),
        string text => Code.Quote(text),
        FilePath file => Code.Quote(exact ? file.Name : file.Path),
        bool choice => choice ? "true" : "false",
        Enum member => Member(member),
        Range rows => rows.ToString(),
        Activation activation => activation.ToString(),
        GivenValues values => exact ? values.Digest : values.ToString(),
        Delegate => "…",
        NamedArgument named => $"{named.Name}: {Argument(named.Value)}",
        _ when Term.Of(argument) is { } term => Of(term),
        _ => throw new ArgumentException($"{argument.GetType()} cannot stand in code.", nameof(argument)),
    };

    private string Number(double value) =>
        exact && double.IsFinite(value) ? value.ToString("R", CultureInfo.InvariantCulture) : Code.Number(value);

    /// <summary>A member of an enumeration, several of flags with bars between them.</summary>
    private static string Member(Enum member) =>
        string.Join(" | ", member.ToString().Split(", ").Select(name => $"{member.GetType().Name}.{name}"));
}
