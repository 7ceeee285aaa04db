using System.Text.Json;

namespace InitDsl;

/// <summary>Reads a rule set from JSON text, by the <see cref="Vocabulary"/>. Says everything that is wrong with it.</summary>
internal sealed class RuleReader
{
    /// <summary>The version of the format that is read and written.</summary>
    internal const int Version = 1;

    /// <summary>An initializer or selector of more words would be nested deeper than is good for the stack.</summary>
    internal const int MostWords = 200;

    /// <summary>A rule of more words is no rule that somebody wrote.</summary>
    internal const int MostWordsInRule = 1000;

    private static readonly string[] Known = ["$schema", "initdsl", "rules"];

    private readonly TextProblems problems;
    private readonly string? folder;
    private readonly ArgumentReader arguments;
    private int words;

    private RuleReader(TextProblems problems, string? folder)
    {
        this.problems = problems;
        this.folder = folder;
        arguments = new(problems, Chain);
    }

    /// <exception cref="InitTextException">The text is no rule set.</exception>
    internal static RuleSet Read(byte[] text, string? file)
    {
        var problems = new TextProblems(text, file);
        string? folder = file is null ? null : Path.GetDirectoryName(Path.GetFullPath(file));
        RuleSet? rules = JsonText.Read(text, problems) is { } root ? new RuleReader(problems, folder).Document(root) : null;
        return problems.Any ? throw problems.Exception() : rules!;
    }

    private RuleSet? Document(TextNode root)
    {
        if (root.Kind != JsonValueKind.Object)
        {
            problems.Add(root, $"a rule file is an object {{ \"initdsl\": {Version}, \"rules\": [ … ] }}, not {root.What}.");
            return null;
        }

        if (root.Member("initdslPlan") is not null && root.Member("initdsl") is null)
        {
            problems.Add(root, "this is the record of a plan, not a rule file, which rules.ToJson() writes.");
            return null;
        }

        foreach ((string name, TextNode value) in problems.UntilFull(root.Members.Where(member => !Known.Contains(member.Name))))
        {
            problems.Add(value, $"a rule file has no member {Code.Shown(name)}.{NearestName.Suggest(name, Known)}");
        }

        if (root.Member("$schema") is { Kind: not JsonValueKind.String } schema)
        {
            problems.Add(schema, $"\"$schema\" is the path or address of a schema, for editors, not {schema.What}.");
        }

        CheckVersion(root);
        if (root.Member("rules") is not { Kind: JsonValueKind.Array } list)
        {
            problems.Add(root.Member("rules") ?? root, "a rule file has a member \"rules\", an array of rules.");
            return null;
        }

        var rules = new List<Rule>();
        foreach (TextNode node in problems.UntilFull(list.Items))
        {
            words = 0;
            if (Chain(node, typeof(Rule)) is Rule rule)
            {
                rules.Add(folder is null ? rule : rule.ReadFrom(folder));
            }
        }

        return RuleSet.Of((IEnumerable<Rule>)rules);
    }

    private void CheckVersion(TextNode root)
    {
        TextNode? version = root.Member("initdsl");
        if (version is not { Kind: JsonValueKind.Number })
        {
            problems.Add(version ?? root, $"a rule file says its version: \"initdsl\": {Version}.");
        }
        else if (version.Whole != Version)
        {
            problems.Add(version, $"this is a rule file of version {version.Text}, and version {Version} can be read here.");
        }
    }

    /// <summary>Reads words that are chained to each other; null where something is wrong with them.</summary>
    /// <param name="node">One word, or an array of them.</param>
    /// <param name="wanted">What they must come to.</param>
    private object? Chain(TextNode node, Type wanted)
    {
        bool several = node.Kind == JsonValueKind.Array;
        if (several && node.Items.Count == 0)
        {
            problems.Add(node, $"here stands {Part(wanted)}, not an empty array.");
            return null;
        }

        if (wanted == typeof(Rule) && !several)
        {
            problems.Add(node, $"a rule is an array of words, as [{{ \"When\": \"Linear\" }}, {{ \"Weight\": \"Kaiming\" }}], not {node.What}.");
            return null;
        }

