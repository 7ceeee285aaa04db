namespace InitDsl;

/// <summary>
/// A word of the language with its arguments, and the words that it is chained to: what an initializer, a selector or a
/// rule says, as data. Its code and its JSON are both made of it.
/// </summary>
internal sealed class Term
{
    private Term(Term? before, string word, IReadOnlyList<ModuleTypeName>? types, IReadOnlyList<object>? arguments)
    {
        Before = before;
        Word = word;
        Types = types ?? [];
        Arguments = arguments;
    }

    /// <summary>The words that come before; null for the first one.</summary>
    internal Term? Before { get; }

    internal string Word { get; }

    /// <summary>Module types between angle brackets.</summary>
    internal IReadOnlyList<ModuleTypeName> Types { get; }

    /// <summary>What stands in parentheses, without optional arguments left out at the end; null for a property.</summary>
    internal IReadOnlyList<object>? Arguments { get; }

    /// <summary>All words, first to last.</summary>
    internal IReadOnlyList<Term> Chain
    {
        get
        {
            var chain = new List<Term>();
            for (Term? term = this; term is not null; term = term.Before)
            {
                chain.Add(term);
            }

            chain.Reverse();
            return chain;
        }
    }

    /// <summary>A word that takes nothing, as <c>Kaiming</c>.</summary>
    internal static Term Of(string word) => new(null, word, null, null);

    /// <summary>A word with arguments, as <c>Normal(0, 0.02)</c>.</summary>
    internal static Term Call(string word, params object[] arguments) => new(null, word, null, arguments);

    /// <summary>A word of module types, as <c>When&lt;Linear&gt;()</c>; with a function of the user's in parentheses, or nothing.</summary>
    internal static Term Generic(string word, IReadOnlyList<ModuleTypeName> types, params object[] arguments) =>
        new(null, word, types, arguments);

    /// <summary>What a part of the language says; null for what is no part of it.</summary>
    internal static Term? Of(object part) => part switch
    {
        Init init => init.Term,
        Selector selector => selector.Term,
        Activation activation => activation.Term,
        _ => null,
    };

    /// <summary>This, and then a word with arguments.</summary>
    internal Term Then(string word, params object[] arguments) => new(this, word, null, arguments);

    /// <summary>This, and then all words of a chain.</summary>
    internal Term Then(Term chain) =>
        new(chain.Before is { } earlier ? Then(earlier) : this, chain.Word, chain.Types, chain.Arguments);

    /// <summary>The words as they stand in code, numbers with six digits.</summary>
    public override string ToString() => TermCode.Short.Of(this);
}
