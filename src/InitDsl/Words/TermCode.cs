using System.Globalization;

namespace InitDsl;

/// <summary>Writes terms as they stand in code.</summary>
internal sealed class TermCode
{
    /// <summary>Of more module types than this only the first are shown where room is scarce.</summary>
    private const int MostTypes = 4;

    private readonly bool exact;
    private readonly bool brief;

    private TermCode(bool exact = false, bool brief = false)
    {
        this.exact = exact;
        this.brief = brief;
    }

    /// <summary>For people: six digits.</summary>
    internal static TermCode Short { get; } = new();

    /// <summary>For people who did not write it: of many module types the first.</summary>
    internal static TermCode Brief { get; } = new(brief: true);

    /// <summary>For comparing: every digit, of given values a digest, of files the name without the folder.</summary>
    internal static TermCode Exact { get; } = new(exact: true);

    internal string Of(Term term) => string.Join('.', term.Chain.Select(Word));

    private string Word(Term term)
    {
        string types = term.Types.Count == 0 ? ""
            : brief && term.Types.Count > MostTypes ? $"<{string.Join(", ", term.Types.Take(MostTypes - 1))}, …>"
            : $"<{string.Join(", ", term.Types)}>";
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
