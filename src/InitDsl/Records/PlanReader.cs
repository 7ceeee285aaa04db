using System.Text.Json;

namespace InitDsl;

/// <summary>Reads the record of a plan from JSON text. Says everything that is wrong with it.</summary>
internal sealed class PlanReader
{
    /// <summary>The version of the format that is read and written.</summary>
    internal const int Version = 1;

    private static readonly string[] Members = ["initdslPlan", "fingerprint", "model", "source", "seed", "parameters"];
    private static readonly string[] OfParameter = ["path", "shape", "dtype", "rule", "law", "mean", "std", "min", "max", "stream"];
    private readonly TextProblems problems;

    private PlanReader(TextProblems problems) => this.problems = problems;

    /// <exception cref="InitTextException">The text is no record of a plan.</exception>
    internal static PlanRecord Read(byte[] text, string? file)
    {
        var problems = new TextProblems(text, file);
        PlanRecord? record = JsonText.Read(text, problems) is { } root ? new PlanReader(problems).Document(root) : null;
        return problems.Any ? throw problems.Exception() : record!;
    }

    private PlanRecord? Document(TextNode root)
    {
        if (root.Member("initdsl") is not null && root.Member("initdslPlan") is null)
        {
            problems.Add(root, "this is a rule file, not the record of a plan, which plan.ToJson() and initdsl explain --json write.");
            return null;
        }

        if (!IsObject(root, Members, "the record of a plan"))
        {
            return null;
        }

        if (root.Member("initdslPlan")?.Whole != Version)
        {
            problems.Add(root.Member("initdslPlan") ?? root, $"the record of a plan says its version, and {Version} can be read here: \"initdslPlan\": {Version}.");
        }

        string fingerprint = Text(root, "fingerprint");
        string model = Text(root, "model");
        string source = Text(root, "source");
        if (source.Length > 0 && source is not (PlanRecorder.Philox or PlanRecorder.Torch))
        {
            problems.Add(root.Member("source")!, $"random numbers come from \"{PlanRecorder.Philox}\" or \"{PlanRecorder.Torch}\", not {Code.Shown(source)}.");
        }

        TextNode? seed = Required(root, "seed", JsonValueKind.Number, "a whole number");
        if (seed is { Whole: null })
        {
            problems.Add(seed, $"a seed is a whole number of 64 bits, not {seed.What}.");
        }

        var parameters = new List<ParameterRecord>();
        var paths = new HashSet<string>(StringComparer.Ordinal);
        foreach (TextNode node in problems.UntilFull(Required(root, "parameters", JsonValueKind.Array, "an array")?.Items ?? []))
        {
            if (Parameter(node) is { } parameter)
            {
                parameters.Add(parameter);
                if (!paths.Add(parameter.Path))
                {
                    problems.Add(node, $"the parameter {Code.Shown(parameter.Path)} stands here twice.");
                }
            }
        }

        if (problems.Any)
        {
            return null;
        }

        var record = new PlanRecord(model, source, seed!.Whole!.Value, parameters);
        if (record.Fingerprint != fingerprint)
        {
            problems.Add(root.Member("fingerprint")!, $"the fingerprint of what follows is {record.Fingerprint}: the record was changed after it was written.");
        }

        return record;
    }

    private ParameterRecord? Parameter(TextNode node)
    {
        if (!IsObject(node, OfParameter, "a parameter"))
        {
            return null;
        }

        return new(Text(node, "path", mayBeEmpty: true), Text(node, "shape"), Text(node, "dtype"))
        {
            Rule = Optional(node, "rule"),
            Law = Optional(node, "law"),
            Mean = Number(node, "mean"),
            Std = Number(node, "std"),
            Min = Number(node, "min"),
            Max = Number(node, "max"),
            Stream = Optional(node, "stream"),
        };
    }

    private bool IsObject(TextNode node, string[] members, string what)
    {
        if (node.Kind != JsonValueKind.Object)
        {
            problems.Add(node, $"{what} is an object of {string.Join(", ", members)}, not {node.What}.");
            return false;
        }

        foreach ((string name, TextNode value) in problems.UntilFull(node.Members.Where(member => !members.Contains(member.Name))))
        {
            problems.Add(value, $"{what} has no member {Code.Shown(name)}.{NearestName.Suggest(name, members)}");
        }

        return true;
    }

    private TextNode? Required(TextNode owner, string name, JsonValueKind kind, string what)
    {
        TextNode? value = owner.Member(name);
        if (value?.Kind == kind)
        {
            return value;
        }

        problems.Add(value ?? owner, $"\"{name}\" is {what}{(value is null ? ", and is missing" : $", not {value.What}")}.");
        return null;
    }

    private string Text(TextNode owner, string name, bool mayBeEmpty = false)
    {
        TextNode? value = Required(owner, name, JsonValueKind.String, "a text");
        if (value is { Text.Length: 0 } && !mayBeEmpty)
        {
            problems.Add(value, $"\"{name}\" is empty.");
        }

        return value?.Text ?? "";
    }

    private string? Optional(TextNode owner, string name) =>
        owner.Member(name) is null ? null : Required(owner, name, JsonValueKind.String, "a text")?.Text;

    private double Number(TextNode owner, string name)
    {
        TextNode? value = owner.Member(name);
        if (value is null)
        {
            return double.NaN;
        }

        if (value.Number is { } number)
        {
            return number;
        }

        problems.Add(value, $"\"{name}\" is a number, not {value.What}.");
        return double.NaN;
    }
}
