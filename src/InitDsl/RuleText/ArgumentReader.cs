using System.Text.Json;

namespace InitDsl;

/// <summary>Reads what words take, and says them.</summary>
internal sealed class ArgumentReader
{
    private readonly TextProblems problems;
    private readonly ValueReader values;

    /// <param name="problems">Where everything goes that is wrong.</param>
    /// <param name="chain">Reads an initializer or a selector.</param>
    internal ArgumentReader(TextProblems problems, Func<TextNode, Type, object?> chain)
    {
        this.problems = problems;
        values = new(problems, chain, (word, node) => Say(word, node, null, speak: true));
    }

    /// <summary>Says a word with the arguments that stand in the text; null where something is wrong with them.</summary>
    /// <param name="word">The word.</param>
    /// <param name="item">A text for a word alone, an object of one member for one with arguments.</param>
    /// <param name="before">What the words before it said.</param>
    /// <param name="speak">Whether to say it, or to look at its arguments only, since there was something wrong before.</param>
    internal object? Say(Word word, TextNode item, object? before, bool speak)
    {
        TextNode? given = item.Kind == JsonValueKind.Object ? item.Members[0].Value : null;
        if (FormFor(word, given) is not { } form)
        {
            problems.Add(given ?? item, $"{word.Name} {Needs(word)}{(given is null ? "" : $", not {given.What}")}.");
            return null;
        }

        Argument[] arguments = [.. form.Parameters.Select(_ => new Argument())];
        bool fine = Read(form, given, arguments);
        if (!speak || Array.Exists(arguments, argument => argument.Value is null))
        {
            return null;
        }

        try
        {
            object said = form.Say(before, [.. arguments.Select(argument => argument.Value)]);
            return fine ? said : null;
        }
        catch (Exception refused) when (refused is ArgumentException or InvalidOperationException)
        {
            Dictionary<string, Argument> byName = form.Parameters.Zip(arguments).ToDictionary(pair => pair.First.Name, pair => pair.Second);
            foreach ((IReadOnlyList<string> names, string message) in Refusals(refused))
            {
                Argument[] about = names.All(byName.ContainsKey) ? [.. names.Select(name => byName[name])] : arguments;
                if (Array.TrueForAll(about, argument => argument.IsMeant))
                {
                    problems.Add(about.Select(argument => argument.Place).FirstOrDefault(place => place is not null) ?? given ?? item, $"{word.Name}: {message}");
                }
            }

            return null;
        }
    }

    /// <summary>What an exception says, and of which parameters: of none where the word itself does not fit.</summary>
    private static IEnumerable<(IReadOnlyList<string> Names, string Message)> Refusals(Exception refused) => refused switch
    {
        ArgumentException wrong when ArgumentChecks.Of(wrong) is { Count: > 0 } found => found.Select(problem => (problem.Names, problem.Message)),
        ArgumentException wrong => [([wrong.ParamName ?? ""], Sentence(refused))],
        _ => [([], Sentence(refused))],
    };

    /// <summary>The form whose parameters the text is about: none, one that stands by itself, or several by name.</summary>
    private static WordForm? FormFor(Word word, TextNode? given) => given switch
    {
        null => word.Forms.FirstOrDefault(form => form.MayStandAlone),
        { Kind: JsonValueKind.Object } when word.Forms.FirstOrDefault(form => form.Parameters.Count > 1) is { } byName => byName,
        _ => word.Forms.FirstOrDefault(form => form.Parameters.Count == 1),
    };

    private static string Needs(Word word)
    {
        WordForm form = word.Forms.MaxBy(form => form.Parameters.Count)!;
        return form.Parameters.Count switch
        {
            0 => "takes nothing",
            1 => $"takes {ValueReader.Describe(form.Parameters[0].Type)}",
            _ => $"takes an object with {string.Join(", ", form.Parameters.Select(parameter => $"\"{parameter.Name}\""))}",
        };
    }

    /// <summary>Reads what a form takes; where something is wrong with an argument another stands in for it, if one can.</summary>
    /// <returns>Whether all is right.</returns>
    private bool Read(WordForm form, TextNode? given, Argument[] arguments)
    {
        bool byName = form.Parameters.Count > 1 && given is not null;
        bool known = true;
        if (byName)
        {
            string[] names = [.. form.Parameters.Select(parameter => parameter.Name)];
            foreach ((string name, TextNode value) in problems.UntilFull(given!.Members.Where(member => !names.Contains(member.Name))))
            {
                problems.Add(value, CustomCode.Has(form.Name, name)
                    ? $"{name} is a function, and cannot be written as text: keep {form.Name} in code, as RuleSet.Load(\"rules.json\") + {form.Name}(…)."
                    : $"{form.Name} has no {Code.Shown(name)}; it takes {string.Join(", ", names)}.{NearestName.Suggest(name, names)}");
                known = false;
            }
        }

        bool fine = known;
        foreach ((WordParameter parameter, Argument argument) in form.Parameters.Zip(arguments))
        {
            argument.Place = byName ? given!.Member(parameter.Name) : given;
            if (argument.Place is { } place)
            {
                argument.Value = values.Value(place, parameter.Type, form.Name);
                argument.IsMeant = argument.Value is not null;
                fine &= argument.IsMeant;
            }
            else if (parameter.IsOptional)
            {
                // A name that is not known may have been meant for it.
                (argument.Value, argument.IsMeant) = (parameter.Default, known);
            }
            else
            {
                problems.Add(given!, $"{form.Name} needs {parameter.Name}, {ValueReader.Describe(parameter.Type)}.");
                fine = false;
            }

            argument.Value ??= StandIn(parameter.Type);
        }

        return fine;
    }

    /// <summary>What lets a word be said, to hear what is wrong with its other arguments; null where nothing does.</summary>
    private static object? StandIn(Type type) =>
        type == typeof(double) ? double.NaN
        : type == typeof(long) ? 0L
        : type == typeof(Init) ? Dsl.Zeros
        : type == typeof(Selector) ? Dsl.All
        : null;

    /// <summary>What a parameter of a word is given.</summary>
    private sealed class Argument
    {
        internal object? Value { get; set; }

        /// <summary>Where it stands; null where it is left out.</summary>
        internal TextNode? Place { get; set; }

        /// <summary>Whether the value is what was written or left out on purpose.</summary>
        internal bool IsMeant { get; set; }
    }

    /// <summary>The message of an exception without the names and values that the framework adds.</summary>
    private static string Sentence(Exception refused)
    {
        string message = refused.Message.ReplaceLineEndings("\n").Split('\n')[0];
        int added = message.IndexOf(" (Parameter '", StringComparison.Ordinal);
        return (added < 0 ? message : message[..added]).TrimEnd('.') + ".";
    }
}
