using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace InitDsl.Tests;

/// <summary>Makes the JSON schema of rule files, of the words that the parser knows and of what their documentation says.</summary>
internal static class RuleSchema
{
    private static readonly JsonSerializerOptions Readable =
        new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static string Text() => Document().ToJsonString(Readable) + "\n";

    private static JsonObject Document() => new()
    {
        ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
        ["$id"] = $"urn:initdsl:rules:{RuleReader.Version}",
        ["title"] = $"Rules of InitDsl, version {RuleReader.Version}",
        ["description"] = "How the weights of a neural network start. Every file that InitDsl can read is valid here. "
            + "What a schema cannot say (the range of a number, an initializer without fans, the types of a model) initdsl check and initdsl explain do.",
        ["type"] = "object",
        ["required"] = new JsonArray("initdsl", "rules"),
        ["additionalProperties"] = false,
        ["properties"] = new JsonObject
        {
            ["$schema"] = new JsonObject { ["type"] = "string", ["description"] = "The path or address of this schema, for editors." },
            ["initdsl"] = new JsonObject { ["const"] = RuleReader.Version, ["description"] = "The version of the format." },
            ["rules"] = new JsonObject
            {
                ["type"] = "array", ["items"] = Ref("Rule"), ["description"] = "In order: the last rule that matches a parameter wins.",
            },
        },
        ["$defs"] = Definitions(),
    };

    private static JsonObject Definitions()
    {
        IReadOnlyDictionary<string, Word> selected = Vocabulary.After(typeof(Selector));
        IReadOnlyDictionary<string, Word> ruled = Vocabulary.After(typeof(Rule));
        var definitions = new JsonObject
        {
            ["Rule"] = new JsonObject
            {
                ["description"] = "Words in the order of code: a selector, perhaps rows, then how the parameters start.",
                ["type"] = "array",
                ["prefixItems"] = new JsonArray(AnyOf(Ref("SelectorStart"), Ref("RuleStart"))),
                ["items"] = AnyOf(Ref("SelectorStep"), Ref("Rows"), Ref("Assignment"), Ref("RuleStep")),
                ["contains"] = AnyOf(Ref("Assignment"), Ref("RuleStart")),
            },
            ["Initializer"] = Chain("Initializer"),
            ["Selector"] = Chain("Selector"),
            ["SelectorStart"] = Words(typeof(Dsl), Vocabulary.Beginning(typeof(Selector))),
            ["SelectorStep"] = Words(typeof(Selector), selected.Values.Where(word => word.Result == typeof(Selector))),
            ["Rows"] = Words(typeof(Selector), selected.Values.Where(word => word.Result == typeof(RowSlice))),
            ["RuleStart"] = Words(typeof(Dsl), Vocabulary.Beginning(typeof(Rule))),
            ["Assignment"] = Words(typeof(Selector), selected.Values.Where(word => word.Result == typeof(Rule))),
            ["RuleStep"] = Words(typeof(Rule), ruled.Values.Where(word => !selected.ContainsKey(word.Name))),
            ["InitializerStart"] = Words(typeof(Dsl), Vocabulary.Beginning(typeof(Init))),
            ["InitializerStep"] = Words(typeof(Init), Vocabulary.After(typeof(Init)).Values),
            ["Activation"] = Words(typeof(Activation), Vocabulary.Activations.Values),
            ["Number"] = AnyOf(Type("number"), new JsonObject { ["type"] = "string", ["pattern"] = "^-?Infinity$" }),
            ["WholeNumber"] = new JsonObject { ["type"] = "integer", ["minimum"] = long.MinValue, ["maximum"] = long.MaxValue },
            ["RowRange"] = new JsonObject { ["type"] = "string", ["pattern"] = @"^(\^?[0-9]+)?\.\.(\^?[0-9]+)?$" },
            ["ModuleType"] = new JsonObject { ["type"] = "string", ["minLength"] = 1 },
            ["ModuleTypes"] = AnyOf(Ref("ModuleType"), Array(Ref("ModuleType"), atLeast: 1)),
            ["Values"] = AnyOf(Array(Ref("Number"), atLeast: 0), new JsonObject
            {
                ["type"] = "object",
                ["required"] = new JsonArray("shape", "values"),
                ["additionalProperties"] = false,
                ["properties"] = new JsonObject
                {
                    ["shape"] = Array(new JsonObject { ["type"] = "integer", ["minimum"] = 0 }, atLeast: 0),
                    ["values"] = Array(Ref("Number"), atLeast: 0),
                },
            }),
        };
        foreach (Type choice in Choices())
        {
            definitions[choice.Name] = Members(choice);
        }

        return definitions;
    }

