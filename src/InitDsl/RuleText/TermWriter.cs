using System.Globalization;

namespace InitDsl;

/// <summary>Writes terms as JSON, by the <see cref="Vocabulary"/>; remembers the first thing that no text can hold.</summary>
internal sealed class TermWriter
{
    private int depth = 3;   // the file, its rules, the rule
    private int counted;

    /// <summary>Why the text is not worth anything; null when it is.</summary>
    internal string? Refusal { get; private set; }

    internal string Rule(Rule rule)
    {
        string[] words = [.. Words(rule.Term, typeof(Rule)), .. rule.Optional ? (string[])[Optional(rule.Preset)] : []];
        if (words.Length > RuleReader.MostWordsInRule)
        {
            Refusal ??= RuleReader.TooManyWords(words.Length);
        }

        return Array(words);
    }

    private string Optional(string? preset)
    {
        const string word = nameof(InitDsl.Rule.AsOptional);
        return preset is null ? Json.String(word) : Json.Object([(word, Text(preset))]);
    }

    private IEnumerable<string> Words(Term term, Type part)
    {
        Type? state = null;
        foreach (Term word in term.Chain)
        {
            if (part != typeof(Activation) && !Count(state))
            {
                yield break;
            }

            IReadOnlyDictionary<string, Word> words = part == typeof(Activation) ? Vocabulary.Activations
                : state is null ? Vocabulary.First
                : Vocabulary.After(state);
            if (Vocabulary.FormOf(word, words) is { } form)
            {
                state = form.Result;
                yield return Written(word, form);
            }
            else
            {
                Refusal ??= $"{(part == typeof(Activation) ? "Activation." : "")}{word.Word} holds code, and stays in code.";
                yield break;
            }
        }
    }

    /// <summary>Counts words as they are counted where they are read.</summary>
    private bool Count(Type? state)
    {
        counted = state == typeof(Rule) ? 1 : counted + 1;
        if (counted > RuleReader.MostWords)
        {
            Refusal ??= RuleReader.TooManyWords();
        }

        return counted <= RuleReader.MostWords;
    }

    private string Written(Term word, WordForm form)
    {
        IReadOnlyList<object> arguments = WordForm.ArgumentsOf(word);
        if (arguments.Count == 0)
        {
            return Json.String(word.Word);
        }

        depth++;
        string value = form.Parameters.Count == 1
            ? Value(arguments[0])
            : Deeper(() => Json.Object(arguments.Zip(form.Parameters, (argument, parameter) => (parameter.Name, (string?)Value(argument)))));
        depth--;
        return Json.Object([(word.Word, value)]);
    }

    private string Value(object argument) => argument switch
    {
        double number => Json.Number(number),
        bool choice => choice ? "true" : "false",
        NamedArgument named => Value(named.Value),
        long count => count.ToString(CultureInfo.InvariantCulture),
        string text => Text(text),
        FilePath file => Text(file.Path),
        Range rows => Json.String(rows.ToString()),
        Enum member => Member(member),
        IReadOnlyList<ModuleTypeName> { Count: 1 } types => Text(types[0].Full),
        IReadOnlyList<ModuleTypeName> types => Array(types.Select(type => Text(type.Full))),
        GivenValues values => Numbers(values),
        Activation activation => Chain(activation.Term, typeof(Activation)),
        Selector selector => Chain(selector.Term, typeof(Selector)),
        _ => Chain(((Init)argument).Term, typeof(Init)),
    };

    /// <summary>One word by itself, several as an array.</summary>
    private string Chain(Term term, Type part) => Deeper(() =>
    {
        string[] words = [.. Words(term, part)];
        return words.Length == 1 ? words[0] : Array(words);
    });

    private string Deeper(Func<string> write)
    {
        // As deep as is read, which spares the stack too.
        if (++depth >= JsonText.MostDepth)
        {
            Refusal ??= $"it is nested more than {JsonText.MostDepth} deep.";
            return "";
        }

        string text = write();
        depth--;
        return text;
    }

    private string Text(string text)
    {
        if (!Json.CanHold(text))
        {
            Refusal ??= $"the text {Code.Quote(text)} has half of a surrogate pair.";
        }

        return Json.String(text);
    }

    private static string Member(Enum member)
    {
        string[] names = member.ToString().Split(", ");
        return names.Length == 1 ? Json.String(names[0]) : Array(names.Select(Json.String));
    }

    private string Numbers(GivenValues given)
    {
        if (given.AsArray is not var (shape, values))
        {
            Refusal ??= "it holds a tensor; give it an array.";
            return "";
        }

        if (System.Array.Exists(values, double.IsNaN))
        {
            Refusal ??= "it holds NaN.";
        }

        string numbers = Array(values.Select(Json.Number));
        return shape.Rank == 1
            ? numbers
            : Json.Object([("shape", Array(shape.Select(size => size.ToString(CultureInfo.InvariantCulture)))), ("values", numbers)]);
    }

    private static string Array(IEnumerable<string> items) => $"[{string.Join(", ", items)}]";
}
