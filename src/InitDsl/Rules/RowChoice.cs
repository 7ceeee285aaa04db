using System.Globalization;

namespace InitDsl;

/// <summary>Some rows of one parameter.</summary>
/// <param name="First">The first of them.</param>
/// <param name="End">The first one after them.</param>
/// <param name="Word">What they are called, as <c>forget</c>; empty where they are but rows.</param>
internal sealed record NamedRows(long First, long End, string Word = "")
{
    /// <summary>The rows as they stand behind a path: <c>[16..32]</c>.</summary>
    internal string Text => string.Create(CultureInfo.InvariantCulture, $"[{First}..{End}]");
}

/// <summary>The rows of a parameter that a rule is about, or why it has no such rows.</summary>
internal readonly struct RowsFound
{
    private RowsFound(IReadOnlyList<NamedRows> rows, Problem? problem)
    {
        Rows = rows;
        Problem = problem;
    }

    internal IReadOnlyList<NamedRows> Rows { get; }

    internal Problem? Problem { get; }

    public static implicit operator RowsFound(NamedRows[] rows) => new(rows, null);

    public static implicit operator RowsFound(Problem problem) => new([], problem);
}

/// <summary>Which rows of the selected parameters a rule is about.</summary>
internal abstract class RowChoice
{
    /// <summary>What is written behind a selector: the word that makes this choice again.</summary>
    internal abstract Term Term { get; }

    /// <summary>The choice as it is written in code, behind a selector.</summary>
    internal string Text => $".{Term}";

    /// <summary>What has such rows, as a sentence, where not every parameter has.</summary>
    internal virtual string? Where => null;

    /// <summary>Whether the parameter is of a kind that has such rows.</summary>
    internal virtual bool AppliesTo(ParamSpec spec) => true;

    /// <summary>The rows of a parameter of such a kind.</summary>
    internal abstract RowsFound Of(ParamSpec spec);

    /// <summary>What the word <c>Bias</c> comes to.</summary>
    internal virtual Init Bias(Init init) => init;

    /// <summary>One of equal blocks.</summary>
    private protected RowsFound Block(ParamSpec spec, long blocks, long index, string word = "") =>
        NoRows(spec) is { } scalar ? scalar
        : spec.Shape[0] % blocks != 0 ? new Problem(
            $"{Text} cuts the first dimension into {Numbers.Count(blocks)} blocks, and {Numbers.Count(spec.Shape[0])} is not divisible by {Numbers.Count(blocks)}.",
            "Give it a number that divides the first dimension, or write .Rows(first, end).")
        : new NamedRows[] { new(index * (spec.Shape[0] / blocks), (index + 1) * (spec.Shape[0] / blocks), word) };

    /// <summary>Some of equal blocks, each by itself.</summary>
    private protected RowsFound Blocks(ParamSpec spec, long blocks, IEnumerable<(int Index, string Word)> chosen)
    {
        RowsFound[] found = [.. chosen.Select(block => Block(spec, blocks, block.Index, block.Word))];
        return Array.Find(found, block => block.Problem is not null).Problem is { } problem
            ? problem
            : found.SelectMany(block => block.Rows).ToArray();
    }

    private protected Problem? NoRows(ParamSpec spec) =>
        spec.Shape.Rank == 0 ? new($"{Text} chooses rows, and a scalar has none.", "Select its parameter by .Param(name, …), without rows.") : null;
}

/// <summary>Gates of recurrent layers, each with rows of its own.</summary>
internal sealed class GateRows : RowChoice
{
    private static readonly Gate[] Each = [.. ParamSpec.GatesOfLstm, .. ParamSpec.GatesOfGru];
    private readonly Gate gates;

    internal GateRows(Gate gates) =>
        this.gates = gates != Gate.None && (gates & ~Each.Aggregate((all, gate) => all | gate)) == 0
            ? gates
            : throw new ArgumentOutOfRangeException(nameof(gates), gates, "Name a gate, as Gate.Forget, or several with |.");

    internal override Term Term => Term.Call(nameof(Selector.Gate), gates);

    internal override string Where =>
        "An LSTM has the gates Input, Forget, Cell and Output, a GRU Reset, Update and New, others none; .Rows(first, end) takes any rows.";

    internal override bool AppliesTo(ParamSpec spec) => spec.Gates.Any(Chosen);

    internal override RowsFound Of(ParamSpec spec) => Blocks(spec, spec.Blocks, spec.Gates
        .Select((gate, block) => (block, gate.ToString().ToLowerInvariant()))
        .Where(found => Chosen(spec.Gates[found.block])));

    internal override Init Bias(Init init) => new AddedBiasInit(init);

    private bool Chosen(Gate gate) => gates.HasFlag(gate);
}

