using System.Globalization;
using System.Text.Json;

namespace InitDsl;

/// <summary>Reads what words take, and says them.</summary>
/// <param name="problems">Where everything goes that is wrong.</param>
/// <param name="chain">Reads an initializer or a selector.</param>
internal sealed class ArgumentReader(TextProblems problems, Func<TextNode, Type, object?> chain)
{
    private const string Infinity = "Infinity";
    private const string MinusInfinity = "-Infinity";

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
            1 => $"takes {Describe(form.Parameters[0].Type)}",
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
                    : $"{form.Name} has no {Code.Shown(name)}; it takes {string.Join(", ", names)}.{RuleReader.Suggest(name, names)}");
                known = false;
            }
        }

        bool fine = known;
        foreach ((WordParameter parameter, Argument argument) in form.Parameters.Zip(arguments))
        {
            argument.Place = byName ? given!.Member(parameter.Name) : given;
            if (argument.Place is { } place)
            {
                argument.Value = Value(place, parameter.Type, form.Name);
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
                problems.Add(given!, $"{form.Name} needs {parameter.Name}, {Describe(parameter.Type)}.");
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

    /// <summary>A value of a type; null where there is something wrong with it.</summary>
    private object? Value(TextNode node, Type type, string word) =>
        type == typeof(Init) || type == typeof(Selector) ? chain(node, type)
        : type == typeof(Activation) ? ActivationOf(node)
        : type == typeof(object) ? Given(node, word)
        : type == typeof(double) ? Number(node)
        : type == typeof(ModuleTypeName) ? TypeName(node)
        : type == typeof(IReadOnlyList<ModuleTypeName>) ? TypeNames(node)
        : type.IsEnum ? Member(node, type)
        : Simple(node, type);

    private object? Simple(TextNode node, Type type)
    {
        if (type == typeof(string) && node.Kind == JsonValueKind.String)
        {
            return node.Text;
        }

        if (type == typeof(bool) && node.Kind is (JsonValueKind.True or JsonValueKind.False))
        {
            return node.Kind == JsonValueKind.True;
        }

        if (type == typeof(long) && node.Whole is { } whole)
        {
            return whole;
        }

        if (type == typeof(Range) && RangeText.TooLarge(node.Text) is { } row)
        {
            problems.Add(node, $"the row {row} is beyond {int.MaxValue}, the last that a range can name.");
            return null;
        }

        return type == typeof(Range) && RangeText.Read(node.Text) is { } rows ? rows : Wrong(node, type);
    }

    private object? Wrong(TextNode node, Type type)
    {
        problems.Add(node, $"here stands {Describe(type)}, not {node.What}.");
        return null;
    }

    private object? Number(TextNode node)
    {
        if (node.Kind == JsonValueKind.String && node.Text is Infinity or MinusInfinity)
        {
            return node.Text == Infinity ? double.PositiveInfinity : double.NegativeInfinity;
        }

        if (node.Kind != JsonValueKind.Number)
        {
            return Wrong(node, typeof(double));
        }

        double number = double.Parse(node.Text, NumberStyles.Float, CultureInfo.InvariantCulture);
        if (double.IsFinite(number))
        {
            return number;
        }

        problems.Add(node, $"{node.What} is beyond the largest double, 1.8e308.");
        return null;
    }

    private object? Member(TextNode node, Type type)
    {
        if (node.Kind == JsonValueKind.Array && IsFlags(type))
        {
            if (node.Items.Count == 0)
            {
                return Wrong(node, type);
            }

            object?[] members = [.. node.Items.Select(item => Member(item, type))];
            return members.Contains(null) ? null : Enum.ToObject(type, members.Aggregate(0, (all, member) => all | (int)member!));
        }

        if (node.Kind != JsonValueKind.String)
        {
            return Wrong(node, type);
        }

        string[] names = Members(type);
        if (names.Contains(node.Text))
        {
            return Enum.Parse(type, node.Text);
        }

        problems.Add(node, $"{type.Name} has no {Code.Shown(node.Text)}; it has {string.Join(", ", names)}.{RuleReader.Suggest(node.Text, names)}");
        return null;
    }

    private object? TypeName(TextNode node) =>
        node is { Kind: JsonValueKind.String, Text.Length: > 0 } ? new ModuleTypeName(node.Text) { Place = problems.PlaceOf(node) } : Wrong(node, typeof(ModuleTypeName));

    private object? TypeNames(TextNode node)
    {
        if (node.Kind != JsonValueKind.Array)
        {
            return TypeName(node) is ModuleTypeName one ? (ModuleTypeName[])[one] : null;
        }

        object?[] names = [.. node.Items.Select(TypeName)];
        return names.Length == 0 ? Wrong(node, typeof(IReadOnlyList<ModuleTypeName>))
            : names.Contains(null) ? null
            : names.Cast<ModuleTypeName>().ToArray();
    }

    private object? ActivationOf(TextNode node)
    {
        string? name = node.Kind == JsonValueKind.String ? node.Text
            : node is { Kind: JsonValueKind.Object, Members.Count: 1 } ? node.Members[0].Name
            : null;
        if (name is null)
        {
            return Wrong(node, typeof(Activation));
        }

        if (Vocabulary.Activations.TryGetValue(name, out Word? word))
        {
            return Say(word, node, null, speak: true);
        }

        problems.Add(node, CustomCode.Has(name)
            ? $"Activation.{name} takes a function, and cannot be written as text: keep this rule in code."
            : $"there is no activation {Code.Shown(name)}.{RuleReader.Suggest(name, Vocabulary.Activations.Keys)}");
        return null;
    }

    /// <summary>Numbers in a row, or with a shape.</summary>
    private object? Given(TextNode node, string word)
    {
        bool shaped = node.Kind == JsonValueKind.Object;
        TextNode? list = shaped ? node.Member("values") : node;
        TextNode? sizes = shaped ? node.Member("shape") : null;
        if (list is not { Kind: JsonValueKind.Array } || (shaped && (sizes is not { Kind: JsonValueKind.Array } || node.Members.Count > 2)))
        {
            return Wrong(node, typeof(object));
        }

        object?[] numbers = [.. list.Items.Select(Number)];
        object?[] shape = sizes is null ? [(long)numbers.Length] : [.. sizes.Items.Select(size => Simple(size, typeof(long)))];
        if (numbers.Contains(null) || shape.Contains(null))
        {
            return null;
        }

        double[] values = [.. numbers.Cast<double>()];
        if (GivenValues.Shaped([.. shape.Cast<long>()], values, word) is { } given)
        {
            return given;
        }

        problems.Add(sizes ?? node, $"there are {values.Length} numbers, which is not the product of the sizes in the shape.");
        return null;
    }

    private static string Describe(Type type) =>
        type == typeof(double) ? "a number"
        : type == typeof(long) ? "a whole number"
        : type == typeof(string) ? "a text"
        : type == typeof(bool) ? "true or false"
        : type == typeof(Range) ? "rows, as \"0..4\" or \"^4..^0\""
        : type == typeof(ModuleTypeName) ? "the name of a module type, as \"Linear\""
        : type == typeof(IReadOnlyList<ModuleTypeName>) ? "the name of a module type, as \"Linear\", or an array of names"
        : type == typeof(object) ? "an array of numbers, or an object of \"shape\" and \"values\""
        : type == typeof(Activation) ? "an activation, as \"ReLU\" or { \"LeakyReLU\": 0.2 }"
        : type.IsEnum ? $"one of {string.Join(", ", Members(type))}{(IsFlags(type) ? ", or an array of several" : "")}"
        : RuleReader.Part(type);

    /// <summary>The names of an enumeration that say something: of flags not the one for none.</summary>
    private static string[] Members(Type type) =>
        [.. Enum.GetNames(type).Where(name => !IsFlags(type) || Convert.ToInt64(Enum.Parse(type, name), CultureInfo.InvariantCulture) != 0)];

    private static bool IsFlags(Type type) => type.IsDefined(typeof(FlagsAttribute), inherit: false);

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
