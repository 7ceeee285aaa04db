using System.Reflection;

namespace InitDsl;

/// <summary>A word of rule files.</summary>
/// <param name="Name">The name, as in code.</param>
/// <param name="Forms">What it may take; most words have one form.</param>
internal sealed record Word(string Name, IReadOnlyList<WordForm> Forms)
{
    /// <summary>What it says: an initializer, a selector, rows, a rule or an activation.</summary>
    internal Type Result => Forms[0].Result;
}

/// <summary>One form of a word: what it takes, and how it is said.</summary>
internal sealed class WordForm
{
    private readonly MethodInfo method;

    internal WordForm(MethodInfo method, string name)
    {
        this.method = method;
        Name = name;
        Parameters = [.. method.GetParameters().Select(parameter => new WordParameter(parameter))];
    }

    internal string Name { get; }

    internal IReadOnlyList<WordParameter> Parameters { get; }

    /// <summary>What it says: an initializer, a selector, rows, a rule or an activation.</summary>
    internal Type Result => method.ReturnType;

    /// <summary>Whether it may stand without arguments.</summary>
    internal bool MayStandAlone => Parameters.All(parameter => parameter.IsOptional);

    /// <summary>Whether the last word of a term has this form.</summary>
    internal bool Takes(Term term)
    {
        IReadOnlyList<object> arguments = ArgumentsOf(term);
        return arguments.Count <= Parameters.Count
            && Parameters.Skip(arguments.Count).All(parameter => parameter.IsOptional)
            && arguments.Zip(Parameters).All(pair => pair.Second.Takes(pair.First));
    }

    /// <summary>The arguments of a term's last word as this form has them: types are one argument.</summary>
    internal static IReadOnlyList<object> ArgumentsOf(Term term) =>
        term.Types.Count == 0 ? term.Arguments ?? [] : [term.Types, .. term.Arguments ?? []];

    /// <summary>Says the word.</summary>
    /// <param name="before">What the words before it said; null where it is the first.</param>
    /// <param name="arguments">One a parameter.</param>
    /// <exception cref="ArgumentException">An argument is out of range.</exception>
    /// <exception cref="InvalidOperationException">The word does not belong to what came before.</exception>
    internal object Say(object? before, object?[] arguments) =>
        method.Invoke(before, BindingFlags.DoNotWrapExceptions, null, arguments, null)!;
}