    /// <summary>One word, or an array of it and what follows it.</summary>
    private static JsonObject Chain(string part) => AnyOf(Ref($"{part}Start"), new JsonObject
    {
        ["type"] = "array",
        ["minItems"] = 1,
        ["prefixItems"] = new JsonArray(Ref($"{part}Start")),
        ["items"] = Ref($"{part}Step"),
    });

    /// <summary>Texts for words that may stand alone; an object of one member for those that take something.</summary>
    private static JsonObject Words(Type owner, IEnumerable<Word> words)
    {
        Word[] sorted = [.. words.OrderBy(word => word.Name, StringComparer.Ordinal)];
        List<JsonObject> forms =
        [
            .. sorted.SelectMany(word => word.Forms.Where(form => form.MayStandAlone).Take(1))
                .Select(form => Described(new() { ["const"] = form.Name }, Documentation.Summary(owner, form))),
        ];
        var members = new JsonObject();
        foreach (Word word in sorted.Where(word => word.Forms.Any(form => form.Parameters.Count > 0)))
        {
            WordForm[] taking = [.. word.Forms.Where(form => form.Parameters.Count > 0)];
            members[word.Name] = taking.Length == 1
                ? Described(Arguments(owner, taking[0]), Documentation.Summary(owner, taking[0]))
                : Described(AnyOf([.. taking.Select(form => Arguments(owner, form))]), Documentation.Summary(owner, taking[0]));
        }

        if (members.Count > 0)
        {
            forms.Add(new()
            {
                ["type"] = "object", ["minProperties"] = 1, ["maxProperties"] = 1, ["additionalProperties"] = false, ["properties"] = members,
            });
        }

        return AnyOf([.. forms]);
    }

    /// <summary>What a word takes: one thing by itself, several by name.</summary>
    private static JsonObject Arguments(Type owner, WordForm form)
    {
        if (form.Parameters is [var only])
        {
            return Value(only.Type);
        }

        var members = new JsonObject();
        foreach (WordParameter parameter in form.Parameters)
        {
            members[parameter.Name] = Described(Value(parameter.Type), Documentation.Parameter(owner, form, parameter.Name));
        }

        return new()
        {
            ["type"] = "object",
            ["required"] = new JsonArray([.. form.Parameters.Where(parameter => !parameter.IsOptional).Select(parameter => JsonValue.Create(parameter.Name))]),
            ["additionalProperties"] = false,
            ["properties"] = members,
        };
    }

    private static JsonObject Value(Type type) =>
        type == typeof(string) ? Type("string")
        : type == typeof(bool) ? Type("boolean")
        : Ref(type == typeof(double) ? "Number"
            : type == typeof(long) ? "WholeNumber"
            : type == typeof(Range) ? "RowRange"
            : type == typeof(ModuleTypeName) ? "ModuleType"
            : type == typeof(IReadOnlyList<ModuleTypeName>) ? "ModuleTypes"
            : type == typeof(object) ? "Values"
            : type == typeof(Init) ? "Initializer"
            : type.Name);

    /// <summary>The enumerations that words take.</summary>
    private static IEnumerable<Type> Choices() =>
        new[] { typeof(Init), typeof(Selector), typeof(RowSlice), typeof(Rule) }
            .SelectMany(part => Vocabulary.After(part).Values)
            .Concat(Vocabulary.First.Values)
            .Concat(Vocabulary.Activations.Values)
            .SelectMany(word => word.Forms)
            .SelectMany(form => form.Parameters)
            .Select(parameter => parameter.Type)
            .Where(type => type.IsEnum)
            .Distinct()
            .OrderBy(type => type.Name, StringComparer.Ordinal);

    private static JsonObject Members(Type choice)
    {
        bool flags = choice.IsDefined(typeof(FlagsAttribute), inherit: false);
        JsonObject One() => new()
        {
            ["enum"] = new JsonArray([.. Enum.GetNames(choice).Where(name => !flags || name != "None").Select(name => JsonValue.Create(name))]),
        };
        return flags ? AnyOf(One(), Array(One(), atLeast: 1)) : One();
    }

    private static JsonObject Described(JsonObject schema, string? description)
    {
        if (description is not null)
        {
            schema["description"] = description;
        }

        return schema;
    }

    private static JsonObject Ref(string name) => new() { ["$ref"] = $"#/$defs/{name}" };

    private static JsonObject Type(string name) => new() { ["type"] = name };

    private static JsonObject Array(JsonObject items, int atLeast) =>
        atLeast == 0 ? new() { ["type"] = "array", ["items"] = items } : new() { ["type"] = "array", ["minItems"] = atLeast, ["items"] = items };

    private static JsonObject AnyOf(params JsonObject[] schemas) => new() { ["anyOf"] = new JsonArray([.. schemas]) };
}