        if (wanted == typeof(Rule) && node.Items.Count > MostWordsInRule)
        {
            problems.Add(node, TooManyWords(node.Items.Count));
            return null;
        }

        Type? state = null;
        object? said = null;
        bool failed = false;
        foreach (TextNode item in several ? node.Items : [node])
        {
            if (!Count(item, state))
            {
                return null;
            }

            said = Say(item, said, state, wanted, ref failed, out Type? next);
            state = next ?? state ?? (wanted == typeof(Rule) ? typeof(Selector) : wanted);
        }

        if (!failed && state != wanted)
        {
            problems.Add(node, wanted == typeof(Rule)
                ? "this rule selects parameters, and says nothing of them: add Weight, Bias, Param or Keep."
                : $"here stands {Part(wanted)}, and this is {Part(state!)}.");
            return null;
        }

        return failed ? null : said;
    }

    /// <summary>Words that make one value inside another are counted; those of a rule stand beside each other.</summary>
    private bool Count(TextNode item, Type? state)
    {
        if (state == typeof(Rule))
        {
            words = 0;
        }

        if (++words <= MostWords)
        {
            return true;
        }

        if (words == MostWords + 1)
        {
            problems.Add(item, TooManyWords());
        }

        return false;
    }

    private object? Say(TextNode item, object? before, Type? state, Type wanted, ref bool failed, out Type? next)
    {
        next = null;
        if (NameOf(item) is not { } name)
        {
            failed = true;
            return null;
        }

        IReadOnlyDictionary<string, Word> words = state is null ? Vocabulary.First : Vocabulary.After(state);
        if (!words.TryGetValue(name, out Word? word))
        {
            problems.Add(item, Unknown(name, state, wanted));
            failed = true;
            return null;
        }

        next = word.Result;
        object? said = arguments.Say(word, item, before, before is not null || state is null);
        failed |= said is null;
        return said;
    }

    /// <summary>The name of a word: a text, or the one member of an object.</summary>
    private string? NameOf(TextNode item)
    {
        if (item.Kind == JsonValueKind.String)
        {
            return item.Text;
        }

        if (item is { Kind: JsonValueKind.Object, Members.Count: 1 })
        {
            return item.Members[0].Name;
        }

        problems.Add(item, $"a word is a text, as \"Kaiming\", or an object of one member, as {{ \"Scale\": 0.5 }}, not {(item.Members.Count > 1 ? $"an object of {item.Members.Count}" : item.What)}.");
        return null;
    }

    private static string Unknown(string name, Type? state, Type wanted)
    {
        string shown = Code.Shown(name);
        if (CustomCode.Has(name))
        {
            return $"{name} takes a function, and cannot be written as text: keep this rule in code.";
        }

        string[] here = state is null
            ? [.. Vocabulary.Beginning(wanted).Concat(wanted == typeof(Rule) ? Vocabulary.Beginning(typeof(Selector)) : []).Select(word => word.Name)]
            : [.. Vocabulary.After(state).Keys];
        return state is null && Vocabulary.After(typeof(Init)).ContainsKey(name) ? $"{shown} comes after an initializer, as in [\"Kaiming\", {shown}]."
            : state is null && wanted == typeof(Rule) && Vocabulary.After(typeof(Selector)).ContainsKey(name) ? $"{shown} comes after a selector, as in [\"All\", {shown}]."
            : state is not null && Vocabulary.First.ContainsKey(name) ? $"{shown} begins {Part(Vocabulary.First[name].Result)}, and cannot follow here."
            : $"there is no word {shown} {(state is null ? $"that begins {Part(wanted)}" : $"that follows {Part(state)}")}.{NearestName.Suggest(name, here)}";
    }

    /// <summary>Of an initializer or selector.</summary>
    internal static string TooManyWords() => $"an initializer or selector has at most {MostWords} words.";

    /// <summary>Of a rule.</summary>
    internal static string TooManyWords(int count) => $"this rule has {count} words, more than {MostWordsInRule}.";

    internal static string Part(Type part) =>
        part == typeof(Init) ? "an initializer"
        : part == typeof(Selector) ? "a selector"
        : part == typeof(RowSlice) ? "a choice of rows"
        : part == typeof(Rule) ? "a rule"
        : "an activation";
}