/// <summary>Projections of an attention, whether they are packed in one parameter or stand in three.</summary>
internal sealed class QkvRows : RowChoice
{
    private static readonly Qkv[] Each = [Qkv.Q, Qkv.K, Qkv.V];
    private readonly Qkv parts;

    internal QkvRows(Qkv parts) =>
        this.parts = parts != Qkv.None && (parts & ~(Qkv.Q | Qkv.K | Qkv.V)) == 0
            ? parts
            : throw new ArgumentOutOfRangeException(nameof(parts), parts, "Name one of Qkv.Q, Qkv.K and Qkv.V, or several with |.");

    internal override Term Term => Term.Call(nameof(Selector.Qkv), parts);

    internal override string Where =>
        "MultiheadAttention, alone or in a transformer, has these projections; of a Linear of your own that packs them write .Block(3, 0), .Block(3, 1) or .Block(3, 2).";

    private IEnumerable<Qkv> Chosen => Each.Where(part => parts.HasFlag(part));

    internal override bool AppliesTo(ParamSpec spec) =>
        spec.Kind == LayerKind.Attention && (spec.Blocks == 3 || (Alone(spec) is { } part && parts.HasFlag(part)));

    internal override RowsFound Of(ParamSpec spec)
    {
        if (Alone(spec) is { } part)
        {
            return Block(spec, 1, 0, Word(part));
        }

        return Blocks(spec, 3, Chosen.Select(chosen => (Array.IndexOf(Each, chosen), Word(chosen))));
    }

    /// <summary>The projection that a parameter is all of.</summary>
    private static Qkv? Alone(ParamSpec spec) => spec.Name switch
    {
        "q_proj_weight" => Qkv.Q,
        "k_proj_weight" => Qkv.K,
        "v_proj_weight" => Qkv.V,
        _ => null,
    };

    private static string Word(Qkv part) => part.ToString().ToLowerInvariant();
}

/// <summary>One group of grouped convolutions.</summary>
internal sealed class GroupRows(long index) : RowChoice
{
    internal override Term Term => Term.Call(nameof(Selector.Group), index);

    internal override string Where => $"A convolution of more than {Math.Max(1, index)} groups has it.";

    internal override bool AppliesTo(ParamSpec spec) => spec.Groups > 1 && index < spec.Groups;

    internal override RowsFound Of(ParamSpec spec) => Block(spec, spec.Groups, index, $"group {index}");
}

/// <summary>One of equal blocks of any parameter.</summary>
internal sealed class BlockRows(long blocks, long index) : RowChoice
{
    internal override Term Term => Term.Call(nameof(Selector.Block), blocks, index);

    internal override RowsFound Of(ParamSpec spec) => Block(spec, blocks, index);
}

/// <summary>A range of rows of any parameter; its ends may count from the end of the parameter.</summary>
internal sealed class RangeRows : RowChoice
{
    private readonly (long Value, bool FromEnd) first;
    private readonly (long Value, bool FromEnd) end;

    internal RangeRows(long first, long end)
        : this((first, false), (end, false), Term.Call(nameof(Selector.Rows), first, end))
    {
    }

    internal RangeRows(Range rows)
        : this((rows.Start.Value, rows.Start.IsFromEnd), (rows.End.Value, rows.End.IsFromEnd), Term.Call(nameof(Selector.Rows), rows))
    {
    }

    private RangeRows((long Value, bool FromEnd) first, (long Value, bool FromEnd) end, Term term)
    {
        if (first.Value < 0 || (first.FromEnd == end.FromEnd && (first.FromEnd ? first.Value <= end.Value : end.Value <= first.Value)))
        {
            throw new ArgumentOutOfRangeException(nameof(end), $"{term} holds no row: the first row comes before the end, which is not one of them.");
        }

        (this.first, this.end, Term) = (first, end, term);
    }

    internal override Term Term { get; }

    internal override RowsFound Of(ParamSpec spec)
    {
        if (NoRows(spec) is { } scalar)
        {
            return scalar;
        }

        long count = spec.Shape[0];
        long from = first.FromEnd ? count - first.Value : first.Value;
        long to = end.FromEnd ? count - end.Value : end.Value;
        return from >= 0 && from < to && to <= count
            ? new NamedRows[] { new(from, to) }
            : new Problem(
                $"{Text} is not within its {Numbers.Count(count)} rows.",
                $"Write rows from 0 to {count}, the last number not among them, or keep the rule from matching this parameter.");
    }
}

/// <summary>The bias of a gate, of which the two biases that PyTorch adds have one half each: the values, and zeros.</summary>
internal sealed class AddedBiasInit(Init inner) : Init
{
    internal override Term Term => inner.Term;

    internal override Resolution Resolve(ResolutionContext context) =>
        context.Spec.Name.StartsWith("bias_hh", StringComparison.Ordinal) ? new ConstantLaw(0) : inner.Resolve(context);
}
