using System.Runtime.InteropServices;

namespace InitDsl;

/// <summary>No two units of a layer start alike, or they would stay alike.</summary>
internal sealed class UnitsApart : Property
{
    internal override InitProperties Kind => InitProperties.Symmetry;

    internal override string? WhyNotAsked(Subject subject, IReadOnlyList<Drawn> first) =>
        first.Any(drawn => Repetition.Of(drawn) is not null || MayBeAlike(subject, drawn)) ? null
        : first.Any(drawn => drawn.Law.IsRandom) ? "rows are repeated or masked on purpose, or are single numbers"
        : "nothing is drawn; zeros, and constants that are asked for, leave all units of a weight alike";

    internal override int Tests(IReadOnlyList<Drawn> first) => first.Count(drawn => Repetition.Of(drawn) is not null);

    internal override IEnumerable<InitLawFailure> Check(Sample sample)
    {
        foreach (Drawn drawn in sample.First)
        {
            string? found = Repetition.Of(drawn) is { } chance
                ? chance.RowsAlike <= sample.Each && Alike(drawn) is { } pair ? $"the units {pair.First} and {pair.Second}" : null
                : MayBeAlike(sample.Subject, drawn) && AllAlike(drawn) ? $"all {drawn.Spec.Shape[0]} units" : null;
            if (found is not null)
            {
                yield return sample.Failure(Kind, drawn.Path, $"{drawn.Spec}: {found} start alike, and get the same gradient");
            }
        }
    }

    /// <summary>
    /// Whether a parameter is a weight matrix of known values, whose rows nobody can have wanted to be all the same. Zeros may be
    /// wanted: the last layer of a branch, a head. The rows of groups see different inputs, and those of a transposed
    /// convolution are no units.
    /// </summary>
    private static bool MayBeAlike(Subject subject, Drawn drawn) =>
        drawn is { Law.IsRandom: false, Spec: { Role: ParamRole.Weight, Shape.Rank: >= 2, Groups: 1, Kind: not LayerKind.Normalization } spec }
        && drawn.Bytes.AsSpan().ContainsAnyExcept((byte)0)
        && (drawn.Law.Std == 0 ? !subject.ConstantsAreMeant : spec.Kind != LayerKind.TransposedConvolution);

    private static bool AllAlike(Drawn drawn)
    {
        ReadOnlySpan<byte> bytes = drawn.Bytes;
        int length = bytes.Length / checked((int)drawn.Spec.Shape[0]);
        return length < bytes.Length && bytes[length..].SequenceEqual(bytes[..^length]);
    }

    private static (int First, int Second)? Alike(Drawn drawn)
    {
        int rows = checked((int)drawn.Spec.Shape[0]);
        int length = drawn.Bytes.Length / rows;
        var seen = new Dictionary<int, List<int>>();
        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<byte> bytes = drawn.Bytes.AsSpan(row * length, length);
            int hash = Hash(bytes);
            ref List<int>? same = ref CollectionsMarshal.GetValueRefOrAddDefault(seen, hash, out _);
            foreach (int other in same ??= [])
            {
                if (bytes.SequenceEqual(drawn.Bytes.AsSpan(other * length, length)))
                {
                    return (other, row);
                }
            }

            same.Add(row);
        }

        return null;
    }

    private static int Hash(ReadOnlySpan<byte> bytes)
    {
        var hash = default(HashCode);
        hash.AddBytes(bytes);
        return hash.ToHashCode();
    }
}
