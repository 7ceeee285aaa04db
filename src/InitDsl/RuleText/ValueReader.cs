using System.Globalization;
using System.Text.Json;

namespace InitDsl;

/// <summary>Reads values of the types that words take.</summary>
/// <param name="problems">Where everything goes that is wrong.</param>
/// <param name="chain">Reads an initializer or a selector.</param>
/// <param name="activation">Says the word of an activation.</param>
internal sealed class ValueReader(TextProblems problems, Func<TextNode, Type, object?> chain, Func<Word, TextNode, object?> activation)
{
    /// <summary>A value of a type; null where there is something wrong with it.</summary>
    internal object? Value(TextNode node, Type type, string word) =>
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
        if (node.Number is not { } number)
        {
            return Wrong(node, typeof(double));
        }

        if (double.IsFinite(number) || node.Kind == JsonValueKind.String)
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

        problems.Add(node, $"{type.Name} has no {Code.Shown(node.Text)}; it has {string.Join(", ", names)}.{NearestName.Suggest(node.Text, names)}");
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
            return activation(word, node);
        }

        problems.Add(node, CustomCode.Has(name)
            ? $"Activation.{name} takes a function, and cannot be written as text: keep this rule in code."
            : $"there is no activation {Code.Shown(name)}.{NearestName.Suggest(name, Vocabulary.Activations.Keys)}");
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

    /// <summary>What stands for a value of a type, as the middle of a sentence.</summary>
    internal static string Describe(Type type) =>
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
}
