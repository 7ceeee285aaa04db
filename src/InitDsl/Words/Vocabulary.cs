using System.Reflection;

namespace InitDsl;

/// <summary>
/// The words that rule files have: the public members of <see cref="Dsl"/>, <see cref="Init"/>, <see cref="Selector"/>,
/// <see cref="RowSlice"/>, <see cref="Rule"/> and <see cref="Activation"/>, under their own names and with the names of
/// their parameters, as far as all they take is data. What takes a function is custom code, and stays in code.
/// </summary>
internal static class Vocabulary
{
    private static readonly Type[] Parts = [typeof(Init), typeof(Selector), typeof(RowSlice), typeof(Rule)];

    private static readonly Dictionary<Type, IReadOnlyDictionary<string, Word>> Chained =
        Parts.ToDictionary(part => part, part => Of(part, BindingFlags.Instance, result => Parts.Contains(result)));

    /// <summary>The words that a chain begins with.</summary>
    internal static IReadOnlyDictionary<string, Word> First { get; } = Of(typeof(Dsl), BindingFlags.Static, result => Parts.Contains(result));

    /// <summary>The activations.</summary>
    internal static IReadOnlyDictionary<string, Word> Activations { get; } =
        Of(typeof(Activation), BindingFlags.Static, result => result == typeof(Activation));

    /// <summary>The words that come after an initializer, a selector, rows or a rule.</summary>
    internal static IReadOnlyDictionary<string, Word> After(Type part) => Chained[part];

    /// <summary>The words that begin with what a type says.</summary>
    internal static IEnumerable<Word> Beginning(Type part) => First.Values.Where(word => word.Result == part);

    /// <summary>The form that the last word of a term has.</summary>
    internal static WordForm? FormOf(Term term, IReadOnlyDictionary<string, Word> words) =>
        words.GetValueOrDefault(term.Word)?.Forms.FirstOrDefault(form => form.Takes(term));

    private static IReadOnlyDictionary<string, Word> Of(Type owner, BindingFlags where, Func<Type, bool> gives)
    {
        const BindingFlags all = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        // A property of what was said already, as a rule's selector, is no word that follows.
        IEnumerable<WordForm> properties = owner.GetProperties(where | all)
            .Where(property => property.GetMethod is { IsPublic: true, IsStatic: true } && gives(property.PropertyType))
            .Select(property => new WordForm(property.GetMethod!, property.Name));
        IEnumerable<WordForm> methods = owner.GetMethods(where | all)
            .Where(method => !method.IsSpecialName && !method.IsGenericMethod && gives(method.ReturnType))
            .Where(method => method.IsPublic || method.IsDefined(typeof(InTextAttribute)))
            .Where(method => method.GetParameters().All(parameter => WordParameter.IsData(parameter.ParameterType)))
            .Select(method => new WordForm(method, method.GetCustomAttribute<InTextAttribute>()?.Word ?? method.Name));
        return properties.Concat(methods).GroupBy(form => form.Name).ToDictionary(forms => forms.Key, forms => new Word(forms.Key, [.. forms]));
    }
}
