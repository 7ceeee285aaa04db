using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace InitDsl;

/// <summary>
/// Collects what is wrong with the arguments of a word, and refuses them once: each text names the argument, what it must be
/// and what it is.
/// </summary>
internal sealed class ArgumentChecks
{
    /// <summary>Where the exception keeps what was found; whoever reads rules from text has a place for each.</summary>
    private static readonly object Key = new();

    private readonly List<ArgumentProblem> found = [];

    /// <summary>Everything that an exception says of the arguments; only of those that were checked here each by itself.</summary>
    internal static IReadOnlyList<ArgumentProblem> Of(ArgumentException refused) =>
        refused.Data[Key] as IReadOnlyList<ArgumentProblem> ?? [];

    internal ArgumentChecks Finite(double value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        double.IsFinite(value) ? this : Refuse(value, $"must be a finite number, not {Text(value)}", name);

    internal ArgumentChecks Positive(double value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value > 0 ? Finite(value, name) : Finite(value, name).Refuse(value, $"must be above 0, not {Text(value)}", name);

    internal ArgumentChecks NotNegative(double value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value >= 0 ? Finite(value, name) : Finite(value, name).Refuse(value, $"must be 0 or above, not {Text(value)}", name);

    internal ArgumentChecks AtLeast<T>(T value, T least, [CallerArgumentExpression(nameof(value))] string name = "")
        where T : IBinaryInteger<T> =>
        value >= least ? this : Refuse(value, $"must be {Text(least)} or more, not {Text(value)}", name);

    /// <summary>Whether an argument lies above another, where neither has been refused.</summary>
    internal ArgumentChecks Above(
        double value,
        double other,
        [CallerArgumentExpression(nameof(value))] string name = "",
        [CallerArgumentExpression(nameof(other))] string otherName = "") =>
        double.IsNaN(other) ? Finite(other, otherName) : value > other ? this : Refuse(value, $"must be above {otherName} ({Text(other)}), not {Text(value)}", name, otherName);

    /// <summary>Whether an argument does not lie below another, where neither has been refused.</summary>
    internal ArgumentChecks NotBelow(
        double value,
        double other,
        [CallerArgumentExpression(nameof(value))] string name = "",
        [CallerArgumentExpression(nameof(other))] string otherName = "") =>
        double.IsNaN(other) ? Finite(other, otherName) : value >= other ? this : Refuse(value, $"must not be below {otherName} ({Text(other)}), as {Text(value)} is", name, otherName);

    internal ArgumentChecks Between<T>(T value, T least, T most, [CallerArgumentExpression(nameof(value))] string name = "")
        where T : INumber<T> =>
        value >= least && value <= most ? this : Refuse(value, $"must be from {Text(least)} to {Text(most)}, not {Text(value)}", name);

    /// <summary>Whether something holds of arguments none of which has been refused.</summary>
    /// <param name="holds">Whether it does.</param>
    /// <param name="value">The first argument.</param>
    /// <param name="must">What follows the first argument's name: what it must be, and what it is.</param>
    /// <param name="names">The arguments that it is about; the first is the one to change.</param>
    internal ArgumentChecks Require(bool holds, object value, string must, params string[] names) =>
        holds ? this : Refuse(value, must, names);

    /// <exception cref="ArgumentOutOfRangeException">Something was found: all of it.</exception>
    internal void Throw()
    {
        if (found.Count == 0)
        {
            return;
        }

        ArgumentProblem first = found[0];
        var refused = new ArgumentOutOfRangeException(first.Names[0], first.Value, string.Join(' ', found.Select(problem => problem.Message)));
        refused.Data[Key] = found;
        throw refused;
    }

    /// <summary>A number with every digit, since one that is rounded may be one that is allowed.</summary>
    internal static string Text<T>(T value)
        where T : IFormattable => value.ToString(null, CultureInfo.InvariantCulture);

    private ArgumentChecks Refuse(object value, string must, params string[] names)
    {
        if (!found.Exists(problem => problem.Names.Intersect(names).Any()))
        {
            found.Add(new($"{names[0]} {must}.", names, value));
        }

        return this;
    }
}

/// <summary>What is wrong with arguments of a word.</summary>
/// <param name="Message">A full sentence.</param>
/// <param name="Names">The parameters that it is about; the first is the one to change.</param>
/// <param name="Value">What the first was given.</param>
internal sealed record ArgumentProblem(string Message, IReadOnlyList<string> Names, object Value);
